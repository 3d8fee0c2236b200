/** Plan → training graph: one step (forward, backward, update), the same network for evaluation, and for looking inside. */
import { UserError } from "../errors.ts";
import type { Layer, Plan } from "../plan/plan.ts";
import { SATURATION } from "./activations.ts";
import * as b from "./graph/build.ts";
import { gradients } from "./graph/gradient.ts";
import { Graph, size, type Tensor } from "./graph/graph.ts";
import { kindOf } from "./layers/index.ts";
import type { Context, Signal } from "./layers/layer.ts";
import { LOSSES, type LossSettings } from "./losses.ts";
import { dropMasks } from "./masks.ts";
import type { Group, Network, ResolvedLayer } from "./network.ts";
import type { Step } from "./onnx.ts";
import { OPTIMIZERS } from "./optimizers.ts";

/** The number of examples in memory is not known when a graph is compiled. */
export const ANY = -1;

export type Setup = {
  plan: Plan;
  network: Network;
  loss: LossSettings;
  /** Trainings stacked in one graph; 1 leaves the leading axis out. */
  stack: number;
  /** Rows in a batch. */
  rows: number;
  inputShape: readonly number[];
  binaryTargets: boolean;
  /** The targets of every row sum to 1, as those of classes do. */
  targetsSumToOne: boolean;
};

type Built = {
  g: Graph;
  x: Tensor;
  y: Tensor;
  picked: Tensor;
  groups: Map<string, Tensor>;
  weights: Map<string, Tensor>;
};

const lead = ({ stack }: Setup) => (stack > 1 ? [stack] : []);
const key = (layer: number, name: string) => `${layer}.${name}`;

function begin(setup: Setup): Built {
  const g = new Graph();
  const before = lead(setup);
  const x = g.input([ANY, ...setup.inputShape]);
  const y = g.input([ANY, setup.network.units]);
  const picked = g.input([...before, setup.rows], "int32");
  const groups = new Map<string, Tensor>();
  const weights = new Map<string, Tensor>();
  for (const group of setup.network.groups) {
    const tensor = g.input(groupShape(group, before));
    groups.set(group.name, tensor);
    unpack(g, group, tensor, before).forEach((weight, i) => {
      weights.set(key(group.weights[i].layer, group.weights[i].name), weight);
    });
  }
  return { g, x, y, picked, groups, weights };
}

export const groupShape = (group: Group, before: readonly number[]): number[] =>
  group.packed ? [...before, 1, group.size] : [...before, ...group.weights[0].shape];

function unpack(g: Graph, group: Group, tensor: Tensor, before: readonly number[]): Tensor[] {
  if (!group.packed) return [tensor];
  const parts =
    group.weights.length === 1
      ? [tensor]
      : b.split(
          g,
          tensor,
          group.weights.map((w) => w.size),
          before.length + 1,
        );
  return parts.map((part, i) => b.reshape(g, part, [...before, ...group.weights[i].shape]));
}

type Visit = (layer: ResolvedLayer, signal: Signal) => void;
type Forward = { output: Tensor; logits: Tensor | null };

/** The network from the picked rows on. `logits` is what the last activation was given, if nothing but a change of shape follows it. */
function forward(
  setup: Setup,
  { g, x, picked, weights }: Built,
  masks: Tensor[] | null,
  visit: Visit = () => {},
): Forward {
  const context: Context = { g, lead: lead(setup), rows: setup.rows, masks: masks && [...masks] };
  let signal: Signal = { tensor: b.gather(g, x, picked), shape: setup.inputShape, channelsFirst: false };
  let logits: Signal | null = null;
  for (const resolved of setup.network.layers) {
    const { layer, index } = resolved;
    const kind = kindOf(layer.layer)!;
    const own = ["kernel", "bias"].flatMap((name) => weights.get(key(index, name)) ?? []);
    const built = kind.build(context, layer, signal, own);
    if (built.logits) logits = { ...built, tensor: built.logits };
    else logits = logits && reshapes(layer, setup) ? kind.build(context, layer, logits, []) : null;
    signal = built;
    visit(resolved, signal);
  }
  const flat = (s: Signal) => kindOf("flatten")!.build(context, FLATTEN, s, []).tensor;
  return { output: flat(signal), logits: logits && flat(logits) };
}

const FLATTEN = { layer: "flatten" } as Layer;
const reshapes = (layer: Layer, { network }: Setup) =>
  (layer.layer === "flatten" || layer.layer === "reshape") && network.lastActivation !== "softmax";

