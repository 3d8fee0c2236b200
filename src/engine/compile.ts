/** Plan → training graph: one step (forward, backward, update), and the same network for evaluation. */
import { drawsFor } from "./draws.ts";
import { drawsOf, EVALUATE, forward, lossOf } from "./forward.ts";
import * as b from "./graph/build.ts";
import { gradients } from "./graph/gradient.ts";
import type { Graph, Tensor } from "./graph/graph.ts";
import type { Step } from "./onnx.ts";
import { averaged, numbersOf, OPTIMIZERS } from "./optimizers.ts";
import type { Group } from "./resolved-network.ts";
import { begin, type Inputs, key, lead, type Setup } from "./setup.ts";
import { predictedTokens } from "./tokens.ts";

/** The gradient of each weight: that of the loss, and of the penalties on its size. */
export function weightGradients(
  setup: Setup,
  inputs: Inputs,
  seed: { output: Tensor; gradient: Tensor },
): Map<string, Tensor> {
  const { g, weights } = inputs;
  const trained = setup.network.weights.filter((weight) => weight.trainable);
  const tensors = trained.map((weight) => weights.get(key(weight.layer, weight.name))!);
  const found = gradients(g, [seed], tensors);
  return new Map(
    trained.map((weight, i) => {
      const tensor = tensors[i];
      let total = found[i];
      const plus = (term: Tensor) => {
        total = total ? b.add(g, total, term) : term;
      };
      if (weight.l2 > 0) plus(b.scale(g, tensor, 2 * weight.l2));
      if (weight.l1 > 0) plus(b.scale(g, b.sign(g, tensor), weight.l1));
      return [key(weight.layer, weight.name), total ?? b.scale(g, tensor, 0)];
    }),
  );
}

/** The axes of a tensor but the leading ones. */
export const all = (tensor: Tensor, from: number) => tensor.shape.map((_, i) => i).slice(from);

/** Scales all gradients down together when their common norm exceeds `clipNorm` (Pascanu et al., 2013). */
function clipped(setup: Setup, g: Graph, parts: Tensor[]): Tensor[] {
  const limit = setup.plan.training.clipNorm;
  if (limit === null || parts.length === 0) return parts;
  const from = lead(setup).length;
  const squares = parts.map((part) => b.squares(g, part, from));
  const norm = b.sqrt(
    g,
    squares.reduce((a, c) => b.add(g, a, c)),
  );
  const factor = b.div(g, g.scalar(limit), b.max(g, norm, g.scalar(limit)));
  return parts.map((part) =>
    b.mul(g, part, from ? b.reshape(g, factor, [setup.stack, ...part.shape.slice(1).map(() => 1)]) : factor),
  );
}

export type TrainingStep = Step & {
  g: Graph;
  /** The streams of random numbers, which every step starts with a key of its own. */
  streams: number[];
  coefficients: number;
};

/** One training step. Each step takes: rows (which examples), weight (of each), rate0 … (the optimizer's), bits0 … (of the random numbers). */
export function trainingStep(setup: Setup): TrainingStep {
  const built = begin(setup);
  const { g, x, y, picked, groups } = built;
  const before = lead(setup);
  const perTraining = setup.stack > 1 ? [setup.stack, 1, 1] : [];
  const { streams, drawn } = drawsFor(g, setup.rows, setup.network.layers.flatMap(drawsOf), perTraining);
  const weight = g.input([...before, setup.rows, 1]);
  // Rows that only pad a batch have weight 0.
  const real = setup.filled ? b.cast(g, b.greater(g, weight, g.scalar(0)), "float32") : null;
  const result = forward(setup, built, { training: true, real, drawn });
  const { perRow, seed } = lossOf(setup, built, result, weight);
  const gradient = weightGradients(setup, built, seed);

  const trained = setup.network.groups.filter((group) => group.trainable);
  const packed = trained.map((group) => pack(setup, g, group, gradient));
  const final = clipped(setup, g, packed);

  const rates = numbersOf(setup.plan.training, 1, 1).map(() => g.input(perTraining));
  const state: Step["state"] = {};
  for (const [i, group] of trained.entries())
    Object.assign(state, updated(setup, g, group, groups.get(group.name)!, final[i], rates));
  for (const group of setup.network.groups)
    if (group.moving)
      state[group.name] = { before: groups.get(group.name)!, after: pack(setup, g, group, result.after) };
  const numbered = (name: string, tensors: Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, i) => [`${name}${i}`, tensor]));
  return {
    g,
    fixed: { x, y, ...frozen(setup, groups) },
    state,
    each: {
      rows: picked,
      weight,
      ...numbered("rate", rates),
      ...numbered(
        "bits",
        streams.map(({ base }) => base),
      ),
    },
    // One matrix product is fastest; many small ones are not.
    out: {
      loss:
        setup.stack > 1 ? b.sum(g, b.mul(g, perRow, weight), [-1, -2]) : b.matmul(g, weight, perRow, { transA: true }),
    },
    streams: streams.map(({ number }) => number),
    coefficients: rates.length,
  };
}

