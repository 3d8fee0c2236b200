/** What a probe leaves of a plan. */
import { expect, it } from "vitest";
import { parsePlan } from "../src/plan/plan.ts";
import { overfitOneBatch } from "../src/probes/overfit-one-batch.ts";

it("nothing holds back a network that is to learn one batch", () => {
  const lstm = { layer: "lstm", units: 2, dropout: 0.5, l2: 0.1 };
  const plan = parsePlan({
    data: { source: "a", target: "y" },
    network: [
      { layer: "gaussianNoise", std: 1 },
      { layer: "dense", units: 4, l1: 0.1, l2: 0.1 },
      { layer: "batchNormalization" },
      { layer: "dropout", rate: 0.5 },
      lstm,
      { layer: "bidirectional", of: lstm },
    ],
    training: { averageWeights: 0.999, earlyStopping: {}, schedule: { name: "cosine" } },
  });
  const context = { plan, seed: 1, known: { version: 1 as const }, rows: 100, stepsPerEpoch: 4, steps: 100 };
  const [job] = overfitOneBatch.jobs(context);
  const free = { dropout: 0, l1: 0, l2: 0 };
  expect(job.plan.network).toMatchObject([
    { std: 0 },
    { units: 4, l1: 0, l2: 0 },
    { momentum: 0 },
    { rate: 0 },
    free,
    { of: free },
  ]);
  expect(job.plan.training).toMatchObject({ averageWeights: null, earlyStopping: null, schedule: null });
});
