/** Whole trainings against Keras 3, kept in test/fixtures/keras.json (made by keras_reference.py there). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { OPTIMIZERS } from "../../src/engine/optimizers.ts";
import { rateAt } from "../../src/engine/schedules.ts";
import { LOSSES } from "../../src/plan/names.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { KERAS_CASES } from "../fixtures/keras-cases.ts";
import { apart, checkpoints, dense, epochs, losses, plan, told, weightOf } from "./small.ts";

type Shown = { layer: number; name: string; every: number; values: number[] };
type Trained = { name: string; losses: number[]; evaluated: number; weights: Shown[] };
const fixture: { rates: Record<string, number[]>; cases: Trained[] } = JSON.parse(
  readFileSync(new URL("../fixtures/keras.json", import.meta.url), "utf8"),
);

describe.each(KERAS_CASES)("$name", ({ name, plan, data, seed }) => {
  const keras = fixture.cases.find((c) => c.name === name)!;
  const trained = told(graphEngine(onnxRuntime(1)), plan, data, { seeds: [seed], checkpoints: plan.training.epochs });

  it("losses of every step, weights at the end and the loss of evaluation agree within 2e-6", async () => {
    const events = await trained;
    expect(apart(losses(events, seed), keras.losses)).toBeLessThan(2e-6);
    const { network } = makeLane(plan, data, seed).resolved;
    const [{ state }] = checkpoints(events, seed);
    for (const shown of keras.weights) {
      if (!network.weights.some((w) => w.layer === shown.layer && w.name === shown.name && (w.trainable || w.moving)))
        continue;
      const sample = weightOf(network, state, shown.layer, shown.name).filter((_, i) => i % shown.every === 0);
      expect(apart(sample, shown.values), `${shown.layer}.${shown.name}`).toBeLessThan(2e-6);
    }
    expect(apart([epochs(events, seed).at(-1)!.train!.loss], [keras.evaluated])).toBeLessThan(2e-6);
  });
});

it("leaves no optimizer and no loss untried", () => {
  const tried = JSON.stringify(KERAS_CASES.map((c) => c.plan.training));
  expect([...Object.keys(OPTIMIZERS), ...LOSSES].filter((name) => !tried.includes(`"${name}"`))).toEqual([]);
});

type Training = NonNullable<PlanInput["training"]>;
const schedules: { name: string; training: Training }[] = [
  { name: "exponential", training: { schedule: { name: "exponential", factor: 0.5 } } },
  { name: "step", training: { schedule: { name: "step", factor: 0.1, every: 2 } } },
  { name: "cosine", training: { schedule: { name: "cosine" } } },
  { name: "cosineRestarts", training: { schedule: { name: "cosineRestarts", every: 2 } } },
  { name: "decay", training: { optimizer: { name: "sgd", learningRate: 1, decay: 0.1 } } },
];

it.each(schedules)("schedule $name: the rate of every step", ({ name, training }) => {
  const [stepsPerEpoch, epochs] = [10, 4];
  const steps = stepsPerEpoch * epochs;
  const settings = { optimizer: { name: "sgd", learningRate: 1 }, epochs, ...training } as const;
  const { training: the } = plan({ network: [dense(1)], training: settings });
  const rates = Array.from({ length: steps }, (_, step) =>
    rateAt(the, { step, epoch: Math.floor(step / stepsPerEpoch), steps, epochs, stepsPerEpoch }),
  );
  expect(apart(rates, fixture.rates[name])).toBeLessThan(1e-6);
});
