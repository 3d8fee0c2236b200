/** One fault for each cause that an edit of a plan or of its data can plant, at graded severity. */
import type { CauseId } from "../../src/causes/index.ts";
import { change, type Given, insertLayer } from "../../src/plan/edit.ts";
import type { Draft, Kind } from "./bases.ts";
import { type Cell, draws, mapInputs, mapTargets, type Rows, sample, sorted } from "./rows.ts";

type Edit = (draft: Draft) => Draft;

/** What one level of a fault does: `data` to both plans, `broken` to the one, `fixed` to the other. */
export type Planted = { data?: Edit; broken?: Edit; fixed?: Edit };

export type Fault = {
  cause: CauseId;
  /** Bases that it can be planted in. */
  on: (draft: Draft) => boolean;
  /** From hardly noticeable to hopeless. */
  levels: readonly ((draft: Draft) => Planted)[];
  /** Planted in so many bases at each level, where the usual number leaves too few that count. */
  each?: number;
  /** Other names that an honest reader of the evidence could give. */
  accept?: readonly CauseId[];
  /** "inflated": the broken score is too good; "told": the score itself cannot be compared. */
  judged?: "inflated" | "told";
  /** The fix has other data: no edit of the plan leads there. */
  otherData?: true;
};

const set =
  (...pairs: [path: string, value: unknown][]): Edit =>
  (draft) => ({ ...draft, given: pairs.reduce((given, [path, value]) => change(given, path, value), draft.given) });
const rows =
  (edit: (rows: Rows, draft: Draft) => Rows): Edit =>
  (draft) => ({ ...draft, rows: edit(draft.rows, draft) });
const network =
  (edit: (layers: Layer[]) => Layer[]): Edit =>
  (draft) => ({ ...draft, given: { ...draft.given, network: edit(layersOf(draft)) } });
const after =
  (...edits: Edit[]): Edit =>
  (draft) =>
    edits.reduce((d, edit) => edit(d), draft);

type Layer = Given & { layer: string; units?: number };
const layersOf = ({ given }: Draft) => given.network as Layer[];
const training = ({ given }: Draft) =>
  given.training as Given & { optimizer: Given; epochs: number; batchSize: number };
const rateOf = (draft: Draft) => Number(training(draft).optimizer.learningRate);
const rate = (value: number) => set(["training.optimizer.learningRate", value]);
const faster = (factor: number) => (draft: Draft) => ({ broken: rate(rateOf(draft) * factor) });
const isImage = (draft: Draft) => draft.rows.shape !== undefined;
const is =
  (...kinds: Kind[]) =>
  (draft: Draft) =>
    kinds.includes(draft.kind);
const classes = is("binary", "classes");
const any = () => true;
const dense = (draft: Draft) => !isImage(draft);
const numeric = (draft: Draft) => dense(draft) && draft.rows.rows[0].every((cell) => typeof cell === "number");
const bothOf =
  (...tests: ((draft: Draft) => boolean)[]) =>
  (draft: Draft) =>
    tests.every((test) => test(draft));
/** Bases where a straight line does not do. */
const CURVED = [
  "rings",
  "checker",
  "interaction",
  "waves",
  "friedman1",
  "sines",
  "labels",
  "cnn4",
  "hours",
  "population",
];
/** Bases whose inputs depend on each other, as those of the world do. */
const HANGING_TOGETHER = ["airports", "quakes", "odd", "digits7", "gapminder", "newYork", "hours", "population"];
const curved = ({ base }: Draft) => CURVED.includes(base);

const outputs = ({ network: layers }: Given) => Number((layers as Layer[]).at(-1)!.units);
const hidden = (edit: (layer: Layer) => Layer): Edit =>
  network((layers) => layers.map((layer, i) => (i < layers.length - 1 && isWeighted(layer) ? edit(layer) : layer)));
const isWeighted = ({ layer }: Layer) => layer === "dense" || layer === "conv2d";
const output = (more: Given): Edit =>
  network((layers) => layers.map((layer, i) => (i === layers.length - 1 ? { ...layer, ...more } : layer)));
/** Hidden dense layers in place of those there are. */
const stack = (count: number, units: number, more: Given = {}): Edit =>
  network((layers) => [
    ...layers.filter(({ layer }) => layer !== "dense"),
    ...Array.from({ length: count }, () => ({ layer: "dense", units, activation: "relu", ...more })),
    layers.at(-1)!,
  ]);