function lossOf(setup: Setup, { g, y, picked }: Built, { output, logits }: Forward, weight: Tensor) {
  const formula = LOSSES[setup.loss.name];
  const lastActivation = logits ? setup.network.lastActivation : "none";
  const target = b.gather(g, y, picked);
  return formula({
    g,
    output,
    logits: logits ?? output,
    lastActivation,
    target,
    weight,
    settings: setup.loss,
    binary: setup.binaryTargets,
    sumToOne: setup.targetsSumToOne,
  });
}

/** The masks of the layers that drop, in their order, and the number they are drawn from in every step. */
function masksFor(setup: Setup, g: Graph): { bases: Tensor[]; masks: Tensor[] } {
  const drops = setup.network.layers.flatMap(({ layer, before }) =>
    layer.layer === "dropout" && layer.rate > 0 ? [{ size: size(before), rate: layer.rate }] : [],
  );
  if (drops.length === 0) return { bases: [], masks: [] };
  const base = g.input(setup.stack > 1 ? [setup.stack, 1, 1] : [], "uint32");
  return { bases: [base], masks: dropMasks(g, base, setup.rows, drops) };
}

/** The gradient of each weight: that of the loss, and of the penalties on its size. */
function weightGradients(setup: Setup, built: Built, seed: { output: Tensor; gradient: Tensor }): Map<string, Tensor> {
  const { g, weights } = built;
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

const all = (tensor: Tensor, from: number) => tensor.shape.map((_, i) => i).slice(from);

/** Scales all gradients down together when their common norm exceeds `clipNorm` (Pascanu et al., 2013). */
function clipped(setup: Setup, g: Graph, parts: Tensor[]): Tensor[] {
  const limit = setup.plan.training.clipNorm;
  if (limit === null) return parts;
  const from = lead(setup).length;
  const squares = parts.map((part) => b.sumSquare(g, part, all(part, from)));
  const norm = b.sqrt(
    g,
    squares.reduce((a, c) => b.add(g, a, c)),
  );
  const factor = b.div(g, g.scalar(limit), b.max(g, norm, g.scalar(limit)));
  return parts.map((part) =>
    b.mul(g, part, from ? b.reshape(g, factor, [setup.stack, ...part.shape.slice(1).map(() => 1)]) : factor),
  );
}

export type TrainingStep = Step & { g: Graph; dropouts: number; coefficients: number; slots: number };

/** One training step. Each step takes: rows (which examples), weight (of each), rate0 … (the optimizer's), bits0 … (dropout's). */
export function trainingStep(setup: Setup): TrainingStep {
  const { optimizer: settings } = setup.plan.training;
  const optimizer = OPTIMIZERS[settings.name];
  if (!optimizer)
    throw new UserError(
      `optimizer ${settings.name} is not supported yet.`,
      `Use ${Object.keys(OPTIMIZERS).join(", ")}.`,
      "training.optimizer.name",
    );
  const built = begin(setup);
  const { g, x, y, picked, groups } = built;
  const before = lead(setup);
  const { bases, masks } = masksFor(setup, g);
  const weight = g.input([...before, setup.rows, 1]);
  const { perRow, seed } = lossOf(setup, built, forward(setup, built, masks), weight);
  const own = weightGradients(setup, built, seed);

  const trained = setup.network.groups.filter((group) => group.trainable);
  const packed = trained.map((group) => {
    const parts = group.weights.map((w) => own.get(key(w.layer, w.name))!);
    if (!group.packed) return parts[0];
    const flat = parts.map((part, i) => b.reshape(g, part, [...before, 1, group.weights[i].size]));
    return flat.length === 1 ? flat[0] : b.concat(g, flat, before.length + 1);
  });
  const final = clipped(setup, g, packed);

  const count = optimizer.coefficients(settings, 1, 1).length;
  const rates = Array.from({ length: count }, () => g.input(setup.stack > 1 ? [setup.stack, 1, 1] : []));
  const slots = optimizer.slots(settings);
  const state: Step["state"] = {};
  trained.forEach((group, i) => {
    const tensor = groups.get(group.name)!;
    const memory = Array.from({ length: slots }, () => g.input(tensor.shape));
    const next = optimizer.update(g, tensor, final[i], memory, rates, settings);
    state[group.name] = { before: tensor, after: next.weights };
    memory.forEach((slot, k) => {
      state[`${group.name}.${k}`] = { before: slot, after: next.slots[k] };
    });
  });
  const numbered = (name: string, tensors: Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, i) => [`${name}${i}`, tensor]));
  return {
    g,
    fixed: { x, y, ...frozen(setup, groups) },
    state,
    each: { rows: picked, weight, ...numbered("rate", rates), ...numbered("bits", bases) },
    // One product is quickest, many small ones are not.
    out: {
      loss:
        setup.stack > 1 ? b.sum(g, b.mul(g, perRow, weight), [-1, -2]) : b.matmul(g, weight, perRow, { transA: true }),
    },
    dropouts: bases.length,
    coefficients: count,
    slots,
  };
}

