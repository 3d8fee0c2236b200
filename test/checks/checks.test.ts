/** Every check on a literal Case where its symptom is present, and on one where it is absent. */
import { describe, expect, test } from "vitest";
import type { Case } from "../../src/case/case.ts";
import { type Check, defineCheck, runCheck } from "../../src/checks/check.ts";
import { type CheckId, checks, runChecks } from "../../src/checks/index.ts";
import {
  accuracy,
  classes,
  column,
  epochs,
  falling,
  flat,
  known,
  layer,
  layers,
  numbers,
  plan,
  profile,
  start,
  steps,
} from "./parts.ts";

type Parts = Omit<Case, "version">;
type Row = [id: CheckId, present: Parts, absent: Parts];

const dense = (units: number, activation = "relu", rest: object = {}) => ({
  layer: "dense",
  units,
  activation,
  ...rest,
});
const regression = { name: "r2", better: "higher", split: "validation" } as const;
const oneUnit = (activation: string, loss: unknown = "binaryCrossentropy") =>
  plan({ network: [dense(16), dense(1, activation)], training: { loss } });
const toNumber = (activation: string, loss: unknown = "meanSquaredError") => oneUnit(activation, loss);
const sgd = (learningRate: number, rest: object = {}) =>
  plan({ training: { optimizer: { name: "sgd", learningRate, ...rest } } });
const split = (train: number, validation: number, kind = "random") => ({ split: { kind, train, validation, test: 0 } });
const two = classes([0, 200, 50], [1, 200, 50]);
const pixels = (max: number, mean: number, std: number) =>
  profile({ images: true, features: 784, shape: [28, 28, 1], columns: [column("pixels", { min: 0, max, mean, std })] });
const sweep = (losses: number[], own: number, first = 1): Parts => ({
  learningRateSweep: { rates: [1e-4, 1e-3, 1e-2, 1e-1, 1], losses, own, steps: 100, start: first },
});
const valley = [0.95, 0.6, 0.2, 0.9, Number.NaN];
const deep = (n: number, activation = "relu") =>
  plan({ network: [...Array.from({ length: n }, () => dense(8, activation)), dense(3, "softmax")] });
const fewer = [{ layer: "dropout", rate: 0.8 }, dense(8), { layer: "dropout", rate: 0.8 }];
const baselines = (best: number, chance = 0.34) => [
  { name: "majority class", value: chance },
  { name: "linear", value: best - 0.02 },
  { name: "k nearest neighbours", value: best },
];
const calm = flat(40, 0.7);
const { NaN: nan } = Number;

