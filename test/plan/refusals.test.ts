/** What is not understood is refused with its place, the nearest name and what to do. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePlan } from "../../src/plan/plan.ts";
import { UserError } from "../../src/user-error.ts";
import { base, refusal, withData, withLayers, withTraining } from "./plans.ts";

const dense = (given: object) => withLayers({ layer: "dense", units: 3, ...given });

// [plan, place, words that the message must have]
test.each<[unknown, string | undefined, ...string[]]>([
  [3, undefined, '"network"'],
  [{}, "data", "source"],
  [{ data: { source: "a.csv" }, network: base.network }, "data.target", "missing"],
  [{ data: base.data }, "network", "missing"],
  [{ ...base, network: [] }, "network", "empty"],
  [{ ...base, network: 7 }, "network", "7"],
  [{ ...base, trainnig: {} }, "trainnig", 'did you mean "training"?'],
  [{ ...base, epochs: 3 }, "epochs", 'did you mean "training.epochs"?'],
  [{ ...base, metric: "acuracy" }, "metric", 'unknown metric "acuracy", did you mean "accuracy"?'],
  [{ ...base, metrics: ["mse", "mae"] }, "metric"],
  [withTraining({ optimiser: "adam" }), "training.optimiser", 'unknown field, did you mean "optimizer"?'],
  [withTraining({ lr: 0.1 }), "training.lr", '"training.optimizer.learningRate"'],
  [withTraining({ optimizer: "adan" }), "training.optimizer", 'unknown optimizer "adan", did you mean "adam"?'],
  [withTraining({ optimizer: { name: "adan" } }), "training.optimizer.name", '"adam"'],
  [withTraining({ optimizer: { nme: "adam" } }), "training.optimizer.nme", '"name"'],
  [withTraining({ optimizer: { name: "adam", momentum: 0.9 } }), "training.optimizer.momentum", "adam"],
  [withTraining({ optimizer: { name: "sgd", learningRate: "0.1" } }), "training.optimizer.learningRate", "quotes"],
  [
    withTraining({ optimizer: { learningRate: { log: [1e-5, 1] } } }),
    "training.optimizer.learningRate",
    "search space",
  ],
  [withTraining({ epochs: { int: [1, 9], log: true } }), "training.epochs", "search space"],
  [withTraining({ loss: "msee" }), "training.loss", '"mse"'],
  [withTraining({ loss: { fromLogits: true } }), "training.loss.name", "missing"],
  [withTraining({ loss: { name: "mse", fromLogits: true } }), "training.loss.fromLogits", "meanSquaredError"],
  [withTraining({ epochs: -5 }), "training.epochs", "-5"],
  [withTraining({ epochs: 2.5 }), "training.epochs", "whole"],
  [withTraining({ batch_size: 0 }), "training.batchSize", "0 is below 1"],
  [withTraining({ batch_size: 1, batchSize: 2 }), "training.batch_size", '"batchSize"'],
  [withTraining({ schedule: { name: "cosin" } }), "training.schedule.name", 'unknown schedule "cosin"', '"cosine"'],
  [withTraining({ schedule: { name: "exponential" } }), "training.schedule.factor", "missing"],
  [withTraining({ earlyStopping: { patiense: 3 } }), "training.earlyStopping.patiense", '"patience"'],
  [withTraining({ clipNorm: 0 }), "training.clipNorm"],
  [withTraining(null), "training"],
  [withLayers({ type: "dense", units: 3 }), "network[0].type", 'unknown field, did you mean "layer"?'],
  [withLayers({ class: "Dense", units: 3 }), "network[0].class", 'unknown field, did you mean "layer"?'],
  [withLayers({ units: 3 }), "network[0].layer", "missing"],
  [withLayers("dense"), "network[0]", '"layer"'],
  [withLayers({ layer: "dens", units: 3 }), "network[0].layer", 'unknown layer "dens", did you mean "dense"?'],
  [withLayers({ layer: "Input" }), "network[0].layer", "shape of the input"],
  [withLayers({ layer: "dense" }), "network[0].units", "missing"],
  [withLayers({ layer: "dense", unit: 3 }), "network[0].unit", '"units"'],
  [
    withLayers(base.network[0], { layer: "dense", units: 3, activation: "rellu" }),
    "network[1].activation",
    'unknown activation "rellu", did you mean "relu"?',
  ],
  [dense({ input_shape: [4] }), "network[0].input_shape", "shape of the input"],
  [dense({ kernelInit: "glorotUnifrom" }), "network[0].kernelInit", "unknown initialiser", '"glorotUniform"'],
  [dense({ kernelInit: { normla: 1 } }), "network[0].kernelInit.normla", '"normal"'],
  [dense({ kernelInit: { normal: -1 } }), "network[0].kernelInit.normal", "-1"],
  [withLayers({ layer: "dropout", rate: 1 }), "network[0].rate", "1 is not below 1"],
  [withLayers({ layer: "conv2d", filters: 3 }), "network[0].kernelSize", "missing"],
  [withLayers({ layer: "conv2d", filters: 3, kernelSize: [3, 3, 3] }), "network[0].kernelSize", "pair"],
  [withLayers({ layer: "add" }), "network[0].from", "missing"],
  [withLayers(base.network[0], { layer: "add", from: ["a", "b"] }), "network[1].from[0]", '"a"'],
  [withLayers({ layer: "flatten", name: "a" }, { layer: "flatten", name: "a" }), "network[1].name", '"a"'],
  [withLayers({ layer: "bidirectional", of: { layer: "dense", units: 2 } }), "network[0].of.layer", "lstm"],
  [withData({ validation: { fraction: 2 } }), "data.validation.fraction", "2 is not below 1"],
  [withData({ validation: { fraction: 0 } }), "data.validation.fraction", "0 is not above 0"],
  [withData({ validation: { fractoin: 0.2 } }), "data.validation.fractoin", '"fraction"'],
  [withData({ validation: { split: "stratifid" } }), "data.validation.split", '"stratified"'],
  [withData({ validation: { split: { grp: "a" } } }), "data.validation.split.grp", '"group"'],
  [withData({ validation: 0.2 }), "data.validation", "fraction"],
  [withData({ scale: "standrd" }), "data.scale", '"standard"'],
  [withData({ scale: { divideBy: 0 } }), "data.scale.divideBy"],
  [withData({ labels: { a: "b" } }), "data.labels.a"],
  [withData({ relabel: { a: "b" } }), "data.relabel.a"],
  [withData({ drop: [-1] }), "data.drop[0]", "-1"],
  [withData({ window: { ahead: 1 } }), "data.window.steps", "missing"],
])("%j at %s", (plan, place, ...words) => {
  const error = refusal(() => parsePlan(plan));
  expect(error.place).toBe(place);
  expect(error.fact).not.toBe("");
  expect(error.todo).not.toBe("");
  expect(error.message).not.toContain("Invalid");
  for (const word of words) expect(error.message).toContain(word);
});

test("the file comes before the place", () => {
  expect(refusal(() => parsePlan(withTraining({ epoch: 3 }), "a.json")).message).toMatch(
    /^a\.json: training\.epoch: unknown field/,
  );
});

test.each<[unknown]>([
  [withTraining({ batchSize: 1e6 })],
  [withTraining({ optimizer: { name: "sgd", learningRate: 1000 } })],
  [withLayers({ layer: "dense", units: 1, activation: "softmax" })],
  [withData({ labels: { "1": 1, "3": 3 } })],
  [withLayers({ layer: "embedding", inputDim: 9, outputDim: 2 }, { layer: "lstm", units: 2 })],
])("%j is taken as it is", (plan) => {
  expect(parsePlan(plan)).toBeTruthy();
});

test("whatever stands in a plan, it is understood or refused", () => {
  const full = parsePlan(withTraining({ loss: "mse", schedule: "cosine", earlyStopping: {} }));
  const places = (value: unknown, path: string[]): string[][] =>
    typeof value === "object" && value !== null
      ? [path, ...Object.entries(value).flatMap(([key, inner]) => places(inner, [...path, key]))]
      : [path];
  const put = (value: unknown, [key, ...rest]: string[], inner: unknown): unknown => {
    if (key === undefined) return inner;
    const copy = Array.isArray(value) ? [...value] : { ...(value as object) };
    return Object.assign(copy, { [key]: put((value as Record<string, unknown>)[key], rest, inner) });
  };
  const inner = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.dictionary(fc.constantFrom("layer", "name", "units", "log"), fc.jsonValue()),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places(full, [])), inner, (path, value) => {
      try {
        parsePlan(put(full, path, value));
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
});