const SGD = { name: "sgd", learningRate: 0.01 };
const sgd = (learningRate: number): Edit => set(["training.optimizer", { ...SGD, learningRate }]);
/** Plain SGD, which does not hide a badly scaled loss as Adam does. */
const slowly: Edit = set(["training.optimizer", { name: "sgd", learningRate: 0.05, momentum: 0.9 }]);

const scale = (value: unknown): Edit => set(["data.scale", value]);
const times = (factor: number, shift = 0, only?: (column: number) => boolean): Edit =>
  rows((data, { targets }) => mapInputs(data, targets, (v, c) => (only && !only(c) ? v : v * factor + shift)));
const targetTimes = (factor: number, shift = 0): Edit =>
  rows((data, { targets }) =>
    mapTargets(data, targets, (cell) =>
      typeof cell === "number" ? Math.round((cell * factor + shift) * 1e4) / 1e4 : cell,
    ),
  );

/** A share of the rows as an own source of validation; both plans judge the same rows. */
const apart: Edit = (draft) => {
  const cut = Math.floor(draft.rows.rows.length * 0.7);
  const part = (from: number, to?: number): Rows => ({ ...draft.rows, rows: draft.rows.rows.slice(from, to) });
  return { ...draft, rows: part(0, cut), validation: part(cut) };
};
const validationRows =
  (edit: (rows: Rows, draft: Draft) => Rows): Edit =>
  (draft) => ({ ...draft, validation: edit(draft.validation!, draft) });

const relabelled = (share: number, name: string): Edit =>
  rows((data, draft) => {
    const d = draws(`${name} ${draft.base} ${share}`);
    const values = [...new Set(data.rows.map((cells) => cells.at(-1)))].sort();
    return mapTargets(data, 1, (cell) => {
      if (d.uniform() >= share) return cell;
      return values[(values.indexOf(cell) + 1 + d.below(values.length - 1)) % values.length] as Cell;
    });
  });
const mixedUp = (share: number): Edit =>
  rows((data, draft) => {
    const d = draws(`mixed up ${draft.base}`);
    const moved = data.rows.map((_, i) => i).filter(() => d.uniform() < share);
    const order = d.order(moved.length);
    const from = new Map(moved.map((row, i) => [row, moved[order[i]]]));
    const { targets } = draft;
    return {
      ...data,
      rows: data.rows.map((cells, i) => [...cells.slice(0, -targets), ...data.rows[from.get(i) ?? i].slice(-targets)]),
    };
  });

const empty = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`empty ${base} ${share}`);
    const one = d.below(data.rows.length);
    return mapInputs(data, targets, (v, c, r) =>
      share === 0 ? (r === one && c === 0 ? null : v) : d.uniform() < share ? null : v,
    );
  });
const constant = (value: number): Edit =>
  rows((data) => ({
    ...data,
    columns: ["constant", ...data.columns],
    rows: data.rows.map((cells) => [value, ...cells]),
  }));
/** A column that tells the target, with some noise. */
const telltale = (noise: number): Edit =>
  rows((data, { base }) => {
    const d = draws(`telltale ${base}`);
    const values = data.rows.map((cells) => Number(cells.at(-1)));
    const spread = Math.max(...values) - Math.min(...values);
    return {
      ...data,
      columns: ["code", ...data.columns],
      rows: data.rows.map((cells, i) => [values[i] + d.normal(0, noise * spread), ...cells]),
    };
  });
const copied = (share: number): Edit =>
  rows((data, { base }) => {
    const again = sample(data, Math.floor(data.rows.length * share), `copies ${base}`).rows;
    return sample({ ...data, rows: [...data.rows, ...again] }, data.rows.length + again.length, `copied ${base}`);
  });
/** Labels that only a memory of the rows can know. */
const rareOnly = (share: number): Edit =>
  rows((data, { base }) => {
    const d = draws(`rare ${base}`);
    const label = (cells: Cell[]) => cells.at(-1);
    const values = [...new Set(data.rows.map(label))].sort();
    return { ...data, rows: data.rows.filter((cells) => label(cells) !== values.at(-1) || d.uniform() < share) };
  });
const fewer = (count: number): Edit => rows((data, { base }) => sample(data, count, `fewer ${base}`));
const zoned: Edit = rows((data) => sorted(data));
const blank = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`blank ${base}`);
    const gone = data.rows.map(() => d.uniform() < share);
    return mapInputs(data, targets, (v, _, r) => (gone[r] ? 0 : v));
  });

