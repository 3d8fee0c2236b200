/** `fix` where scores are all that can be measured: jobs as a user's script will be, without data and without a network of ours. */
import { describe, expect, it } from "vitest";
import type { JobEvent, Jobs } from "../../src/jobs/jobs.ts";
import { readJson, writeJson } from "../../src/json.ts";
import type { Given } from "../../src/plan/edit.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { normal, stream } from "../../src/random.ts";
import { toJson } from "../../src/report/report.ts";
import { reportOf } from "../../src/report/verdict/assemble.ts";
import { begun, type FixEvent, follow, outcomeOf } from "../../src/trials/events.ts";
import { fix } from "../../src/trials/fix.ts";
import { why } from "../../src/trials/why.ts";

const given: Given = {
  data: { source: "data.csv", target: "y", task: "classification" },
  network: [
    { layer: "dense", units: 16, activation: "relu" },
    { layer: "dense", units: 3, activation: "softmax" },
  ],
  training: { loss: "categoricalCrossentropy", optimizer: { name: "adam", learningRate: 1 }, epochs: 10 },
};
const plan = parsePlan(given);

/** A score that is best at a learning rate of 0.003, and a loss that falls to match; each seed has its own luck. */
function scoreAt({ training: { optimizer } }: Plan, seed: number, epoch: number): number {
  const off = Math.abs(Math.log10(optimizer.learningRate / 0.003));
  return 0.4 + Math.max(0, 0.5 - 0.2 * off) * (1 - 0.5 ** epoch) + 0.005 * normal(stream(seed), 0);
}

/** Trains nothing: scores a function of plan and seed. */
const scripted = (asked: Plan[] = []): Jobs => ({
  capacity: 2,
  async *run(jobs, { signal } = {}): AsyncGenerator<JobEvent> {
    for (const [job, { plan: own, seed }] of jobs.entries()) {
      if (signal?.aborted) return;
      asked.push(own);
      const { epochs } = own.training;
      const scored = (epoch: number) => ({ loss: 1.5 - scoreAt(own, seed, epoch), score: scoreAt(own, seed, epoch) });
      const common = { version: 1, seed } as const;
      yield {
        job,
        event: {
          ...common,
          type: "start",
          epochs,
          stepsPerEpoch: 10,
          parameters: 100,
          rows: { train: 320, validation: 80 },
          metric: "accuracy",
          loss: "categoricalCrossentropy",
          constantLoss: 1.1,
          layers: [],
        },
      };
      for (let epoch = 1; epoch <= epochs; epoch++) {
        const [train, validation] = [scored(epoch), scored(epoch)];
        const rate = own.training.optimizer.learningRate;
        const { loss } = train;
        yield {
          job,
          event: {
            ...common,
            type: "steps",
            first: (epoch - 1) * 10,
            loss: Array(10).fill(loss),
            rate: Array(10).fill(rate),
          },
        };
        yield {
          job,
          event: {
            ...common,
            type: "epoch",
            epoch,
            step: epoch * 10,
            running: loss,
            train,
            validation,
            rate,
            seconds: 0,
          },
        };
      }
      const last = scored(epochs);
      yield {
        job,
        event: {
          ...common,
          type: "end",
          reason: "finished",
          epoch: epochs,
          bestEpoch: epochs,
          train: last,
          validation: last,
          score: last.score,
        },
      };
    }
  },
  close: async () => {},
});

const input = (jobs: Jobs, limits: object = { trainings: 200 }) => ({
  plan,
  given,
  jobs,
  settings: { seed: 1, seeds: 5, ...limits },
});
const origin = { version: "0", seed: 1, command: "" };

describe("without data", () => {
  const outcome = outcomeOf(fix(input(scripted())));

  it("the remedy that helps is proved and prescribed", async () => {
    const report = reportOf(await outcome, origin);
    expect(report.verdict).toBe("stuck");
    expect(report.prescription!.changes.map(({ path }) => path)).toContain("training.optimizer.learningRate");
    expect(report.causes[0].proof).toBe("verified");
    expect(report.metric).toMatchObject({ name: "accuracy", split: "validation", baseline: null });
    expect(report.metric.after!.mean).toBeGreaterThan(report.metric.before!.mean + 0.1);
    expect(report.curves!.before).toHaveLength(5);
    expect(report.errors).toBeUndefined();
  });

  it("an outcome from a file gives the same report", async () => {
    const copy = readJson(writeJson(await outcome)) as Awaited<typeof outcome>;
    expect(toJson(reportOf(copy, origin))).toBe(toJson(reportOf(await outcome, origin)));
  });

  it("in seconds too", async () => {
    expect(reportOf(await outcomeOf(fix(input(scripted(), { budget: 20 }))), origin).verdict).toBe("stuck");
  });

  it("why names causes and tries nothing", async () => {
    const report = reportOf(await outcomeOf(why(input(scripted()))), origin);
    expect(report.findings.some(({ state }) => state === "present")).toBe(true);
    expect(report.trials).toEqual([]);
  });
});

describe("a stream of events", () => {
  it("folds into what was done", async () => {
    let progress = begun;
    const kinds = new Set<FixEvent["type"]>();
    const events = fix(input(scripted()));
    for (;;) {
      const next = await events.next();
      if (next.done) {
        expect(progress.trainings).toBe(next.value.trainings);
        expect(progress.verdicts.some(({ stage, verdict }) => stage === "proof" && verdict === "helps")).toBe(true);
        break;
      }
      kinds.add(next.value.type);
      progress = follow(progress, next.value);
      expect(progress.done).toBeLessThanOrEqual(progress.total);
    }
    expect([...kinds].sort()).toEqual(["finding", "job", "stage", "train", "verdict"]);
  });

  it("left early, the work stops", async () => {
    const asked: Plan[] = [];
    for await (const event of fix(input(scripted(asked)))) if (event.type === "train") break;
    const { length } = asked;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked.length).toBe(length);
    expect(length).toBeLessThanOrEqual(3);
  });

  it("interrupted, it ends in what is known", async () => {
    const stop = new AbortController();
    const outcome = await outcomeOf(fix({ ...input(scripted()), signal: stop.signal }), ({ trainings }) => {
      if (trainings >= 5) stop.abort();
    });
    expect(outcome).toMatchObject({ interrupted: true, before: { seeds: [1, 2, 3] } });
    expect(outcome.notes.at(-1)).toMatch(/interrupted/);
  });
});