const data: Row[] = [
  [
    "missing-values",
    { profile: profile({ inputs: { missingCells: 3, missingRows: 2, missing: [{ column: "a", rows: [7, 9] }] } }) },
    { profile: profile() },
  ],
  [
    "constant-column",
    { plan: plan({ data: { scale: "minmax" } }), profile: profile({ inputs: { constant: ["b"] } }) },
    { plan: plan(), profile: profile() },
  ],
  [
    "unscaled-inputs",
    { profile: profile({ columns: [column("a", { mean: 3000, std: 900 }), column("b")] }) },
    { profile: pixels(1, 0.13, 0.31) },
  ],
  [
    "uneven-inputs",
    { profile: profile({ columns: [column("a", { std: 900 }), column("b", { std: 0.1 })] }) },
    { profile: profile({ columns: [column("a"), column("rare", { std: 0.01, distinct: 2 })] }) },
  ],
  ["squeezed-inputs", { profile: pixels(1 / 255, 0.0005, 0.001) }, { profile: pixels(1, 0.13, 0.31) }],
  [
    "unscaled-targets",
    { profile: profile({ target: numbers(2900, 800) }) },
    { profile: profile({ target: numbers(0, 1) }) },
  ],
  [
    "labels-outside-output",
    { plan: oneUnit("sigmoid"), profile: profile({ target: classes([1, 200, 50], [2, 200, 50]) }) },
    { plan: oneUnit("sigmoid"), profile: profile({ target: two }) },
  ],
  ["class-counts", { profile: profile({ target: classes([0, 380, 95], [1, 20, 5]) }) }, { profile: profile() }],
  [
    "split-class-missing",
    { profile: profile({ target: classes([0, 200, 0], [1, 200, 0], [2, 0, 100]) }) },
    { profile: profile() },
  ],
  [
    "split-drift",
    {
      profile: profile({
        columns: [column("a"), column("b")],
        validationColumns: [column("a", { mean: 1.6 }), column("b", { mean: -2 })],
      }),
    },
    { profile: profile({ validationColumns: [column("a", { mean: 0.1 }), column("b", { mean: -0.12 })] }) },
  ],
  ["target-drift", { profile: profile({ target: classes([0, 300, 0], [1, 100, 100]) }) }, { profile: profile() }],
  ["separate-sources", { plan: plan({ data: { validation: { source: "val.csv" } } }) }, { plan: plan() }],
  ["tail-split", { plan: plan({ data: { validation: { fraction: 0.2, split: "tail" } } }) }, { plan: plan() }],
  [
    "sorted-rows",
    { profile: profile({ order: { sorted: true, runs: 3, expectedRuns: 300 } }) },
    { profile: profile() },
  ],
  [
    "unshuffled-batches",
    {
      plan: plan({ training: { shuffle: false } }),
      profile: profile({ order: { sorted: true, runs: 3, expectedRuns: 300 } }),
    },
    { plan: plan({ training: { shuffle: false } }), profile: profile() },
  ],
  [
    "rows-in-both",
    {
      profile: profile({
        columns: [column("a", { distinct: 1000 }), column("b", { distinct: 1000 })],
        duplicates: { within: 40, across: 30 },
      }),
    },
    { profile: profile({ duplicates: { within: 3, across: 1 } }) },
  ],
  [
    "telltale-column",
    { metric: accuracy, singleFeature: { column: "id", score: 1, others: 0.7 } },
    { metric: accuracy, singleFeature: { column: "a", score: 0.8, others: 0.85 } },
  ],
  ["blank-rows", { blankRows: { train: 0.9, validation: 0 } }, { blankRows: { train: 0.001, validation: 0 } }],
  [
    "baselines-at-chance",
    { metric: accuracy, profile: profile(), baselines: baselines(0.36) },
    { metric: accuracy, profile: profile(), baselines: baselines(0.9) },
  ],
  ["dependent-inputs", { inputDependence: { value: 0.1 } }, { inputDependence: { value: 0.001 } }],
  ["few-rows", { profile: profile(split(40, 10)) }, { profile: profile() }],
];

const beyondProfile: Row[] = [
  [
    "groups-in-both",
    { metric: accuracy, groups: { column: "original", groups: 40, score: 0.99, apart: 0.8 } },
    { metric: accuracy, groups: { column: "city", groups: 9, score: 0.8, apart: 0.79 } },
  ],
  [
    "copies-flatter",
    { metric: accuracy, withoutCopies: { score: 0.6, rows: 100, plain: 0.9 } },
    { metric: accuracy, withoutCopies: { score: 0.9, rows: 100, plain: 0.9 } },
  ],
  [
    "suspect-labels",
    { suspectLabels: { share: 0.2, rows: [{ row: 3, given: "a", likely: "b", confidence: 0.9 }] } },
    { suspectLabels: { share: 0.01, rows: [] } },
  ],
  ["counts-rows", { metric: accuracy }, { metric: { ...accuracy, name: "balancedAccuracy" } }],
];

