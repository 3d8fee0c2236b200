/** Reports to try the views on: the example of the design page, and one of each verdict. */

import { normal, stream } from "../../src/random.ts";
import { mean } from "../../src/report/format.ts";
import type { Curve, Effect, Estimate, Report } from "../../src/report/report.ts";

export const example = `{
  "version": 1,
  "verdict": "stuck",
  "headline": "Stuck at 52 %: the inputs are not scaled. Scaled, it reaches 91 %.",
  "metric": { "name": "accuracy", "split": "validation", "better": "higher",
              "before": { "mean": 0.521, "low": 0.50, "high": 0.54, "values": [] },
              "after":  { "mean": 0.913, "low": 0.90, "high": 0.93, "values": [] },
              "baseline": { "name": "majority class", "value": 0.52 },
              "ceiling": { "name": "k nearest neighbours", "value": 0.93 },
              "test": { "before": null, "after": null } },
  "causes": [
    { "id": "inputs-not-scaled", "suspicion": 0.97, "proof": "verified",
      "says": "Column income spreads 40,000 times as wide as age.", "findings": ["unscaled-inputs"], "gain": { "mean": 0.39, "low": 0.37, "high": 0.41 } }
  ],
  "findings": [ { "check": "unscaled-inputs", "state": "present", "strength": 0.9, "says": "…", "where": ["income"] } ],
  "trials": [ { "remedies": ["standardise"], "stage": "proof", "values": [], "gain": { "mean": 0.39, "low": 0.37, "high": 0.41 }, "verdict": "helps" } ],
  "prescription": {
    "changes": [ { "path": "data.scale", "from": "none", "to": "standard", "cause": "inputs-not-scaled" } ],
    "plan": {}, "snippets": { "keras": "…", "pytorch": "…", "tfjs": "…" } },
  "settle": [],
  "read": [ { "path": "train.log", "format": "keras-text", "run": "1", "series": { "loss": { "points": 120, "first": 2.3, "last": "NaN" } }, "skipped": 0 } ],
  "cost": { "seconds": 21.4, "trainings": 65 }
}`;

/** Student's t at 97.5 % for 2 … 5 seeds. */
const T = [NaN, NaN, 12.71, 4.3, 3.18, 2.78];

const noise = (key: number, i: number) => normal(stream(1, key), i);
const round = (value: number) => Number(value.toPrecision(6));

function spread(values: number[]): Effect {
  const m = mean(values);
  const half = T[values.length] * Math.sqrt(mean(values.map((v) => (v - m) ** 2)) / (values.length - 1));
  return { mean: round(m), low: round(m - half), high: round(m + half) };
}
const estimate = (values: number[]): Estimate => ({ ...spread(values), values });
const around = (center: number, width: number, key: number, seeds = 5) =>
  Array.from({ length: seeds }, (_, i) => round(center + width * noise(key, i)));

type Shape = { loss: [number, number]; score: [number, number]; pace: number; gap?: number; turn?: number };

/** Curves that fall from loss[0] towards loss[1] at `pace` epochs; `gap` and `turn` part validation from training. */
function curves(shape: Shape, key: number, epochs = 20, seeds = 5): Curve[] {
  const { loss, score, pace, gap = 0.03, turn = 0 } = shape;
  return Array.from({ length: seeds }, (_, s) => {
    const own = 1 + 0.25 * noise(key, 1000 + s);
    const at = (epoch: number) => 1 - Math.exp((-epoch / pace) * Math.max(0.3, own));
    const along = ([from, to]: [number, number], epoch: number, extra: number, series: number) =>
      round(
        (from + (to - from) * at(epoch)) * (1 + extra) +
          0.012 * (Math.abs(from - to) + 0.05 * Math.abs(from)) * noise(key, 100 * s + 7 * epoch + series),
      );
    const epochList = Array.from({ length: epochs }, (_, i) => i + 1);
    return {
      seed: s + 1,
      epochs: epochList,
      train: epochList.map((e) => along(loss, e, -turn * (e / epochs), 0)),
      validation: epochList.map((e) => along(loss, e, gap + turn * 1.5 * (e / epochs) ** 2, 1)),
      trainScore: epochList.map((e) => along(score, e, 0.01, 2)),
      score: epochList.map((e) => along(score, e, 0, 3)),
    };
  });
}

/** The same curves, lost to NaN from an epoch on. */
const broken = (list: Curve[], from: number): Curve[] =>
  list.map((curve, s) => {
    const cut = (values: number[]) => values.map((value, i) => (i >= from + (s % 2) ? NaN : value));
    return { ...curve, train: cut(curve.train), validation: curve.validation && cut(curve.validation) };
  });