const frozen = (setup: Setup, groups: Map<string, Tensor>) =>
  Object.fromEntries(
    setup.network.groups.flatMap((group) => (group.trainable ? [] : [[group.name, groups.get(group.name)!]])),
  );

/** The same weight for every row. */
const alike = (setup: Setup, g: Graph, weight: number) =>
  g.constant(new Float32Array(setup.stack * setup.rows).fill(weight), [...lead(setup), setup.rows, 1]);

export type Once = { g: Graph; inputs: Record<string, Tensor>; outputs: Record<string, Tensor> };

/** Evaluation: the output and the loss of each picked row, dropout off. */
export function evaluation(setup: Setup): Once {
  const built = begin(setup);
  const { g, x, y, picked, groups } = built;
  const result = forward(setup, built, null);
  const { perRow } = lossOf(setup, built, result, alike(setup, g, 1));
  return {
    g,
    inputs: { x, y, rows: picked, ...Object.fromEntries(groups) },
    outputs: { output: result.output, loss: perRow },
  };
}

/** What is seen of a layer: five numbers of its activations. */
export const SEEN = ["mean", "std", "zeros", "saturated", "deadUnits"] as const;

/** A look inside on some rows, dropout off: activations by layer (SEEN), and the norms of each weight and of its gradient. */
export function observation(setup: Setup): Once {
  const built = begin(setup);
  const { g, x, y, picked, groups, weights } = built;
  const from = lead(setup).length;
  const parts: Tensor[] = [];
  const line = (tensor: Tensor) => b.reshape(g, tensor, [...lead(setup), 1]);
  const result = forward(setup, built, null, (resolved, signal) => {
    if (!observed(resolved.layer)) return;
    parts.push(...lookAt(g, signal, resolved.layer, from).map(line));
  });
  const { seed } = lossOf(setup, built, result, alike(setup, g, 1 / setup.rows));
  const own = weightGradients(setup, built, seed);
  const norms = setup.network.weights.flatMap((w) => {
    const tensor = weights.get(key(w.layer, w.name))!;
    const gradient = own.get(key(w.layer, w.name)) ?? b.scale(g, tensor, 0);
    return [gradient, tensor].map((t) => line(b.sqrt(g, b.sumSquare(g, t, all(t, from)))));
  });
  const joined = (list: Tensor[]) => b.concat(g, list, from);
  return {
    g,
    inputs: { x, y, rows: picked, ...Object.fromEntries(groups) },
    outputs: {
      ...(parts.length > 0 && { activations: joined(parts) }),
      ...(norms.length > 0 && { norms: joined(norms) }),
    },
  };
}

export const observed = (layer: Layer) => "activation" in layer;

function lookAt(g: Graph, { tensor, channelsFirst }: Signal, layer: Layer, from: number): Tensor[] {
  const axes = all(tensor, from);
  const share = (condition: Tensor) => b.mean(g, b.cast(g, condition, "float32"), axes);
  const mean = b.mean(g, tensor, axes);
  const centred = b.sub(g, tensor, b.mean(g, tensor, axes, true));
  const std = b.sqrt(g, b.mean(g, b.square(g, centred), axes));
  const zero = g.scalar(0);
  const range = SATURATION["activation" in layer ? (layer.activation as string) : ""];
  const saturated = range
    ? b.add(g, share(b.atLeast(g, tensor, g.scalar(range.high))), share(b.atLeast(g, g.scalar(range.low), tensor)))
    : b.scale(g, mean, 0);
  // A unit (a filter of a convolution) is dead when it is zero for every row looked at.
  const unit = channelsFirst ? from + 1 : tensor.shape.length - 1;
  const peak = b.largest(
    g,
    b.abs(g, tensor),
    axes.filter((axis) => axis !== unit),
  );
  const dead = b.mean(g, b.cast(g, b.equal(g, peak, zero), "float32"), all(peak, from));
  return [mean, std, share(b.equal(g, tensor, zero)), saturated, dead];
}
