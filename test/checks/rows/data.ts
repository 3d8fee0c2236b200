/** Rows of the table: what is measured of the data. */
import { accuracy, classes, column, numbers, planned, profile } from "../parts.ts";
import { baselines, oneUnit, pixels, type Row, split, two } from "../pieces.ts";

const doubtful = [{ row: 3, given: "a", likely: "b", confidence: 0.9 }];

export const data: Row[] = [
  [
    "missing-values",
    { profile: profile({ inputs: { missingCells: 3, missingRows: 2, missing: [{ column: "a", rows: [7, 9] }] } }) },
    { profile: profile() },
  ],
  [
    "constant-column",
    { ...planned({ data: { scale: "minmax" } }), profile: profile({ inputs: { constant: ["b"] } }) },
    { ...planned(), profile: profile() },
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
    { ...oneUnit("sigmoid"), profile: profile({ target: classes([1, 200, 50], [2, 200, 50]) }) },
    { ...oneUnit("sigmoid"), profile: profile({ target: two }) },
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
  ["separate-sources", { profile: profile(split(400, 100, "source")) }, { profile: profile() }],
  ["tail-split", { profile: profile(split(400, 100, "tail")) }, { profile: profile() }],
  [
    "sorted-rows",
    { profile: profile({ order: { sorted: true, runs: 3, expectedRuns: 300 } }) },
    { profile: profile() },
  ],
  [
    "unshuffled-batches",
    {
      ...planned({ training: { shuffle: false } }),
      profile: profile({ order: { sorted: true, runs: 3, expectedRuns: 300 } }),
    },
    { ...planned({ training: { shuffle: false } }), profile: profile() },
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

export const beyondProfile: Row[] = [
  [
    "groups-in-both",
    {
      metric: accuracy,
      groups: { column: "original", groups: 40, nearest: 0.9, chance: 0.1, score: 0.99, apart: 0.8 },
    },
    { metric: accuracy, groups: { column: "city", groups: 40, nearest: 0.9, chance: 0.1, score: 0.8, apart: 0.79 } },
  ],
  [
    "copies-flatter",
    { metric: accuracy, withoutCopies: { score: 0.6, rows: 100, plain: 0.9 } },
    { metric: accuracy, withoutCopies: { score: 0.9, rows: 100, plain: 0.9 } },
  ],
  [
    "suspect-labels",
    { suspectLabels: { share: 0.2, rows: doubtful, surest: { rows: 200, wrong: 0.3, all: 0.4, chance: 0.5 } } },
    { suspectLabels: { share: 0.2, rows: doubtful, surest: { rows: 200, wrong: 0.47, all: 0.49, chance: 0.5 } } },
  ],
  [
    "sure-rows-contradicted",
    { suspectLabels: { share: 0.2, rows: [], surest: { rows: 200, wrong: 0.17, all: 0.2, chance: 0.5 } } },
    { suspectLabels: { share: 0.2, rows: [], surest: { rows: 200, wrong: 0.05, all: 0.2, chance: 0.5 } } },
  ],
  [
    "counts-rows",
    { metric: accuracy, task: "classification" },
    { metric: { ...accuracy, name: "balancedAccuracy" }, task: "classification" },
  ],
];