const rates = Array.from({ length: 15 }, (_, i) => round(10 ** (-6 + i / 2)));
const valley = (best: number, floor: number, start: number) =>
  rates.map((rate) => {
    const away = Math.log10(rate) - Math.log10(best);
    return away > 1.2 ? NaN : round(floor + (start - floor) * (1 - Math.exp(-(away ** 2) / 1.6)));
  });

const names = ["dense_1", "dense_2", "dense_3", "dense_4"];
const heat = (f: (layer: number, epoch: number) => number | null) =>
  names.map((_, layer) => Array.from({ length: 20 }, (_, epoch) => f(layer, epoch)));

const snippets = {
  keras: `normalizer = keras.layers.Normalization()
normalizer.adapt(x_train)

model = keras.Sequential([
    normalizer,
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])`,
  pytorch: `mean, std = x_train.mean(0), x_train.std(0)
x_train = (x_train - mean) / (std + 1e-8)
x_val = (x_val - mean) / (std + 1e-8)

optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)`,
  tfjs: `const { mean, variance } = tf.moments(xTrain, 0);
const scale = (x) => x.sub(mean).div(variance.sqrt().add(1e-8));
model.compile({ optimizer: tf.train.adam(1e-3), loss: "binaryCrossentropy", metrics: ["accuracy"] });`,
};

const stuck: Report = {
  version: 1,
  verdict: "stuck",
  headline:
    "Stuck at 52 %: the inputs are not scaled and the learning rate is too high. Scaled and slower, it reaches 91 %.",
  metric: {
    name: "accuracy",
    split: "validation",
    better: "higher",
    before: estimate(around(0.521, 0.013, 1)),
    after: estimate(around(0.913, 0.009, 2)),
    baseline: { name: "majority class", value: 0.52 },
    ceiling: { name: "k nearest neighbours", value: 0.93 },
    test: { before: estimate(around(0.516, 0.012, 3)), after: estimate(around(0.905, 0.01, 4)) },
  },
  causes: [
    {
      id: "inputs-not-scaled",
      suspicion: 0.97,
      proof: "verified",
      says: "Column income spreads 40,000 times as wide as age.",
      findings: ["unscaled-inputs", "saturated-units"],
      gain: { mean: 0.36, low: 0.33, high: 0.39 },
    },
    {
      id: "learning-rate-too-high",
      suspicion: 0.71,
      proof: "verified",
      says: "The rate 0.1 lies 30 times right of the valley of the sweep.",
      findings: ["loss-oscillates"],
      gain: { mean: 0.06, low: 0.02, high: 0.1 },
    },
    {
      id: "dying-relu",
      suspicion: 0.4,
      proof: "unclear",
      says: "62 % of the units of dense_1 are zero for every row.",
      findings: ["dead-units"],
      gain: { mean: 0.02, low: -0.03, high: 0.07 },
    },
    {
      id: "network-too-small",
      suspicion: 0.12,
      proof: "refuted",
      says: "A batch of 32 rows is memorised in 210 steps.",
      findings: [],
      gain: { mean: -0.01, low: -0.02, high: 0.01 },
    },
  ],
  findings: [
    {
      check: "unscaled-inputs",
      state: "present",
      strength: 0.95,
      says: "The standard deviation of income is 38,200; that of age is 0.95.",
      where: ["income", "age"],
    },
    {
      check: "saturated-units",
      state: "present",
      strength: 0.6,
      says: "The first layer answers 31 % of the rows with the same value.",
      where: ["dense_1"],
    },
    {
      check: "loss-oscillates",
      state: "present",
      strength: 0.5,
      says: "The training loss rises in 9 of 20 epochs.",
      where: [],
    },
    {
      check: "dead-units",
      state: "present",
      strength: 0.62,
      says: "62 % of the units of dense_1 are zero for every row.",
      where: ["dense_1"],
    },
    { check: "missing-cells", state: "absent", strength: 0, says: "", where: [] },
    { check: "duplicated-rows", state: "absent", strength: 0, says: "", where: [] },
    {
      check: "label-noise",
      state: "unknown",
      strength: 0,
      says: "The out-of-fold predictions did not fit into the budget.",
      where: [],
      missing: ["predictions"],
    },
  ],
  trials: [
    {
      remedies: ["standardise", "lower-rate"],
      stage: "proof",
      values: around(0.913, 0.009, 2),
      gain: { mean: 0.392, low: 0.37, high: 0.41 },
      verdict: "helps",
    },
    {
      remedies: ["standardise"],
      stage: "proof",
      values: around(0.88, 0.01, 5),
      gain: { mean: 0.36, low: 0.33, high: 0.39 },
      verdict: "helps",
    },
    {
      remedies: ["lower-rate"],
      stage: "proof",
      values: around(0.58, 0.03, 6),
      gain: { mean: 0.06, low: 0.02, high: 0.1 },
      verdict: "helps",
    },
    {
      remedies: ["leaky-relu"],
      stage: "screen",
      values: around(0.54, 0.03, 7, 3),
      gain: { mean: 0.02, low: -0.03, high: 0.07 },
      verdict: "unclear",
    },
    {
      remedies: ["wider"],
      stage: "screen",
      values: around(0.51, 0.01, 8, 3),
      gain: { mean: -0.01, low: -0.02, high: 0.01 },
      verdict: "unclear",
    },
    {
      remedies: ["stronger-dropout"],
      stage: "screen",
      values: around(0.49, 0.01, 9, 3),
      gain: { mean: -0.03, low: -0.05, high: -0.01 },
      verdict: "hurts",
    },
    { remedies: ["more-epochs"], stage: "screen", values: [], gain: null, verdict: "cut" },
  ],
  prescription: {
    changes: [
      { path: "data.scale", from: "none", to: "standard", cause: "inputs-not-scaled" },
      { path: "training.optimizer.learningRate", from: 0.1, to: 0.001, cause: "learning-rate-too-high" },
    ],
    plan: { data: { source: "people.csv", target: "bought", scale: "standard" }, network: [], training: {} },
    snippets,
  },
  settle: ["Give 60 more seconds (--budget 120) to settle whether units of dense_1 die for good."],
  read: [],
  cost: { seconds: 41.4, trainings: 65 },
  curves: {
    before: curves({ loss: [0.74, 0.69], score: [0.5, 0.522], pace: 3 }, 11),
    after: curves({ loss: [0.72, 0.21], score: [0.5, 0.915], pace: 4, gap: 0.07 }, 12),
  },
  sweep: { rates, losses: valley(0.003, 0.22, 0.7), own: 0.1, steps: 60 },
  layers: {
    epochs: Array.from({ length: 20 }, (_, i) => i + 1),
    names,
    dead: heat((layer, epoch) => (layer === 3 ? 0 : round(Math.min(0.62, 0.1 + 0.05 * epoch) / (1 + layer)))),
    gradient: heat((layer, epoch) => round(10 ** (layer - 3 - epoch / 15))),
    update: heat((layer, epoch) =>
      layer === 3 && epoch > 16 ? NaN : epoch < 1 ? null : round(10 ** (-4 + layer / 2)),
    ),
  },
  said: [
    "The task was taken to be classification, since bought holds 2 distinct values.",
    "The text column city was one-hot encoded into 12 columns.",
  ],
  reproduce: { version: "0.1.0", seed: 1, command: "unstuck fix plan.json --seed 1 --budget 60" },
};