const network: Row[] = [
  [
    "output-activation-mismatch",
    { task: "classification", plan: plan({ network: [dense(16), dense(3, "relu")] }) },
    { task: "classification", plan: plan() },
  ],
  [
    "loss-mismatch",
    { task: "regression", plan: toNumber("linear", "binaryCrossentropy") },
    { task: "regression", plan: toNumber("linear") },
  ],
  [
    "softmax-twice",
    { plan: plan({ training: { loss: { name: "categoricalCrossentropy", fromLogits: true } } }) },
    {
      plan: plan({
        network: [dense(16), dense(3, "linear")],
        training: { loss: { name: "categoricalCrossentropy", fromLogits: true } },
      }),
    },
  ],
  [
    "target-out-of-reach",
    { plan: toNumber("sigmoid"), profile: profile({ target: numbers(22, 9) }) },
    { plan: toNumber("sigmoid"), profile: profile({ target: numbers(0.5, 0.2, 0, 1) }) },
  ],
  [
    "linear-hidden",
    { plan: plan({ network: [dense(16, "linear"), dense(3, "softmax")] }) },
    {
      plan: plan({ network: [dense(16, "linear"), { layer: "activation", activation: "relu" }, dense(3, "softmax")] }),
    },
  ],
  ["squashing-hidden", { plan: deep(7, "sigmoid") }, { plan: deep(1, "sigmoid") }],
  ["deep-network", { plan: deep(30) }, { plan: deep(3) }],
  ["many-parameters", { start: start({ parameters: 100_000 }) }, { start: start() }],
  ["narrow-hidden", { plan: plan({ network: [dense(2), dense(3, "softmax")] }) }, { plan: plan() }],
  [
    "symmetric-start",
    { plan: plan({ network: [dense(16, "relu", { kernelInit: "zeros" }), dense(3, "softmax")] }) },
    { plan: plan() },
  ],
  [
    "start-width",
    {
      start: start(),
      plan: plan({ network: [dense(16, "relu", { kernelInit: { normal: 10 } }), dense(3, "softmax")] }),
    },
    {
      start: start(),
      plan: plan({ network: [dense(16, "relu", { kernelInit: { normal: 0.3 } }), dense(3, "softmax")] }),
    },
  ],
  [
    "dropout-on-output",
    { plan: plan({ network: [dense(16), dense(3, "softmax"), { layer: "dropout", rate: 0.5 }] }) },
    { plan: plan({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "normalised-output",
    { task: "regression", plan: plan({ network: [dense(16), dense(1, "linear"), { layer: "batchNormalization" }] }) },
    { task: "classification", plan: plan() },
  ],
  [
    "pooled-to-nothing",
    {
      profile: pixels(1, 0.1, 0.3),
      plan: plan({ network: [{ layer: "maxPooling2d", poolSize: 14 }, { layer: "flatten" }, dense(3, "softmax")] }),
      start: start({
        layers: [
          { name: "p", kind: "maxPooling2d", shape: [2, 2, 1], parameters: 0 },
          { name: "f", kind: "flatten", shape: [4], parameters: 0 },
          { name: "d", kind: "dense", shape: [3], parameters: 15 },
        ],
      }),
    },
    { profile: profile(), plan: plan(), start: start() },
  ],
  [
    "frozen-layer",
    { plan: plan({ network: [dense(16, "relu", { trainable: false }), dense(3, "softmax")] }) },
    { plan: plan() },
  ],
  [
    "heavy-dropout",
    { plan: plan({ network: [dense(16), ...fewer, dense(3, "softmax")] }) },
    { plan: plan({ network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax")] }) },
  ],
  [
    "strong-penalty",
    { plan: plan({ network: [dense(16, "relu", { l1: 0.01 }), dense(3, "softmax")] }) },
    { plan: plan({ network: [dense(16, "relu", { l2: 1e-5 }), dense(3, "softmax")] }) },
  ],
  [
    "much-augmentation",
    { plan: plan({ data: { augment: [{ name: "noise" }, { name: "mixup" }] } }) },
    { plan: plan() },
  ],
  ["no-restraint", { plan: plan() }, { plan: plan({ training: { earlyStopping: { patience: 3 } } }) }],
];

const training: Row[] = [
  ["nan-at-start", { initial: { loss: nan, layers: [] } }, { initial: { loss: 1.1, layers: [] } }],
  ["nan-from-calm", { steps: steps([...calm, nan]) }, { steps: steps([1, 10, 200, 1e6, nan]) }],
  ["diverges", { steps: steps([1, 10, 200, 1e6, nan]) }, { steps: steps(falling(60)) }],
  [
    "loss-flat",
    { steps: steps(flat(100, 1.098)), epochs: epochs(flat(10, 1.098)) },
    { steps: steps(falling(100)), epochs: epochs(falling(10)) },
  ],
  [
    "loss-at-chance",
    { plan: plan(), profile: profile(), epochs: epochs(flat(10, 1.0986)) },
    { plan: plan(), profile: profile(), epochs: epochs(falling(10)) },
  ],
  [
    "loss-clipped",
    { plan: plan(), metric: accuracy, epochs: epochs(flat(5, 0.5 * 16.118, 0), { train: [0.5, 0.5, 0.5, 0.5, 0.5] }) },
    { plan: plan(), metric: accuracy, epochs: epochs(falling(5)) },
  ],
  [
    "one-answer",
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.5, predicted: 1 },
          { name: "1", actual: 0.5, predicted: 0 },
        ],
      },
    },
    {
      predictions: {
        columns: [{ min: 0, max: 9, mean: 4, std: 2 }],
        targets: [{ min: 0, max: 10, mean: 4, std: 2.2 }],
      },
    },
  ],
  [
    "rare-class-missed",
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.9, predicted: 0.99, recall: 1 },
          { name: "1", actual: 0.1, predicted: 0.01, recall: 0.1 },
        ],
      },
    },
    {
      predictions: {
        columns: [],
        classes: [
          { name: "0", actual: 0.9, predicted: 0.9, recall: 0.98 },
          { name: "1", actual: 0.1, predicted: 0.1, recall: 0.85 },
        ],
      },
    },
  ],
  [
    "below-baseline",
    { metric: accuracy, scores: [0.5, 0.52, 0.49], baselines: baselines(0.9) },
    { metric: accuracy, scores: [0.91, 0.9, 0.92], baselines: baselines(0.9) },
  ],
  [
    "no-room",
    { metric: accuracy, scores: [0.99, 1, 0.99] },
    { metric: accuracy, scores: [0.5, 0.52, 0.49], baselines: baselines(0.9) },
  ],
  ["still-improving", { epochs: epochs(falling(20, 1, 0.1, 12)) }, { epochs: epochs(falling(40, 1, 0.1, 3)) }],
  [
    "learns-slowly",
    { epochs: epochs(falling(20, 1, 0.5, 80)), steps: steps(falling(200, 1, 0.5, 800)) },
    { epochs: epochs(falling(20)), steps: steps(falling(200)) },
  ],
  [
    "loss-oscillates",
    { epochs: epochs([1, 0.5, 1.2, 0.6, 1.1, 0.4, 1, 0.6, 1.2, 0.5]) },
    { epochs: epochs(falling(10)) },
  ],
  [
    "score-swings",
    { metric: accuracy, epochs: epochs(falling(10), { score: [0.5, 0.9, 0.5, 0.9, 0.6, 0.9, 0.6, 0.9, 0.5, 0.9] }) },
    {
      metric: accuracy,
      epochs: epochs(falling(10), { score: [0.5, 0.6, 0.7, 0.75, 0.8, 0.82, 0.83, 0.84, 0.85, 0.85] }),
    },
  ],
  ["seeds-disagree", { metric: accuracy, scores: [0.5, 0.9, 0.7] }, { metric: accuracy, scores: [0.9, 0.91, 0.89] }],
  [
    "validation-turns",
    { epochs: epochs(falling(10, 1, 0.01), { validation: [1, 0.8, 0.7, 0.65, 0.7, 0.8, 0.9, 1, 1.1, 1.2] }) },
    { epochs: epochs(falling(10)) },
  ],
  [
    "train-gap",
    {
      metric: accuracy,
      epochs: epochs(falling(5), { train: [0.9, 0.95, 0.99, 1, 1], score: [0.6, 0.65, 0.66, 0.66, 0.66] }),
    },
    { metric: accuracy, epochs: epochs(falling(5)) },
  ],
  [
    "training-mode-worse",
    { epochs: epochs(falling(9)).map((epoch) => ({ ...epoch, running: 5 * (epoch.train?.loss ?? 0) })) },
    { epochs: epochs(falling(9)).map((epoch) => ({ ...epoch, running: 1.02 * (epoch.train?.loss ?? 0) })) },
  ],
  [
    "training-unfit",
    { metric: accuracy, epochs: epochs(falling(3), { train: [0.5, 0.5, 0.5] }) },
    { metric: accuracy, epochs: epochs(falling(3), { train: [0.9, 0.95, 0.99] }) },
  ],
  ["rate-right-of-valley", sweep(valley, 0.1), sweep(valley, 0.01)],
  ["rate-left-of-valley", sweep(valley, 1e-4), sweep(valley, 0.01)],
  ["rate-in-valley", sweep(valley, 0.01), sweep(valley, 0.1)],
  ["sweep-nowhere", sweep([1, 1, 0.999, 1, nan], 0.01), sweep(valley, 0.01)],
  [
    "one-batch-unfit",
    { overfitOneBatch: { rows: 16, steps: 500, first: 1.1, last: 1.05, score: 0.4, baselineLoss: 1.09 } },
    { overfitOneBatch: { rows: 16, steps: 500, first: 1.1, last: 0.01, score: 1, baselineLoss: 1.09 } },
  ],
  [
    "inputs-ignored",
    { metric: accuracy, zeroedInputs: { score: 0.5, loss: 0.7, plain: { score: 0.5, loss: 0.69 } } },
    { metric: accuracy, zeroedInputs: { score: 0.5, loss: 0.7, plain: { score: 0.9, loss: 0.2 } } },
  ],
  [
    "labels-ignored",
    { metric: accuracy, shuffledLabels: { score: 0.5, loss: 0.7, plain: { score: 0.5, loss: 0.69 } } },
    { metric: accuracy, shuffledLabels: { score: 0.5, loss: 0.7, plain: { score: 0.9, loss: 0.2 } } },
  ],
  [
    "more-rows-help",
    {
      metric: accuracy,
      learningCurve: [
        { share: 0.25, rows: 10, score: 0.6 },
        { share: 0.5, rows: 20, score: 0.7 },
        { share: 1, rows: 40, score: 0.8 },
      ],
    },
    {
      metric: accuracy,
      learningCurve: [
        { share: 0.25, rows: 100, score: 0.88 },
        { share: 0.5, rows: 200, score: 0.9 },
        { share: 1, rows: 400, score: 0.9 },
      ],
    },
  ],
  [
    "initial-loss-high",
    { plan: plan(), profile: profile(), initial: { loss: 40, layers: [] } },
    { plan: plan(), profile: profile(), initial: { loss: 1.2, layers: [] } },
  ],
  [
    "few-updates",
    { plan: plan({ training: { epochs: 3 } }), profile: profile() },
    { plan: plan({ training: { epochs: 300 } }), profile: profile() },
  ],
  ["few-epochs", { plan: plan({ training: { epochs: 1 } }) }, { plan: plan() }],
  [
    "large-batch",
    { plan: plan({ training: { batchSize: 400 } }), profile: profile() },
    { plan: plan(), profile: profile() },
  ],
  [
    "small-batch",
    { plan: plan({ training: { batchSize: 1 } }), profile: profile() },
    { plan: plan(), profile: profile() },
  ],
  ["plain-sgd", { plan: sgd(0.01) }, { plan: sgd(0.01, { momentum: 0.9 }) }],
  ["optimizer-odd", { plan: plan({ training: { optimizer: { name: "adam", epsilon: 1e-16 } } }) }, { plan: plan() }],
  ["rate-high", { plan: sgd(3) }, { plan: sgd(0.05) }],
  ["rate-low", { plan: sgd(1e-5) }, { plan: sgd(0.01) }],
  [
    "rate-scheduled",
    { plan: plan({ training: { schedule: { name: "cosine" } } }) },
    { plan: sgd(0.01, { decay: 1e-6 }) },
  ],
  ["rate-fades", { steps: steps(falling(40), falling(40, 0.1, 1e-9, 3)) }, { steps: steps(falling(40)) }],
  [
    "loss-jumps-with-rate",
    { steps: steps([...falling(30), ...flat(20, 2)], [...flat(30, 0.001, 0), ...flat(20, 0.1, 0)]) },
    { steps: steps(falling(50)) },
  ],
  [
    "loss-summed",
    { plan: plan({ training: { loss: { name: "categoricalCrossentropy", reduction: "sum" } } }) },
    { plan: plan() },
  ],
  [
    "metric-mismatch",
    { task: "regression", plan: toNumber("linear"), metric: accuracy },
    { task: "regression", plan: toNumber("linear"), metric: regression },
  ],
];