const init = (kernelInit: unknown) => () => ({ broken: hidden((layer) => ({ ...layer, kernelInit })) });
const schedule = (value: Given) => () => ({ broken: set(["training.schedule", value]) });
const dropouts = (level: number): Edit =>
  network((layers) =>
    layers.flatMap((layer, i) =>
      i < layers.length - 1 && layer.layer === "dense" ? [layer, { layer: "dropout", rate: level }] : [layer],
    ),
  );
const penalties = (more: Given): Edit => hidden((layer) => ({ ...layer, ...more }));
const append =
  (layer: Layer): Edit =>
  (draft) => ({
    ...draft,
    given: insertLayer(draft.given, layersOf(draft).length, layer),
  });
const many = (count: number): Edit => set(["training.epochs", count]);
const loss = (name: unknown) => (): Planted => ({ broken: set(["training.loss", name]) });

export const FAULTS: readonly Fault[] = [
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
    on: bothOf(numeric, is("binary", "classes", "regression")),
    judged: "inflated",
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
  {
    cause: "wrong-output-activation",
    on: any,
    levels: [
      ({ kind }) => ({ broken: output({ activation: kind === "regression" ? "tanh" : "linear" }) }),
      ({ kind }) => ({ broken: output({ activation: kind === "regression" ? "sigmoid" : "relu" }) }),
      ({ kind }) => ({
        broken: output({ activation: kind === "regression" ? "relu" : kind === "classes" ? "tanh" : "softmax" }),
      }),
      ({ kind }) => ({ broken: output({ activation: kind === "classes" ? "relu" : "softmax" }) }),
    ],
    accept: ["wrong-loss", "dying-relu"],
  },
  {
    cause: "double-softmax",
    on: is("classes"),
    levels: [
      () => ({
        data: after(sgd(0.1), many(15)),
        broken: set(["training.loss", { name: "categoricalCrossentropy", fromLogits: true }]),
      }),
      () => ({ data: after(sgd(0.1), many(15)), broken: append({ layer: "activation", activation: "softmax" }) }),
      () => ({ data: after(sgd(0.03), many(20)), broken: append({ layer: "activation", activation: "softmax" }) }),
      () => ({
        data: after(sgd(0.05), many(20)),
        broken: after(
          append({ layer: "activation", activation: "softmax" }),
          set(["training.loss", { name: "categoricalCrossentropy", fromLogits: true }]),
        ),
      }),
    ],
    accept: ["wrong-loss", "wrong-output-activation"],
  },
  {
    cause: "missing-nonlinearity",
    on: curved,
    levels: [
      () => ({ broken: hidden((layer) => ({ ...layer, activation: "linear" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "linear" })) }),
    ],
  },
  {
    cause: "wrong-hidden-activation",
    on: bothOf(dense, ({ base }) => base !== "friedman2" && base !== "blobs"),
    levels: [
      () => ({ data: after(stack(2, 24), slowly), broken: hidden((layer) => ({ ...layer, activation: "softmax" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "sigmoid" })) }),
      () => ({ data: stack(3, 24), broken: hidden((layer) => ({ ...layer, activation: "softmax" })) }),
      () => ({ data: stack(4, 24), broken: hidden((layer) => ({ ...layer, activation: "hardSigmoid" })) }),
    ],
    accept: ["vanishing-gradients"],
  },
  {
    cause: "dying-relu",
    on: dense,
    levels: [
      () => ({ broken: hidden((layer) => ({ ...layer, biasInit: { constant: -2 } })) }),
      () => ({ broken: hidden((layer) => ({ ...layer, biasInit: { constant: -5 } })) }),
      () => ({ data: stack(2, 16), broken: hidden((layer) => ({ ...layer, biasInit: { constant: -3 } })) }),
      () => ({ data: stack(3, 6), broken: hidden((layer) => ({ ...layer, biasInit: { constant: -0.7 } })) }),
    ],
    accept: ["poor-initialisation"],
  },
  {
    cause: "wrong-loss",
    on: any,
    levels: [
      (draft) =>
        draft.kind === "regression"
          ? loss("poisson")()
          : { data: slowly, broken: set(["training.loss", "meanSquaredError"]) },
      (draft) => (draft.kind === "regression" ? loss("binaryCrossentropy")() : loss("meanAbsoluteError")()),
      () => ({
        data: slowly,
        broken: (draft) => set(["training.loss", { name: lossName(draft), reduction: "sum" }])(draft),
      }),
      (draft) => (draft.kind === "regression" ? loss("categoricalCrossentropy")() : loss("hinge")()),
    ],
    accept: ["wrong-output-activation"],
  },
  {
    cause: "wrong-metric",
    on: is("regression", "classes"),
    judged: "told",
    levels: [
      ({ kind }) => ({ broken: set(["metric", kind === "regression" ? "accuracy" : "binaryAccuracy"]) }),
      ({ kind }) => ({ broken: set(["metric", kind === "regression" ? "binaryAccuracy" : "r2"]) }),
    ],
  },
  {
    cause: "learning-rate-too-high",
    on: any,
    levels: [20, 60, 200, 1000].map(faster),
    accept: ["dying-relu", "exploding-gradients"],
  },
  {
    cause: "learning-rate-too-low",
    on: any,
    levels: [30, 100, 1000, 1e5].map((by) => faster(1 / by)),
    accept: ["too-few-epochs"],
  },
  {
    cause: "bad-schedule",
    on: any,
    levels: [
      schedule({ name: "exponential", factor: 0.6 }),
      schedule({ name: "exponential", factor: 0.25 }),
      schedule({ name: "step", factor: 0.01, every: 2 }),
      schedule({ name: "warmup", epochs: 2000 }),
    ],
    accept: ["learning-rate-too-low"],
  },
  {
    cause: "weak-optimizer",
    on: any,
    levels: [
      () => ({ broken: sgd(0.05) }),
      () => ({ broken: sgd(0.01) }),
      () => ({ broken: set(["training.optimizer", { name: "adam", learningRate: 0.01, epsilon: 1 }]) }),
      () => ({ broken: set(["training.optimizer", { name: "rmsprop", learningRate: 0.01, epsilon: 10 }]) }),
    ],
    accept: ["learning-rate-too-low", "too-few-epochs"],
  },
  {
    cause: "batch-too-large",
    on: any,
    levels: [
      (draft) => ({ broken: set(["training.batchSize", Math.ceil(draft.rows.rows.length / 4)]) }),
      () => ({ broken: set(["training.batchSize", 1024]) }),
      () => ({ data: set(["training.optimizer.learningRate", 0.003]), broken: set(["training.batchSize", 2048]) }),
    ],
    accept: ["too-few-epochs", "learning-rate-too-low"],
  },
  {
    cause: "batch-too-small",
    on: bothOf(dense, ({ kind, base }) => kind === "regression" || ["digits7", "labels", "waves"].includes(base)),
    levels: [
      () => ({ data: after(rate(0.03), many(12)), broken: set(["training.batchSize", 2]) }),
      () => ({ data: after(rate(0.02), many(12)), broken: set(["training.batchSize", 1]) }),
      () => ({ data: after(rate(0.05), many(12)), broken: set(["training.batchSize", 1]) }),
    ],
    accept: ["learning-rate-too-high"],
  },
  {
    cause: "too-few-epochs",
    on: any,
    levels: [6, 3, 2, 1].map((epochs) => () => ({ broken: many(epochs) })),
    accept: ["learning-rate-too-low"],
  },
  {
    cause: "poor-initialisation",
    on: any,
    levels: [
      init({ normal: 1e-4 }),
      init({ constant: 0.3 }),
      init("ones"),
      init("zeros"),
      init({ normal: 4 }),
      init({ normal: 15 }),
    ],
  },
  {
    cause: "vanishing-gradients",
    on: dense,
    levels: [6, 8, 12].map((depth) => () => ({
      data: stack(depth, 16, { activation: "sigmoid" }),
      fixed: after(stack(Math.min(depth, 6), 16), rateIn(0.003)),
    })),
    accept: ["wrong-hidden-activation", "network-too-large"],
  },
  {
    cause: "exploding-gradients",
    each: 7,
    on: is("regression"),
    levels: [
      () => ({ data: after(outliers(0.02), sgdOf(0.1)), fixed: set(["training.clipNorm", 1]) }),
      () => ({
        data: after(targetTimes(8), set(["data.scaleTarget", "none"]), sgdOf(0.05)),
        fixed: set(["training.clipNorm", 1]),
      }),
      () => ({
        data: after(stack(4, 32, { kernelInit: { normal: 0.35 } }), sgdOf(0.02)),
        fixed: set(["training.clipNorm", 0.5]),
      }),
    ],
    accept: ["learning-rate-too-high", "targets-not-scaled", "poor-initialisation"],
  },
  {
    cause: "network-too-small",
    on: bothOf(dense, ({ base }) => CURVED.includes(base) || ["digits7", "airports"].includes(base)),
    levels: [4, 2, 1].map((units) => () => ({ broken: hidden((layer) => ({ ...layer, units })) })),
  },
  {
    cause: "network-too-large",
    on: dense,
    levels: [16, 28, 45].map((depth) => () => ({ broken: stack(depth, 12) })),
    accept: ["vanishing-gradients", "dying-relu"],
  },
  {
    cause: "misplaced-layer",
    on: dense,
    levels: [
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.3) : frozen(8)),
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.6) : frozen(5)),
      ({ kind }) => (kind === "regression" ? noisyAnswer(0.85) : frozen(3)),
      () => frozen(4),
    ],
  },
  {
    cause: "overfitting",
    on: bothOf(dense, is("binary", "classes", "regression")),
    levels: [140, 90, 60].map((count) => () => ({
      data: after(overheard, apart, fewer(count), stack(2, 96), rateIn(0.005)),
      broken: many(150),
      fixed: after(many(150), set(["training.earlyStopping", { patience: 8, restoreBest: true }])),
    })),
    accept: ["too-few-examples", "network-too-large", "label-noise"],
  },
  {
    cause: "over-regularised",
    on: any,
    levels: [
      () => ({ broken: after(penalties({ l2: 0.03 })) }),
      () => ({ broken: dropouts(0.8) }),
      () => ({ broken: penalties({ l2: 0.3 }) }),
      () => ({ broken: dropouts(0.95) }),
      () => ({ broken: penalties({ l1: 0.1 }) }),
    ],
  },
];