const healthy: Report = {
  ...stuck,
  verdict: "healthy",
  headline: "Nothing holds it back at 97 %: none of 9 remedies gains anything worth having.",
  metric: {
    ...stuck.metric,
    before: estimate(around(0.968, 0.004, 21)),
    after: null,
    baseline: { name: "majority class", value: 0.34 },
    ceiling: { name: "linear", value: 0.961 },
    test: { before: null, after: null },
  },
  causes: [],
  findings: stuck.findings.slice(4),
  trials: [
    "wider",
    "deeper",
    "lower-rate",
    "higher-rate",
    "more-epochs",
    "dropout",
    "weight-decay",
    "adam",
    "bigger-batch",
  ].map((id, i) => {
    const effect = spread(around(0.002 - 0.001 * i, 0.004, 30 + i, 3));
    return {
      remedies: [id],
      stage: "screen" as const,
      values: around(0.968, 0.004, 40 + i, 3),
      gain: effect,
      verdict: effect.high < 0 ? ("hurts" as const) : ("unclear" as const),
    };
  }),
  prescription: null,
  settle: [],
  curves: { before: curves({ loss: [1.1, 0.09], score: [0.33, 0.97], pace: 3, gap: 0.05 }, 22), after: [] },
  sweep: { rates, losses: valley(0.001, 0.1, 1.1), own: 0.001, steps: 60 },
  layers: null,
  said: [],
};

