/** Faults of the data, at graded severity. */
import { mapInputs } from "../rows.ts";
import {
  after,
  bothOf,
  classes,
  dense,
  type Fault,
  HANGING_TOGETHER,
  is,
  many,
  numeric,
  outputs,
  set,
  stack,
} from "./edits.ts";
import {
  apart,
  blank,
  blurred,
  constant,
  copied,
  empty,
  fewer,
  grouped,
  mixedUp,
  numbered,
  rareOnly,
  recoded,
  relabelled,
  relabelledNumbers,
  scale,
  standardised,
  swapped,
  targetTimes,
  tells,
  times,
  validationRows,
  zoned,
} from "./rows.ts";

export const dataFaults: readonly Fault[] = [
  {
    cause: "missing-values",
    on: numeric,
    levels: [0, 0.01, 0.1, 0.3].map((share) => () => ({ data: empty(share), fixed: set(["data.missing", "median"]) })),
  },
  {
    cause: "constant-feature",
    on: numeric,
    levels: [0, 1, 1999].map((value) => () => ({
      data: constant(value),
      broken: scale("minmax"),
      fixed: scale("standard"),
    })),
    accept: ["missing-values"],
  },
  {
    cause: "inputs-not-scaled",
    on: numeric,
    levels: [
      () => ({ data: times(30), broken: scale("none"), fixed: scale("standard") }),
      () => ({ data: times(1, 100), broken: scale("none"), fixed: scale("standard") }),
      () => ({ data: times(3000, 0, (c) => c === 1), broken: scale("none"), fixed: scale("standard") }),
      () => ({ data: times(1000), broken: scale("none"), fixed: scale("standard") }),
      () => ({ data: times(1e5, 0, (c) => c % 2 === 0), broken: scale("none"), fixed: scale("standard") }),
    ],
  },
  {
    cause: "inputs-scaled-twice",
    on: numeric,
    levels: [20, 100, 255, 65025].map((by) => () => ({
      data: after(times(1 / by)),
      broken: scale("none"),
      fixed: scale("standard"),
    })),
    accept: ["inputs-not-scaled"],
  },
  {
    cause: "targets-not-scaled",
    on: bothOf(is("regression"), dense),
    levels: (
      [
        [30, 100],
        [200, 0],
        [3000, 5000],
        [1e5, 0],
      ] as const
    ).map(([by, shift]) => () => ({
      data: targetTimes(by, shift),
      broken: set(["data.scaleTarget", "none"]),
      fixed: set(["data.scaleTarget", "standard"]),
    })),
  },
  {
    cause: "wrong-preprocessing",
    on: numeric,
    otherData: true,
    levels: [
      () => ({ data: apart, broken: validationRows((v, { targets }) => mapInputs(v, targets, (x) => x * 0.3)) }),
      () => ({ data: apart, broken: validationRows((v, { targets }) => mapInputs(v, targets, (x) => -x)) }),
      () => ({
        data: apart,
        broken: validationRows((v) => ({
          ...v,
          rows: v.rows.map(([first, second, ...rest]) => [second, first, ...rest]),
        })),
      }),
      () => ({ data: apart, broken: validationRows((v, { targets }) => mapInputs(v, targets, (x) => x / 255)) }),
      () => ({ broken: blank(0.6) }),
      () => ({ data: apart, broken: validationRows(standardised) }),
    ],
  },
  {
    cause: "label-encoding",
    on: bothOf(classes, dense),
    levels: [
      (draft) => recoded(draft, (label) => label + 1),
      (draft) => recoded(draft, (label) => 10 * (label + 1)),
      (draft) => recoded(draft, (label) => (draft.kind === "binary" ? 2 * label - 1 : label + 3)),
      (draft) => recoded(draft, (label) => (draft.kind === "binary" ? label + 2 : 2 * label)),
    ],
    accept: ["wrong-output-activation"],
  },
  {
    cause: "label-noise",
    on: bothOf(classes, dense, ({ base }) => base !== "interaction"),
    otherData: true,
    levels: [0.12, 0.2, 0.3, 0.4].map((share) => () => ({ broken: relabelled(share, "noise") })),
  },
  {
    cause: "label-noise",
    name: "label-noise-any",
    each: 2,
    on: bothOf(classes, dense, ({ base }) => base !== "interaction"),
    otherData: true,
    levels: [0.05, 0.1].map((share) => () => ({ broken: relabelled(share, "noise") })),
  },
  {
    cause: "label-noise",
    name: "label-noise-pairs",
    each: 2,
    on: bothOf(classes, dense, ({ base }) => base !== "interaction"),
    otherData: true,
    levels: [0.05, 0.1, 0.2].map((share) => () => ({ broken: swapped(share) })),
  },
  {
    cause: "labels-unrelated",
    // Where inputs are drawn one by one, nothing tells mixed-up labels from noise.
    on: bothOf(dense, ({ base }) => HANGING_TOGETHER.includes(base)),
    otherData: true,
    levels: [0.95, 1].map((share) => () => ({ broken: mixedUp(share) })),
  },
  {
    cause: "class-imbalance",
    each: 7,
    on: bothOf(classes, dense, ({ given }) => outputs(given) <= 3),
    levels: [0.25, 0.15, 0.1].map((share) => () => ({
      data: after(blurred(0.5), rareOnly(share), set(["metric", "balancedAccuracy"])),
      fixed: set(["data.classWeights", "balanced"]),
    })),
  },
  {
    cause: "too-few-examples",
    on: bothOf(dense, ({ rows: { rows } }) => rows.length > 400),
    otherData: true,
    levels: [60, 35, 20].map((count) => () => ({ data: apart, broken: fewer(count) })),
    accept: ["overfitting"],
  },
  {
    cause: "leakage",
    each: 4,
    on: bothOf(numeric, is("binary", "classes", "regression")),
    evaluated: "inflated",
    levels: [
      (draft) => tells(draft, 0.15),
      (draft) => tells(draft, 0.01),
      () => ({
        data: after(relabelled(0.3, "copies"), copied(0.6), stack(2, 96), many(80)),
        fixed: set(["data.drop", "duplicates"]),
      }),
      () => ({
        data: after(relabelled(0.3, "copies"), copied(2), stack(2, 96), many(80)),
        fixed: set(["data.drop", "duplicates"]),
      }),
      () => ({
        data: after(relabelled(0.2, "groups"), grouped(60, 8), stack(2, 96), many(40)),
        fixed: set(["data.validation", { fraction: 0.2, split: { group: "original" } }]),
      }),
      ({ rows: { columns }, targets }) => ({
        data: after(relabelledNumbers, zoned, numbered, scale("standard")),
        fixed: set(["data.features", columns.slice(0, -targets)]),
      }),
    ],
  },
  {
    cause: "unrepresentative-split",
    on: dense,
    levels: [0.15, 0.25, 0.4].map((fraction) => () => ({
      data: zoned,
      broken: set(["data.validation", { fraction, split: "tail" }]),
      fixed: set(["data.validation", { fraction, split: "random" }]),
    })),
  },
  {
    cause: "not-shuffled",
    on: dense,
    levels: [64, 16, 4].map((batch) => () => ({
      data: after(zoned, set(["training.batchSize", batch])),
      broken: set(["training.shuffle", false]),
    })),
  },
];
