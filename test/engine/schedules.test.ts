/** The learning rate over a training, and the rules that look at the loss between epochs. */
import { describe, expect, it } from "vitest";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { rateAt } from "../../src/engine/schedules.ts";
import type { Plan, PlanInput } from "../../src/plan/plan.ts";
import { apart, classes, dense, end, epochs, plan, told } from "./small.ts";

type Training = NonNullable<PlanInput["training"]>;
type Stopping = NonNullable<Plan["training"]["earlyStopping"]>;

const EPOCHS = 4;
const STEPS = 10;
const trainingOf = (training: Training) =>
  plan({ network: [dense(1)], training: { epochs: EPOCHS, ...training } }).training;
const rate = (training: Plan["training"], step: number) =>
  rateAt(training, {
    step,
    epoch: Math.floor(step / STEPS),
    steps: EPOCHS * STEPS,
    epochs: EPOCHS,
    stepsPerEpoch: STEPS,
  });

const tables: { name: string; training: Training; rates: Record<number, number> }[] = [
  { name: "none", training: {}, rates: { 0: 1, 39: 1 } },
  {
    name: "exponential: once an epoch",
    training: { schedule: { name: "exponential", factor: 0.5 } },
    rates: { 0: 1, 9: 1, 10: 0.5, 19: 0.5, 39: 0.125 },
  },
  {
    name: "step: every 2 epochs",
    training: { schedule: { name: "step", factor: 0.1, every: 2 } },
    rates: { 0: 1, 19: 1, 20: 0.1, 39: 0.1 },
  },
  {
    name: "cosine: to 0 (Keras CosineDecay)",
    training: { schedule: { name: "cosine" } },
    rates: { 0: 1, 10: (1 + Math.SQRT1_2) / 2, 20: 0.5, 30: (1 - Math.SQRT1_2) / 2, 40: 0 },
  },
  {
    name: "warmup: 2 epochs",
    training: { schedule: { name: "warmup", epochs: 2 } },
    rates: { 0: 0.05, 9: 0.5, 19: 1, 20: 1, 39: 1 },
  },
  {
    name: "oneCycle (PyTorch OneCycleLR)",
    training: { schedule: { name: "oneCycle" } },
    rates: {
      0: 0.04,
      1: 0.059443372665,
      5: 0.451688877629,
      11: 1,
      12: 0.996856117522,
      25: 0.500002,
      38: 0.003147882482,
      39: 4e-6,
    },
  },
  {
    name: "cosineRestarts: every 2 epochs (PyTorch CosineAnnealingWarmRestarts)",
    training: { schedule: { name: "cosineRestarts", every: 2 } },
    rates: { 0: 1, 1: 0.99384417029757, 10: 0.5, 19: 0.00615582970243, 20: 1, 25: 0.85355339059327 },
  },
  {
    name: "reduceOnPlateau leaves the rate alone within an epoch",
    training: { schedule: { name: "reduceOnPlateau" } },
    rates: { 0: 1, 39: 1 },
  },
  {
    name: "decay: rate / (1 + decay · step)",
    training: { optimizer: { name: "sgd", learningRate: 1, decay: 0.1 } },
    rates: { 0: 1, 10: 0.5, 30: 0.25 },
  },
  {
    name: "decay and a schedule multiply",
    training: {
      optimizer: { name: "sgd", learningRate: 1, decay: 0.1 },
      schedule: { name: "exponential", factor: 0.5 },
    },
    rates: { 0: 1, 10: 0.25, 30: 0.03125 },
  },
];

describe("the rate of a step", () => {
  it.each(tables)("$name", ({ training, rates }) => {
    const the = trainingOf({ optimizer: { name: "sgd", learningRate: 1 }, ...training });
    const steps = Object.keys(rates).map(Number);
    expect(
      apart(
        steps.map((step) => rate(the, step)),
        Object.values(rates),
      ),
    ).toBeLessThan(1e-11);
  });
});

const engine = graphEngine(onnxRuntime(1));
const data = classes(80, [6], 3);
// A few rows, a large rate: the validation loss goes down, up and about.
const overfitting = (training: Training) =>
  plan({
    network: [dense(32, "relu"), dense(3, "softmax")],
    training: { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 16, epochs: 25, ...training },
  });