const slow: Report = {
  ...healthy,
  verdict: "slow",
  headline:
    "Slow, not stuck: at R² 0.61 after 20 epochs it is still improving. 45 more epochs should bring it to R² 0.83.",
  metric: {
    name: "r2",
    split: "validation",
    better: "higher",
    before: estimate(around(0.61, 0.02, 51)),
    after: null,
    baseline: { name: "mean", value: 0 },
    ceiling: { name: "k nearest neighbours", value: 0.79 },
    test: { before: null, after: null },
  },
  causes: [
    {
      id: "too-few-epochs",
      suspicion: 0.8,
      proof: "unclear",
      says: "The loss still falls by 2.1 % an epoch when training ends.",
      findings: [],
      gain: { mean: 0.1, low: -0.01, high: 0.21 },
    },
    {
      id: "learning-rate-too-low",
      suspicion: 0.5,
      proof: "untried",
      says: "The rate 0.00001 lies left of the valley of the sweep.",
      findings: [],
      gain: null,
    },
  ],
  trials: [],
  settle: ["Train for 65 epochs: change training.epochs, and give --budget 300."],
  curves: { before: curves({ loss: [1.02, 0.3], score: [0, 0.8], pace: 14 }, 52), after: [] },
  sweep: { rates, losses: valley(0.002, 0.2, 1.02), own: 0.00001, steps: 40 },
};

const limit: Report = {
  ...healthy,
  verdict: "data-limit",
  headline:
    "78 % is near what the data allow: k nearest neighbours reaches 79 %, and 18 % of the labels contradict their neighbours.",
  metric: {
    ...healthy.metric,
    before: estimate(around(0.78, 0.012, 61)),
    baseline: { name: "majority class", value: 0.5 },
    ceiling: { name: "k nearest neighbours", value: 0.79 },
  },
  causes: [
    {
      id: "data-limit",
      suspicion: 0.9,
      proof: "evident",
      says: "Linear, nearest neighbours and the network end within 2 points of each other.",
      findings: ["baselines-agree"],
      gain: null,
    },
    {
      id: "label-noise",
      suspicion: 0.6,
      proof: "evident",
      says: "18 % of the rows carry another label than all 10 of their nearest neighbours.",
      findings: [],
      gain: null,
    },
  ],
  findings: [
    {
      check: "baselines-agree",
      state: "present",
      strength: 0.9,
      says: "The linear model reaches 77 %, k nearest neighbours 79 %, the network 78 %.",
      where: [],
    },
    ...stuck.findings.slice(4),
  ],
  settle: ["Have 50 of the suspect rows labelled again; their numbers are in the report."],
  curves: { before: curves({ loss: [0.72, 0.38], score: [0.5, 0.785], pace: 3, gap: 0.1, turn: 0.3 }, 62), after: [] },
};

const misleading: Report = {
  ...healthy,
  verdict: "misleading",
  headline:
    "The 99.4 % cannot be believed: 412 of 500 validation rows are also training rows. Without them, it reaches 71 %.",
  metric: {
    ...healthy.metric,
    before: estimate(around(0.994, 0.001, 71)),
    after: estimate(around(0.71, 0.02, 72)),
    baseline: { name: "majority class", value: 0.51 },
    ceiling: null,
  },
  causes: [
    {
      id: "leakage",
      suspicion: 1,
      proof: "evident",
      says: "412 of 500 validation rows are also training rows.",
      findings: ["duplicated-rows"],
      gain: null,
    },
  ],
  findings: [
    {
      check: "duplicated-rows",
      state: "present",
      strength: 1,
      says: "Rows 17, 18, 40, 61, 77 and 407 more are in both parts.",
      where: ["17", "18", "40"],
    },
  ],
  trials: [],
  prescription: {
    changes: [{ path: "data.drop", from: null, to: "duplicates", cause: "leakage" }],
    plan: {},
    snippets: {
      keras: "frame = frame.drop_duplicates()",
      pytorch: "frame = frame.drop_duplicates()",
      tfjs: "const rows = [...new Map(all.map((row) => [JSON.stringify(row), row])).values()];",
    },
  },
  curves: undefined,
  sweep: null,
};