/** The weights of a group after a step, the optimizer's state of them, and their average. */
function updated(
  setup: Setup,
  g: Graph,
  group: Group,
  weights: Tensor,
  gradient: Tensor,
  rates: Tensor[],
): Step["state"] {
  const { optimizer: settings, averageWeights } = setup.plan.training;
  const optimizer = OPTIMIZERS[settings.name];
  const memory = optimizer.slots(settings).map(() => g.input(weights.shape));
  const own = averageWeights === null ? rates : rates.slice(0, -1);
  const next = optimizer.update(g, weights, gradient, memory, own, settings);
  const state: Step["state"] = { [group.name]: { before: weights, after: next.weights } };
  for (const [k, slot] of memory.entries()) state[`${group.name}.${k}`] = { before: slot, after: next.slots[k] };
  if (averageWeights !== null) {
    const average = g.input(weights.shape);
    state[averageOf(group)] = { before: average, after: averaged(g, average, next.weights, rates.at(-1)!) };
  }
  return state;
}

/** The name under which the averaged weights of a group are stored. */
export const averageOf = ({ name }: Group) => `${name}.average`;

/** Tensors by the name of their weight, in the layout of the group. */
function pack(setup: Setup, g: Graph, group: Group, tensors: Map<string, Tensor>): Tensor {
  const parts = group.weights.map((w) => tensors.get(key(w.layer, w.name))!);
  if (!group.packed) return parts[0];
  const flat = parts.map((part, i) => b.reshape(g, part, [...lead(setup), 1, group.weights[i].size]));
  return flat.length === 1 ? flat[0] : b.concat(g, flat, lead(setup).length + 1);
}

const frozen = (setup: Setup, groups: Map<string, Tensor>) =>
  Object.fromEntries(
    setup.network.groups.flatMap((group) =>
      group.trainable || group.moving ? [] : [[group.name, groups.get(group.name)!]],
    ),
  );

/** The same weight for every row. */
export const alike = (setup: Setup, g: Graph, weight: number) =>
  g.constant(new Float32Array(setup.stack * setup.rows).fill(weight), [...lead(setup), setup.rows, 1]);

export type Once = { g: Graph; inputs: Record<string, Tensor>; outputs: Record<string, Tensor> };

/** Evaluation: the output (of a sequence, the predicted tokens) and the loss of each picked row, without dropout. `teacherForced`: the input tokens of a decoder. */
export function evaluation(setup: Setup): Once {
  const built = begin(setup);
  const { g, x, y, picked, groups } = built;
  const teacherForced = setup.network.teacherForced && g.input(built.target.shape);
  const result = forward(setup, built, { ...EVALUATE, ...(teacherForced && { teacherForced }) });
  const { perRow } = lossOf(setup, built, result, alike(setup, g, 1));
  return {
    g,
    inputs: { x, y, rows: picked, ...Object.fromEntries(groups), ...(teacherForced && { teacherForced }) },
    outputs: { output: setup.tokens ? predictedTokens(setup, built, result) : result.output, loss: perRow },
  };
}