/** The epoch (from 1) at which Keras' EarlyStopping stops, and its best. */
function stopped(losses: number[], { patience, minDelta, after }: Stopping): { epoch: number; best: number } {
  let [best, bestEpoch, waited] = [Number.POSITIVE_INFINITY, 0, 0];
  for (const [i, loss] of losses.entries()) {
    if (i < after) continue;
    waited++;
    if (loss < best - minDelta) [best, bestEpoch, waited] = [loss, i + 1, 0];
    else if (waited >= patience && i > 0) return { epoch: i + 1, best: bestEpoch };
  }
  return { epoch: losses.length, best: bestEpoch };
}

describe("earlyStopping", async () => {
  const free = epochs(await told(engine, overfitting({}), data)).map(({ validation }) => validation!.loss);
  const last = free.length;

  it.each([
    { patience: 0 },
    { patience: 1 },
    { patience: 3 },
    { patience: 3, restoreBest: true },
    { patience: 2, minDelta: 0.2 },
    { patience: 2, after: 12 },
    { patience: 2, after: 12, restoreBest: true },
    { patience: 100 },
    { patience: 100, restoreBest: true },
  ])("%o", async (given) => {
    const earlyStopping = { minDelta: 0, after: 0, restoreBest: false, ...given };
    const expected = stopped(free, earlyStopping);
    const events = await told(engine, overfitting({ earlyStopping }), data);
    const judged = earlyStopping.restoreBest ? expected.best : expected.epoch;
    expect(epochs(events).map(({ validation }) => validation!.loss)).toEqual(free.slice(0, expected.epoch));
    expect(end(events)).toMatchObject({
      reason: expected.epoch < last ? "early-stopping" : "finished",
      epoch: expected.epoch,
      bestEpoch: judged,
      validation: { loss: free[judged - 1] },
    });
  });

  it("looks at the training loss where there is no validation part", async () => {
    const { training } = overfitting({ earlyStopping: { patience: 2 } });
    const without = plan({ network: [dense(32, "relu"), dense(3, "softmax")], training, data: { validation: null } });
    const events = await told(engine, without, data, { trainScores: false });
    const watched = epochs(events).map(({ train }) => train!.loss);
    expect(end(events).epoch).toBe(stopped(watched, { patience: 2, minDelta: 0, after: 0, restoreBest: false }).epoch);
  });

  it("stops each of several stacked trainings at its own epoch", async () => {
    const the = overfitting({ earlyStopping: { patience: 1, minDelta: 0, after: 0, restoreBest: true } });
    const seeds = [1, 2, 3, 4];
    const together = await told(engine, the, data, { seeds });
    for (const seed of seeds) {
      const alone = end(await told(engine, the, data, { seeds: [seed] }), seed);
      const among = end(together, seed);
      expect([among.epoch, among.bestEpoch, among.reason]).toEqual([alone.epoch, alone.bestEpoch, alone.reason]);
      expect(among.validation!.loss).toBeCloseTo(alone.validation!.loss, 5);
    }
    expect(new Set(seeds.map((seed) => end(together, seed).epoch)).size).toBeGreaterThan(1);
  });
});

describe("reduceOnPlateau", () => {
  it.each([
    { patience: 1, factor: 0.5 },
    { patience: 3, factor: 0.1 },
  ])("%o: as Keras would after the same losses", async ({ patience, factor }) => {
    const events = await told(engine, overfitting({ schedule: { name: "reduceOnPlateau", patience, factor } }), data);
    const seen = epochs(events);
    let [best, waited, rate] = [Number.POSITIVE_INFINITY, 0, 0.05];
    const rates = seen.map(({ validation }) => {
      const used = rate;
      waited++;
      if (validation!.loss < best - 1e-4) [best, waited] = [validation!.loss, 0];
      else if (waited >= patience) [rate, waited] = [rate * factor, 0];
      return used;
    });
    expect(new Set(rates).size).toBeGreaterThan(1);
    expect(
      apart(
        seen.map((epoch) => epoch.rate),
        rates,
      ),
    ).toBeLessThan(1e-11);
  });

  it("halves the rate of a training that cannot move every second epoch", async () => {
    const frozen = { ...dense(3, "softmax"), trainable: false };
    const schedule = { name: "reduceOnPlateau", patience: 2, factor: 0.5 } as const;
    const optimizer = { name: "sgd", learningRate: 1 } as const;
    const events = await told(engine, plan({ network: [frozen], training: { optimizer, schedule, epochs: 6 } }), data);
    expect(epochs(events).map(({ rate }) => rate)).toEqual([1, 1, 1, 0.5, 0.5, 0.25]);
  });
});