const unknown: Report = {
  ...healthy,
  verdict: "unknown",
  headline: "It stays at 10 %, perhaps because the labels carry no signal; that is not proven.",
  metric: {
    ...healthy.metric,
    before: { mean: 0.104, low: NaN, high: NaN, values: [0.104] },
    baseline: null,
    ceiling: null,
  },
  causes: [
    {
      id: "labels-unrelated",
      suspicion: 0.35,
      proof: "untried",
      says: "The loss stays within 0.01 of ln 10 for 40 epochs.",
      findings: [],
      gain: null,
    },
  ],
  findings: [{ check: "dead-units", state: "unknown", strength: 0, says: "", where: [], missing: ["layers"] }],
  trials: [],
  settle: [
    "Bring the data (unstuck fix train.csv --target label).",
    "Record the layers: add unstuck.py to the script, three lines.",
  ],
  read: [
    {
      path: "logs/train.log",
      format: "keras-text",
      run: null,
      series: { loss: { points: 40, first: 2.31, last: 2.3 }, accuracy: { points: 40, first: 0.098, last: 0.104 } },
      skipped: 3,
    },
    {
      path: "logs/old.csv",
      format: "csv",
      run: "2",
      series: { loss: { points: 12, first: 2.4, last: NaN } },
      skipped: 0,
    },
  ],
  cost: { seconds: 0.31, trainings: 0 },
  curves: {
    before: curves({ loss: [2.32, 2.3], score: [0.098, 0.104], pace: 4, gap: 0.002 }, 82, 40, 1).map((c) => ({
      ...c,
      validation: null,
    })),
    after: [],
  },
  sweep: null,
  reproduce: { version: "0.1.0", seed: 1, command: "unstuck why logs" },
};

const nan: Report = {
  ...stuck,
  headline: "The training ends in NaN: 3 cells of ozone are empty. Filled with the median, it comes down to RMSE 11.2.",
  metric: {
    name: "rmse",
    split: "validation",
    better: "lower",
    before: estimate(around(33.4, 0.4, 91)),
    after: estimate(around(11.2, 0.5, 92)),
    baseline: { name: "mean", value: 33.4 },
    ceiling: { name: "linear", value: 12.6 },
    test: { before: null, after: null },
  },
  causes: [
    {
      id: "missing-values",
      suspicion: 1,
      proof: "evident",
      says: "The loss is NaN from step 0: column ozone is empty in rows 4, 9 and 24.",
      findings: ["missing-cells"],
      gain: { mean: 22.2, low: 21.3, high: 23.1 },
    },
  ],
  findings: [
    {
      check: "missing-cells",
      state: "present",
      strength: 1,
      says: "Column ozone is empty in 3 of 153 rows.",
      where: ["ozone"],
    },
    ...stuck.findings.slice(5),
  ],
  trials: [
    {
      remedies: ["impute"],
      stage: "proof",
      values: around(11.2, 0.5, 92),
      gain: { mean: 22.2, low: 21.3, high: 23.1 },
      verdict: "helps",
    },
    {
      remedies: ["lower-rate"],
      stage: "screen",
      values: [NaN, NaN],
      gain: { mean: 0, low: NaN, high: NaN },
      verdict: "unclear",
    },
  ],
  prescription: {
    changes: [{ path: "data.missing", from: "none", to: "median", cause: "missing-values" }],
    plan: {},
    snippets,
  },
  settle: [],
  curves: {
    before: broken(curves({ loss: [1300, 900], score: [36, 33.4], pace: 3 }, 93), 3),
    after: curves({ loss: [1300, 120], score: [36, 11.2], pace: 3, gap: 0.1 }, 94),
  },
  sweep: null,
  layers: null,
};

/** Names and sentences that try to leave their place in a page or a terminal. */
const EVIL = "<img src=x onerror=alert(1)>\"'&</script><script>alert(2)</script>\u001b[31m";
const evil: Report = {
  ...stuck,
  headline: `Stuck: ${EVIL}`,
  metric: { ...stuck.metric, name: EVIL, baseline: { name: EVIL, value: 0.5 } },
  causes: stuck.causes.map((cause) => ({ ...cause, id: EVIL, says: EVIL })),
  findings: stuck.findings.map((finding) => ({ ...finding, check: EVIL, says: EVIL, where: [EVIL] })),
  trials: stuck.trials.map((trial) => ({ ...trial, remedies: [EVIL] })),
  prescription: {
    changes: [{ path: EVIL, from: EVIL, to: { [EVIL]: EVIL }, cause: EVIL }],
    plan: { [EVIL]: EVIL },
    snippets: { keras: EVIL, pytorch: EVIL, tfjs: EVIL },
  },
  settle: [EVIL],
  read: [{ path: EVIL, format: EVIL, run: EVIL, series: { [EVIL]: { points: 1, first: 1, last: 1 } }, skipped: 1 }],
  layers: { ...stuck.layers!, names: stuck.layers!.names.map(() => EVIL) },
  said: [EVIL],
  reproduce: { version: EVIL, seed: 1, command: EVIL },
};

export const samples: Record<string, Report> = { stuck, healthy, slow, limit, misleading, unknown, nan, evil };