const inside: Row[] = [
  [
    "dead-units",
    { layers: layers(layer("a", { deadUnits: 0.9 }), layer("b")) },
    { layers: layers(layer("a", { deadUnits: 0.1 }), layer("b")) },
  ],
  [
    "dead-at-start",
    { initial: { loss: 1, layers: [layer("a", { deadUnits: 0.9 })] } },
    { initial: { loss: 1, layers: [layer("a")] } },
  ],
  [
    "units-die",
    { initial: { loss: 1, layers: [layer("a")] }, layers: layers(layer("a", { deadUnits: 0.9 })) },
    { initial: { loss: 1, layers: [layer("a")] }, layers: layers(layer("a")) },
  ],
  [
    "saturated-units",
    { initial: { loss: 1, layers: [layer("a", { saturated: 0.9 }), layer("b")] } },
    { initial: { loss: 1, layers: [layer("a"), layer("b", { saturated: 1 })] } },
  ],
  [
    "gradient-fades",
    {
      layers: layers(
        layer("a", {}, { gradient: 1e-6 }),
        layer("b", {}, { gradient: 1e-3 }),
        layer("c", {}, { gradient: 1 }),
      ),
    },
    { layers: layers(layer("a", {}, { gradient: 0.2 }), layer("b"), layer("c", {}, { gradient: 1 })) },
  ],
  ["gradient-grows", { layers: layers(layer("a", {}, { gradient: 5000 })) }, { layers: layers(layer("a")) }],
  ["updates-large", { layers: layers(layer("a", {}, { update: 0.6 })) }, { layers: layers(layer("a")) }],
  ["updates-tiny", { layers: layers(layer("a", {}, { update: 1e-7 })) }, { layers: layers(layer("a")) }],
  [
    "no-gradient",
    { layers: layers(layer("a", {}, { gradient: 0 }), layer("b")) },
    { layers: layers(layer("a"), layer("b")) },
  ],
  [
    "start-spread",
    { initial: { loss: 1, layers: [layer("a", { std: 30 }), layer("b", { std: 900 }), layer("c")] } },
    { initial: { loss: 1, layers: [layer("a"), layer("b"), layer("c")] } },
  ],
];

