/** The losses, as Keras computes them: one value per row, and the tensor at which their gradient enters the network. */
import type { LossName, Plan } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";

export type LossSettings = NonNullable<Plan["training"]["loss"]>;
export type LossInput = {
  g: Graph;
  /** [..., rows, units]: the output after the last activation, and the logits before it. */
  output: Tensor;
  logits: Tensor;
  lastActivation: string;
  /** [..., rows, units] */
  target: Tensor;
  /** [..., rows, 1]: 1 / rows for a mean, times the class weight; 0 for rows that only fill the batch. */
  weight: Tensor;
  settings: LossSettings;
  /** Whether all targets are 0 or 1. */
  binary: boolean;
  /** Whether the targets of every row sum to 1. */
  sumToOne: boolean;
};
/** `perRow` [..., rows, 1]; `seed`: the gradient of Σ weight · perRow with respect to the tensor it enters at. */
export type LossValue = { perRow: Tensor; seed: { output: Tensor; gradient: Tensor } };

// Keras' backend epsilon: probabilities are clipped to [1e-7, 1 − 1e-7].
const EPSILON = 1e-7;
// Smaller log-probabilities lead to denormal numbers, which are slow and make no difference.
const LOWEST_LOG = -60;

const meanOf = (g: Graph, x: Tensor) => b.mean(g, x, [-1], true);
const sumOf = (g: Graph, x: Tensor) => b.sum(g, x, [-1], true);
const clip = (g: Graph, x: Tensor) => b.min(g, b.max(g, x, g.scalar(EPSILON)), g.scalar(1 - EPSILON));
const minus = (g: Graph, x: number, y: Tensor) => b.sub(g, g.scalar(x), y);

function smooth({ g, target, settings }: LossInput, classes: number): Tensor {
  const s = settings.labelSmoothing;
  return s === 0 ? target : b.add(g, b.scale(g, target, 1 - s), g.scalar(s / classes));
}

/** Softmax and cross-entropy in one, from the logits: finite however confident the network is. */
function crossEntropyFromLogits(input: LossInput, logits: Tensor): LossValue {
  const { g, weight } = input;
  const target = smooth(input, logits.shape.at(-1)!);
  const logp = b.logSoftmax(g, logits);
  const perRow = b.neg(g, sumOf(g, b.mul(g, target, b.max(g, logp, g.scalar(LOWEST_LOG)))));
  // A row of zeros (a label outside the classes) has no loss and no gradient, so the probabilities are weighted by the row's total.
  const p = b.exp(g, logp);
  const expected = input.sumToOne ? p : b.mul(g, p, sumOf(g, target));
  const gradient = b.mul(g, b.sub(g, expected, target), weight);
  return { perRow, seed: { output: logits, gradient } };
}

function binaryFromLogits(input: LossInput, logits: Tensor): LossValue {
  const { g, weight } = input;
  const target = smooth(input, 2);
  const perRow = meanOf(g, b.sub(g, b.softplus(g, logits), b.mul(g, target, logits)));
  const gradient = b.mul(g, b.sub(g, b.sigmoid(g, logits), target), b.scale(g, weight, 1 / logits.shape.at(-1)!));
  return { perRow, seed: { output: logits, gradient } };
}

type Formula = (g: Graph, output: Tensor, target: Tensor, input: LossInput) => Tensor;

/** A loss given by its formula: the gradient enters at the output, weighted by row. */
const plain =
  (formula: Formula, classes?: number) =>
  (input: LossInput): LossValue => {
    const target =
      classes === undefined ? input.target : smooth(input, classes === 0 ? input.output.shape.at(-1)! : classes);
    const perRow = formula(input.g, input.output, target, input);
    return { perRow, seed: { output: perRow, gradient: input.weight } };
  };

const categoricalFromProbabilities = plain((g, p, t) => {
  const total = sumOf(g, p);
  // An all-zero row (ReLU output) would give 0/0: it stays zero and is clipped.
  const safe = b.add(g, total, b.cast(g, b.equal(g, total, g.scalar(0)), "float32"));
  return b.neg(g, sumOf(g, b.mul(g, t, b.log(g, clip(g, b.div(g, p, safe))))));
}, 0);

const sparseFromProbabilities = plain((g, p, t) => {
  const clipped = clip(g, p);
  return b.neg(g, sumOf(g, b.mul(g, t, b.sub(g, b.log(g, clipped), b.log(g, sumOf(g, clipped))))));
});

const binaryFromProbabilities = plain((g, p, t) => {
  const clipped = clip(g, p);
  const yes = b.mul(g, t, b.log(g, clipped));
  const no = b.mul(g, minus(g, 1, t), b.log(g, minus(g, 1, clipped)));
  return b.neg(g, meanOf(g, b.add(g, yes, no)));
}, 2);

// Keras computes the loss from the logits where the last activation belongs to the loss, and clips probabilities elsewhere.
const categorical = (fromProbabilities: (input: LossInput) => LossValue) => (input: LossInput) => {
  if (input.settings.fromLogits) return crossEntropyFromLogits(input, input.output);
  return input.lastActivation === "softmax" ? crossEntropyFromLogits(input, input.logits) : fromProbabilities(input);
};

const unit = (g: Graph, x: Tensor) => b.div(g, x, b.sqrt(g, b.max(g, sumOf(g, b.square(g, x)), g.scalar(1e-12))));

export const LOSSES: Readonly<Record<LossName, (input: LossInput) => LossValue>> = {
  categoricalCrossentropy: categorical(categoricalFromProbabilities),
  sparseCategoricalCrossentropy: categorical(sparseFromProbabilities),
  binaryCrossentropy: (input) => {
    if (input.settings.fromLogits) return binaryFromLogits(input, input.output);
    return input.lastActivation === "sigmoid" ? binaryFromLogits(input, input.logits) : binaryFromProbabilities(input);
  },
  meanSquaredError: plain((g, y, t) => meanOf(g, b.square(g, b.sub(g, y, t)))),
  meanAbsoluteError: plain((g, y, t) => meanOf(g, b.abs(g, b.sub(g, y, t)))),
  // Keras: delta 1.
  huber: plain((g, y, t) => {
    const error = b.abs(g, b.sub(g, y, t));
    const within = b.min(g, error, g.scalar(1));
    return meanOf(g, b.mul(g, within, b.sub(g, error, b.scale(g, within, 0.5))));
  }),
  // Keras maps targets of 0 and 1 to −1 and 1.
  hinge: plain((g, y, t, { binary }) => {
    const signed = binary ? b.add(g, b.scale(g, t, 2), g.scalar(-1)) : t;
    return meanOf(g, b.relu(g, minus(g, 1, b.mul(g, signed, y))));
  }),
  kullbackLeiblerDivergence: plain((g, p, t) => {
    const [q, r] = [t, p].map((x) => b.min(g, b.max(g, x, g.scalar(EPSILON)), g.scalar(1)));
    return sumOf(g, b.mul(g, q, b.sub(g, b.log(g, q), b.log(g, r))));
  }),
  poisson: plain((g, y, t) => meanOf(g, b.sub(g, y, b.mul(g, t, b.log(g, b.add(g, y, g.scalar(EPSILON))))))),
  cosineSimilarity: plain((g, y, t) => b.neg(g, sumOf(g, b.mul(g, unit(g, y), unit(g, t))))),
};
