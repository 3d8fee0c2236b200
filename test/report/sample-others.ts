/** Sample reports of every other verdict. */
import type { Report } from "../../src/report/report.ts";
import { around, curves, estimate, rates, spread, valley } from "./sample-parts.ts";
import { stuck } from "./sample-stuck.ts";

export const healthy: Report = {
  ...stuck,
  verdict: "healthy",
  headline:
    "No problem found: validation accuracy is 97 %, and none of the 9 changes tried improves it enough to matter.",
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

export const slow: Report = {
  ...healthy,
  verdict: "slow",
  headline:
    "Slow, not stuck: validation R² is 0.61 and still improving after 20 epochs. 45 more epochs should bring it to 0.83.",
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
      says: "The learning rate 0.00001 is below those that lower the loss in the sweep.",
      findings: [],
      gain: null,
    },
  ],
  trials: [],
  settle: ["Train for 65 epochs: change training.epochs, and give --budget 300."],
  curves: { before: curves({ loss: [1.02, 0.3], score: [0, 0.8], pace: 14 }, 52), after: [] },
  sweep: { rates, losses: valley(0.002, 0.2, 1.02), own: 0.00001, steps: 40 },
};

export const limit: Report = {
  ...healthy,
  verdict: "data-limit",
  headline: "Validation accuracy is 78 %, near the limit of this data: k nearest neighbours has 79 %.",
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

export const misleading: Report = {
  ...healthy,
  verdict: "misleading",
  headline:
    "The 99.4 % validation accuracy is not trustworthy: validation rows also occur in the training set. Without the copies, validation accuracy is 71 %.",
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
      says: "412 of 500 validation rows also occur in the training set.",
      findings: ["duplicated-rows"],
      gain: null,
    },
  ],
  findings: [
    {
      check: "duplicated-rows",
      state: "present",
      strength: 1,
      says: "Rows 18, 19, 41, 62, 78 and 407 more occur in both parts.",
      where: ["row 18", "row 19", "row 41"],
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

export const unknown: Report = {
  ...healthy,
  verdict: "unknown",
  headline:
    "Validation accuracy is 10 %, possibly because the labels have nothing to do with the inputs; this is not proved.",
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
    "Give the data as well: unstuck fix train.csv --target label",
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
