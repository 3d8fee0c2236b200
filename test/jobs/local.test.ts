/** Jobs on worker threads: the same numbers as alone, cancelled at once, errors of the user passed on. */
import { afterAll, describe, expect, it } from "vitest";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Job } from "../../src/jobs/jobs.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { emptyRun, type Run, record } from "../../src/run/run.ts";
import { UserError } from "../../src/user-error.ts";
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

async function runs(list: Job[], signal?: AbortSignal): Promise<Run[]> {
  const out = list.map(({ seed }) => emptyRun(seed));
  for await (const { job, event } of jobs.run(list, { signal })) out[job] = record(out[job], event);
  return out;
}

describe("local jobs", () => {
  it("trains every job, whichever worker takes it, to the numbers of a training alone", async () => {
    const short = plan({ epochs: 3 });
    const list = [1, 2, 3, 4].map((seed) => ({ plan: seed < 3 ? short : plan({ epochs: 2, batchSize: 16 }), seed }));
    const found = await runs(list);
    for (const [i, { plan: own, seed }] of list.entries()) {
      let alone = emptyRun(seed);
      for await (const event of graphEngine(onnxRuntime(1)).train(own, data, { seeds: [seed] }))
        alone = record(alone, event);
      expect(found[i].end?.reason).toBe("finished");
      // Stacked with others, within rounding.
      expect(found[i].end?.validation?.loss).toBeCloseTo(alone.end?.validation?.loss ?? Number.NaN, 4);
    }
  });

  it("stops what runs and starts nothing more when the signal is aborted", async () => {
    const controller = new AbortController();
    const long = [1, 2, 3].map((seed) => ({ plan: plan({ epochs: 100_000, batchSize: seed }), seed }));
    setTimeout(() => controller.abort(), 300);
    const found = await runs(long, controller.signal);
    expect(found.map(({ end }) => end?.reason).filter((reason) => reason === "finished")).toEqual([]);
    expect(found.some(({ end }) => end?.reason === "stopped")).toBe(true);
  });

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

  it("passes on what is wrong with a plan", async () => {
    await expect(
      runs([
        { plan: { ...plan({}), network: [{ ...(plan({}).network[0] as object), layer: "lstm" } as never] }, seed: 1 },
      ]),
    ).rejects.toThrow(UserError);
  });
});