function sgdOf(learningRate: number): Edit {
  return set(["training.optimizer", { name: "sgd", learningRate, momentum: 0.9 }]);
}

function rateIn(learningRate: number): Edit {
  return set(["training.optimizer", { name: "adam", learningRate }]);
}

const noisyAnswer = (rate: number): Planted => ({ broken: append({ layer: "dropout", rate }) });

/** So narrow that random weights will not do. */
const frozen = (units: number): Planted => ({
  data: hidden((layer) => (layer.layer === "dense" ? { ...layer, units } : layer)),
  broken: hidden((layer) => ({ ...layer, trainable: false })),
});

/** Inputs with noise, in shares of each column's spread. */
const blurred = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`blurred ${base}`);
    const spread = data.columns.map((_, c) => {
      const values = data.rows.map((cells) => Number(cells[c]));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    });
    return mapInputs(data, targets, (v, c) => v + d.normal(0, share * spread[c]));
  });

const lossName = (draft: Draft): string => String(training(draft).loss);

/** Labels written in another code; the fix tells the plan what they mean. */
function recoded(draft: Draft, code: (label: number) => number): Planted {
  const labels = [...new Set(draft.rows.rows.map((cells) => Number(cells.at(-1))))];
  return {
    data: rows((data) => mapTargets(data, 1, (cell) => code(Number(cell)))),
    fixed: set(["data.labels", Object.fromEntries(labels.map((label) => [String(code(label)), label]))]),
  };
}

/** Beside a column that tells the target; the fix leaves it out. */
function tells({ rows: { columns }, targets }: Draft, noise: number): Planted {
  return { data: after(relabelledNumbers, telltale(noise)), fixed: set(["data.features", columns.slice(0, -targets)]) };
}

/** So that the honest score has room. */
function relabelledNumbers(draft: Draft): Draft {
  return draft.kind === "regression" ? draft : relabelled(0.15, "room")(draft);
}

/** Noise that a large network can learn by heart. */
function overheard(draft: Draft): Draft {
  if (draft.kind !== "regression") return relabelled(0.3, "overheard")(draft);
  return rows((data, { base }) => {
    const d = draws(`overheard ${base}`);
    const values = data.rows.map((cells) => Number(cells.at(-1)));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    return mapTargets(data, 1, (cell) => Number(cell) + d.normal(0, 0.6 * spread));
  })(draft);
}

/** A few rows with inputs far outside the others. */
function outliers(share: number): Edit {
  return rows((data, { targets, base }) => {
    const d = draws(`outliers ${base}`);
    const far = data.rows.map(() => d.uniform() < share);
    return mapInputs(data, targets, (v, _, r) => (far[r] ? v * 30 : v));
  });
}
