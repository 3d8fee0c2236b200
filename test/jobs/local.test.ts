/** What the pool of threads does beyond what test/conformance asks of all jobs: variations of the data, and threads that die. */
import type { Worker } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import type { Job } from "../../src/jobs/jobs.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { emptyRun, type Run, record } from "../../src/run/run.ts";
import { classes } from "../engine/small.ts";

const data = classes(200, [4], 2);
const jobs = localJobs(async () => data, 2);
afterAll(() => jobs.close());

const plan = (training: object, units = 1) =>
  parsePlan({
    data: { source: "memory", target: "y", task: "classification" },
    network: [
      { layer: "dense", units: 8, activation: "tanh" },
      { layer: "dropout", rate: 0.2 },
      { layer: "dense", units, activation: "sigmoid" },
    ],
    training: { loss: "binaryCrossentropy", optimizer: "adam", ...training },
  });

async function runs(list: Job[]): Promise<Run[]> {
  const out = list.map(({ seed }) => emptyRun(seed));
  for await (const { job, event } of jobs.run(list)) out[job] = record(out[job], event);
  return out;
}

describe("local jobs", () => {
  it("zeroed inputs leave nothing to learn; one batch is judged on itself; permuted labels are not learnt", async () => {
    const own = plan({ epochs: 60, optimizer: { name: "adam", learningRate: 0.02 } });
    const [plain, zeroed, batch, permuted] = await runs([
      { plan: own, seed: 1 },
      { plan: own, seed: 1, variation: { kind: "zeroed-inputs" } },
      { plan: own, seed: 1, variation: { kind: "one-batch", rows: 16 } },
      { plan: own, seed: 1, variation: { kind: "shuffled-labels" } },
    ]);
    expect(plain.end?.score).toBeGreaterThan(0.85);
    expect(zeroed.end?.score).toBeLessThan(0.7);
    expect(batch.start?.rows).toEqual({ train: 16, validation: 16 });
    expect(permuted.end?.score).toBeLessThan(0.75);
  });

  it("a thread that dies fails the run, not the pool", async () => {
    const fresh = localJobs(async () => data, 1);
    const one = { plan: plan({ epochs: 100_000 }), seed: 1, options: { scores: 1 } };
    const threads: Worker[] = [];
    const note = (worker: Worker) => void threads.push(worker);
    process.on("worker", note);
    try {
      await expect(
        (async () => {
          for await (const { event } of fresh.run([one])) if (event.type === "steps") void threads[0].terminate();
        })(),
      ).rejects.toThrow("exit code");
      const short = { ...one, plan: plan({ epochs: 1 }) };
      const rest = async () => {
        for await (const { event } of fresh.run([short])) if (event.type === "end") return event.reason;
      };
      expect(await rest()).toBe("finished");
      // While it is idle, too.
      await threads[1].terminate();
      expect([await rest(), threads.length]).toEqual(["finished", 3]);
    } finally {
      process.off("worker", note);
      await fresh.close();
    }
  });
});
