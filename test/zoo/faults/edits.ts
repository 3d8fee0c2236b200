/** What a fault is, and the edits of a plan that faults are planted by. */
import type { CauseId } from "../../../src/causes/index.ts";
import { change, type Given, insertLayer } from "../../../src/plan/edit.ts";
import type { Draft, Kind } from "../bases.ts";
import type { Rows } from "../rows.ts";

export type Edit = (draft: Draft) => Draft;

/** What one level of a fault does: `data` to both plans, `broken` to the one, `fixed` to the other. */
export type Planted = { data?: Edit; broken?: Edit; fixed?: Edit };

export type Fault = {
  cause: CauseId;
  /** Begins the names of its entries, where a cause is planted in several ways; absent: the cause. */
  name?: string;
  /** Bases that it can be planted in. */
  on: (draft: Draft) => boolean;
  /** From hardly noticeable to hopeless. */
  levels: readonly ((draft: Draft) => Planted)[];
  /** Planted in so many bases at each level, where the usual number leaves too few that count. */
  each?: number;
  /** Other names that an honest reader of the evidence could give. */
  accept?: readonly CauseId[];
  /** "inflated": the broken score is too good; "told": the score itself cannot be compared. */
  evaluated?: "inflated" | "told";
  /** The fix has other data: no edit of the plan leads there. */
  otherData?: true;
};

export const set =
  (...pairs: [path: string, value: unknown][]): Edit =>
  (draft) => ({ ...draft, given: pairs.reduce((given, [path, value]) => change(given, path, value), draft.given) });

export const rows =
  (edit: (rows: Rows, draft: Draft) => Rows): Edit =>
  (draft) => ({ ...draft, rows: edit(draft.rows, draft) });

export const network =
  (edit: (layers: Layer[]) => Layer[]): Edit =>
  (draft) => ({ ...draft, given: { ...draft.given, network: edit(layersOf(draft)) } });

export const after =
  (...edits: Edit[]): Edit =>
  (draft) =>
    edits.reduce((d, edit) => edit(d), draft);

export type Layer = Given & { layer: string; units?: number };

export const layersOf = ({ given }: Draft) => given.network as Layer[];

export const training = ({ given }: Draft) =>
  given.training as Given & { optimizer: Given; epochs: number; batchSize: number };

export const rateOf = (draft: Draft) => Number(training(draft).optimizer.learningRate);

export const rate = (value: number) => set(["training.optimizer.learningRate", value]);

export const faster = (factor: number) => (draft: Draft) => ({ broken: rate(rateOf(draft) * factor) });

export const isImage = (draft: Draft) => draft.rows.shape !== undefined;

export const is =
  (...kinds: Kind[]) =>
  (draft: Draft) =>
    kinds.includes(draft.kind);

export const classes = is("binary", "classes");

export const any = () => true;

export const dense = (draft: Draft) => !isImage(draft);

export const numeric = (draft: Draft) => dense(draft) && draft.rows.rows[0].every((cell) => typeof cell === "number");

export const bothOf =
  (...tests: ((draft: Draft) => boolean)[]) =>
  (draft: Draft) =>
    tests.every((test) => test(draft));

/** Bases where a straight line does not do. */
export const CURVED = [
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
export const HANGING_TOGETHER = ["airports", "quakes", "odd", "digits7", "gapminder", "newYork", "hours", "population"];

export const curved = ({ base }: Draft) => CURVED.includes(base);

export const outputs = ({ network: layers }: Given) => Number((layers as Layer[]).at(-1)!.units);

export const hidden = (edit: (layer: Layer) => Layer): Edit =>
  network((layers) => layers.map((layer, i) => (i < layers.length - 1 && isWeighted(layer) ? edit(layer) : layer)));

export const isWeighted = ({ layer }: Layer) => layer === "dense" || layer === "conv2d";

export const output = (more: Given): Edit =>
  network((layers) => layers.map((layer, i) => (i === layers.length - 1 ? { ...layer, ...more } : layer)));

/** Hidden dense layers in place of those there are. */
export const stack = (count: number, units: number, more: Given = {}): Edit =>
  network((layers) => [
    ...layers.filter(({ layer }) => layer !== "dense"),
    ...Array.from({ length: count }, () => ({ layer: "dense", units, activation: "relu", ...more })),
    layers.at(-1)!,
  ]);

export const SGD = { name: "sgd", learningRate: 0.01 };

export const sgd = (learningRate: number): Edit => set(["training.optimizer", { ...SGD, learningRate }]);

/** Plain SGD, which does not hide a badly scaled loss as Adam does. */
export const slowly: Edit = set(["training.optimizer", { name: "sgd", learningRate: 0.05, momentum: 0.9 }]);

export const init = (kernelInit: unknown) => () => ({ broken: hidden((layer) => ({ ...layer, kernelInit })) });

export const schedule = (value: Given) => () => ({ broken: set(["training.schedule", value]) });

export const dropouts = (level: number): Edit =>
  network((layers) =>
    layers.flatMap((layer, i) =>
      i < layers.length - 1 && layer.layer === "dense" ? [layer, { layer: "dropout", rate: level }] : [layer],
    ),
  );

export const penalties = (more: Given): Edit => hidden((layer) => ({ ...layer, ...more }));

export const append =
  (layer: Layer): Edit =>
  (draft) => ({
    ...draft,
    given: insertLayer(draft.given, layersOf(draft).length, layer),
  });

export const many = (count: number): Edit => set(["training.epochs", count]);

export const loss = (name: unknown) => (): Planted => ({ broken: set(["training.loss", name]) });

export function sgdOf(learningRate: number): Edit {
  return set(["training.optimizer", { name: "sgd", learningRate, momentum: 0.9 }]);
}

export function rateIn(learningRate: number): Edit {
  return set(["training.optimizer", { name: "adam", learningRate }]);
}

export const noisyAnswer = (rate: number): Planted => ({ broken: append({ layer: "dropout", rate }) });

/** So narrow that random weights will not do. */
export const frozen = (units: number): Planted => ({
  data: hidden((layer) => (layer.layer === "dense" ? { ...layer, units } : layer)),
  broken: hidden((layer) => ({ ...layer, trainable: false })),
});

export const lossName = (draft: Draft): string => String(training(draft).loss);
