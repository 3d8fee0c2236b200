/** What every implementation of Jobs keeps to, whatever carries them out: call `jobsConform` with it in a test. */
import { afterAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { datasetFingerprint } from "../../src/data/node/fingerprint.ts";
import { loadDataset } from "../../src/data/node/load.ts";
import type { Checkpoint, TrainEvent } from "../../src/engine/events.ts";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Job, Jobs } from "../../src/jobs/jobs.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { UserError } from "../../src/user-error.ts";
import { folder, plan as planOf, sides, table } from "../cli/help.ts";

const at = folder({ "t.csv": table(120, sides) });
const data = { folder: at };
const engine = graphEngine(onnxRuntime(1));

const plan = (training: object, layers: object[] = []): Plan =>
  parsePlan(
    planOf("t.csv", {
      network: [
        { layer: "dense", units: 6, activation: "tanh" },
        { layer: "dropout", rate: 0.2 },
        ...layers,
        { layer: "dense", units: 2, activation: "softmax" },
      ],
      training: { batchSize: 16, ...training },
    }),
  );
/** It would take minutes. */
const endless = (batchSize: number, more: Partial<Job> = {}): Job => ({
  plan: plan({ epochs: 200_000, batchSize }),
  data,
  seed: 1,
  options: { scores: 1 },
  ...more,
});

// Of the clock nothing is promised.
const timeless = (event: TrainEvent): TrainEvent => (event.type === "epoch" ? { ...event, seconds: 0 } : event);
// How many steps are reported together depends on the speed of the machine.
const course = (events: readonly TrainEvent[]) => ({
  losses: events.flatMap((event) => (event.type === "steps" ? event.loss : [])),
  others: events.filter(({ type }) => type !== "steps").map(timeless),
});
const reasons = (told: readonly TrainEvent[][]) =>
  told.map((events) => events.flatMap((event) => (event.type === "end" ? event.reason : [])));

async function alone({ plan, seed, options, from }: Job): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  const dataset = await loadDataset(plan, at);
  for await (const event of engine.train(plan, dataset, { ...options, from, seeds: [seed] })) events.push(event);
  return events;
}

/** The events of each job; `see` hears them as they come. */
async function collected(
  jobs: Jobs,
  list: readonly Job[],
  signal?: AbortSignal,
  see: (job: number, event: TrainEvent) => void | Promise<void> = () => {},
): Promise<TrainEvent[][]> {
  const told: TrainEvent[][] = list.map(() => []);
  for await (const { job, event } of jobs.run(list, { signal })) {
    told[job].push(event);
    await see(job, event);
  }
  return told;
}

/** @param make an implementation that finds the data of a job by its reference, and has room for two jobs at least. */
export function jobsConform(name: string, make: () => Jobs): void {
  describe(`${name} keep to what jobs are`, () => {
    const jobs = make();
    afterAll(() => jobs.close());
    trains(jobs);
    stops(jobs);
    refuses(jobs);
    closes(make);
  });
}

function trains(jobs: Jobs): void {
  it("a job is the run that the engine makes of it alone, whatever runs beside it", async () => {
    const options = { snapshots: 2, predictions: true, weights: true, checkpoints: 2 };
    // No two of them share a graph.
    const list = [3, 4, 5, 6, 7].map((epochs): Job => ({ plan: plan({ epochs }), data, seed: epochs, options }));
    const told = await collected(jobs, list);
    for (const [i, job] of list.entries()) expect(course(told[i])).toEqual(course(await alone(job)));
  });

  it("stacked jobs are those runs within rounding, and the events of each are in order", async () => {
    const list = [1, 2, 3, 4].map((seed): Job => ({ plan: plan({ epochs: 3 }), data, seed }));
    const told = await collected(jobs, list);
    for (const [i, events] of told.entries()) {
      expect([events[0].type, events.at(-1)?.type]).toEqual(["start", "end"]);
      let next = 0;
      for (const event of events) {
        if (event.type !== "steps") continue;
        expect(event.first).toBe(next);
        next += event.loss.length;
      }
      const own = course(await alone(list[i])).losses;
      expect(next).toBe(own.length);
      for (const [step, loss] of course(events).losses.entries()) expect(loss).toBeCloseTo(own[step], 4);
    }
  });

  it("a job goes on from a checkpoint, to the bit", async () => {
    const options = { checkpoints: 2, predictions: true };
    const whole: Job = { plan: plan({ epochs: 6, optimizer: "adam" }), data, seed: 2, options };
    const told = course((await collected(jobs, [whole]))[0]).others;
    const checkpoints = told.flatMap((event): Checkpoint[] => (event.type === "checkpoint" ? [event.checkpoint] : []));
    expect(checkpoints.map(({ epoch }) => epoch)).toEqual([2, 4, 6]);
    const list = checkpoints.slice(0, 2).map((from) => ({ ...whole, from }));
    for (const rest of await collected(jobs, list)) expect(course(rest).others.slice(-3)).toEqual(told.slice(-3));
  });
}