const rows = [...data, ...beyondProfile, ...network, ...training, ...inside];

const find = (id: CheckId) => checks.find((check) => check.id === id) as Check<CheckId>;

describe("each check", () => {
  test.each(rows)("%s is present", (id, parts) => {
    const finding = runCheck(find(id), known(parts));
    expect(finding.state, JSON.stringify(finding)).toBe("present");
    if (finding.state !== "present") return;
    expect(finding.strength).toBeGreaterThan(0.1);
    expect(finding.says.length).toBeGreaterThan(10);
    expect(finding.says).not.toMatch(/undefined|\[object/);
  });

  test.each(rows)("%s is absent", (id, _, parts) => {
    const finding = runCheck(find(id), known(parts));
    expect(finding.state, JSON.stringify(finding)).toBe("absent");
  });

  test("has its row", () => {
    expect(rows.map(([id]) => id).sort()).toEqual(checks.map((check) => check.id).sort());
  });

  test("knows nothing of an empty Case", () => {
    for (const finding of runChecks(known({}))) expect(finding.state).toBe("unknown");
  });

  test("is absent or unknown on a healthy classifier", () => {
    const healthy = known({
      plan: plan(),
      task: "classification",
      profile: profile(),
      metric: accuracy,
      start: start({ parameters: 99 }),
      epochs: epochs(falling(50, 1.1, 0.2, 5), { train: flat(50, 0.95) }),
      steps: steps(falling(650, 1.1, 0.2, 65)),
      scores: [0.93, 0.92, 0.94],
      layers: layers(layer("dense_1"), layer("dense_2")),
      initial: { loss: 1.15, layers: [layer("dense_1"), layer("dense_2")] },
      baselines: baselines(0.92),
      ...sweep(valley, 0.01),
    });
    const present = runChecks(healthy)
      .filter((finding) => finding.state === "present")
      .map((finding) => finding.check);
    expect(present.sort()).toEqual(["counts-rows", "few-updates", "no-restraint", "no-room", "rate-in-valley"]);
  });
});

describe("the runner", () => {
  test("names the parts that are missing", () => {
    expect(runCheck(find("constant-column"), known({ plan: plan() }))).toEqual({
      check: "constant-column",
      state: "unknown",
      missing: ["profile"],
    });
  });

  test("survives a check that throws, and hands over only what is declared", () => {
    const throws = defineCheck({
      id: "throws",
      title: "",
      needs: ["plan"],
      detect: ({ plan: one }) => {
        throw new Error(one.data.target as string);
      },
    });
    expect(runCheck(throws, known({ plan: plan() }))).toEqual({ check: "throws", state: "failed", says: "y" });
    const looks = defineCheck({
      id: "looks",
      title: "",
      needs: ["plan"],
      detect: (parts) => ({ strength: 1, says: Object.keys(parts).join() }),
    });
    expect(runCheck(looks, known({ plan: plan(), profile: profile() }))).toMatchObject({ says: "plan" });
  });
});