function stops(jobs: Jobs): void {
  it("a signal of its own stops one job: stacked with others, running, or not begun", async () => {
    const [running, waiting] = [new AbortController(), AbortSignal.abort()];
    const few: Job = { plan: plan({ epochs: 1000 }), data, seed: 1, options: { scores: 1 } };
    const list = [
      few,
      { ...few, seed: 2, signal: running.signal },
      { ...few, seed: 3, signal: waiting },
      { ...few, seed: 4 },
    ];
    const told = await collected(jobs, list, undefined, (job, event) => {
      if (job === 1 && event.type === "steps") running.abort();
    });
    expect(reasons(told)).toEqual([["finished"], ["stopped"], [], ["finished"]]);
  });

  it("the common signal stops all that run, and starts no other", async () => {
    const stop = new AbortController();
    const list = Array.from({ length: jobs.capacity + 2 }, (_, i) => endless(4 + i));
    let aborted = 0;
    const told = await collected(jobs, list, stop.signal, (_, event) => {
      if (event.type !== "steps" || stop.signal.aborted) return;
      stop.abort();
      aborted = performance.now();
    });
    expect(performance.now() - aborted).toBeLessThan(2000);
    const begun = told.filter((events) => events.length > 0);
    expect(begun.length).toBeLessThanOrEqual(jobs.capacity);
    expect(reasons(begun).every(([reason]) => reason === "stopped")).toBe(true);
    expect(await collected(jobs, list, AbortSignal.abort())).toEqual(list.map(() => []));
  });

  it("capacity: so many run at the same time, and no more", async () => {
    const stop = new AbortController();
    const list = Array.from({ length: jobs.capacity + 1 }, (_, i) => endless(4 + i));
    const seen = new Set<number>();
    const told = await collected(jobs, list, stop.signal, (job, event) => {
      if (event.type === "steps") seen.add(job);
      if (seen.size === jobs.capacity) stop.abort();
    });
    expect(told.filter((events) => events.length > 0).length).toBe(jobs.capacity);
  });

  it("capacity is shared: a second run waits for the first, and can be stopped meanwhile", async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const list = Array.from({ length: jobs.capacity }, (_, i) => endless(4 + i));
    const seen = new Set<number>();
    let waited = false;
    await collected(jobs, list, first.signal, async (job, event) => {
      if (event.type === "steps") seen.add(job);
      if (seen.size < jobs.capacity || waited) return;
      waited = true;
      setTimeout(() => second.abort(), 200);
      expect(await collected(jobs, [endless(9)], second.signal)).toEqual([[]]);
      first.abort();
    });
    expect(first.signal.aborted).toBe(true);
  });

  it("leaving the loop stops what runs, and leaves the jobs as they were", async () => {
    for await (const { event } of jobs.run([endless(4), endless(5)])) if (event.type === "steps") break;
    expect(reasons(await collected(jobs, [{ plan: plan({ epochs: 1 }), data, seed: 1 }]))).toEqual([["finished"]]);
  });
}

function refuses(jobs: Jobs): void {
  it("what is wrong with a plan arrives as an error of the user, and hangs nothing", async () => {
    const wrong: Job = { plan: plan({ epochs: 2 }, [{ layer: "reshape", targetShape: [5] }]), data, seed: 1 };
    const found = await collected(jobs, [endless(4), wrong, endless(5)]).catch((error) => error);
    expect(found).toBeInstanceOf(UserError);
    const own = await alone(wrong).catch((error) => error);
    expect([found.fact, found.todo, found.place]).toEqual([own.fact, own.todo, own.place]);
    expect(reasons(await collected(jobs, [{ plan: plan({ epochs: 1 }), data, seed: 1 }]))).toEqual([["finished"]]);
  });

  it("data that are not those of the fingerprint are refused", async () => {
    const job = { plan: plan({ epochs: 1 }), seed: 1 };
    const dataset = await loadDataset(job.plan, at);
    const fingerprint = datasetFingerprint(dataset);
    expect(reasons(await collected(jobs, [{ ...job, data: { ...data, fingerprint } }]))).toEqual([["finished"]]);
    const other = datasetFingerprint(changed(dataset));
    expect(other).not.toBe(fingerprint);
    await expect(collected(jobs, [{ ...job, data: { ...data, fingerprint: other } }])).rejects.toThrow(UserError);
  });
}

const changed = ({ table, ...rest }: Dataset): Dataset => ({
  ...rest,
  table: { ...table, x: table.x.map((value, i) => (i === 7 ? value + 1 : value)) },
});

function closes(make: () => Jobs): void {
  it("close ends what runs, and nothing runs afterwards", async () => {
    const jobs = make();
    let closed: Promise<void> | undefined;
    const told = await collected(jobs, [endless(4), endless(5)], undefined, (_, event) => {
      if (event.type === "steps") closed ??= jobs.close();
    });
    await closed;
    expect(
      reasons(told)
        .flat()
        .every((reason) => reason === "stopped"),
    ).toBe(true);
    await expect(collected(jobs, [endless(4)])).rejects.toThrow();
  });
}
