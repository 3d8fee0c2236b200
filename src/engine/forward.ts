/** The network in a graph: its inputs, from the picked rows to the output, and the loss. */
import type { Layer, Plan } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import { Graph, type Tensor } from "./graph/graph.ts";
import { kindOf } from "./layers/index.ts";
import type { Built, Context, Draw, Signal, Weights } from "./layers/layer.ts";
import { LOSSES, type LossSettings, type LossValue } from "./losses.ts";
import { DATA, type Group, type Network, type ResolvedLayer, TARGET } from "./network.ts";
import { shifted, tokenLoss } from "./tokens.ts";

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
  /** The last batch of an epoch is smaller, and filled up with rows that do not count. */
  filled: boolean;
  inputShape: readonly number[];
  binaryTargets: boolean;
  /** The targets of every row sum to 1, as those of classes do. */
  targetsSumToOne: boolean;
  /** Numbers in the target of a row: as many as the network gives, or tokens. */
  targetWidth: number;
  /** The targets are tokens, and each is judged: the network ends in [steps, classes]. */
  tokens: boolean;
};

/** A graph with its inputs: examples, the rows that are picked of them, and weights, in their groups and each. */
export type Inputs = {
  g: Graph;
  x: Tensor;
  y: Tensor;
  picked: Tensor;
  /** Of the picked rows. */
  target: Tensor;
  groups: Map<string, Tensor>;
  weights: Map<string, Tensor>;
};

export const lead = ({ stack }: Setup) => (stack > 1 ? [stack] : []);
/** What a weight is called among all. */
export const key = (layer: number, name: string) => `${layer}.${name}`;

export function begin(setup: Setup): Inputs {
  const g = new Graph();
  const before = lead(setup);
  const x = g.input([ANY, ...setup.inputShape]);
  const y = g.input([ANY, setup.targetWidth]);
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
  return { g, x, y, picked, target: b.gather(g, y, picked), groups, weights };
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

/**
 * How the network is run: statistics of the batch or gathered ones, which rows count, the random numbers that the layers asked for, and the
 * tokens that a decoder is given (absent: the target's).
 */
export type Mode = Pick<Context, "training" | "real"> & { drawn: readonly Tensor[] | null; taught?: Tensor };
export const EVALUATE: Mode = { training: false, real: null, drawn: null };

export type Forward = {
  output: Tensor;
  logits: Tensor | null;
  /** Of the output's steps. */
  mask: Tensor | null;
  /** What the moving weights become. */
  after: Map<string, Tensor>;
};

/** What a layer asks to be drawn in every step. */
export const drawsOf = ({ layer, befores: [before, ...more] }: ResolvedLayer): Draw[] =>
  kindOf(layer.layer).draws?.(layer, before, ...more) ?? [];

/** The network from the picked rows on. `logits` is what the last activation was given, if nothing but a change of shape follows it. */
export function forward(
  setup: Setup,
  inputs: Inputs,
  { drawn, taught, ...mode }: Mode,
  visit: (layer: ResolvedLayer, signal: Signal) => void = () => {},
): Forward {
  const { g, x, picked, weights, target } = inputs;
  const { layers } = setup.network;
  const data: Signal = { tensor: b.gather(g, x, picked), shape: setup.inputShape, channelsFirst: false, mask: null };
  const shape = [setup.targetWidth];
  const late = () => ({ tensor: shifted(inputs, taught ?? target), shape, channelsFirst: false, mask: null });
  const signals: Built[] = [];
  const after = new Map<string, Tensor>();
  const left = drawn && [...drawn];
  const context = { g, lead: lead(setup), rows: setup.rows, ...mode, drawn: null };
  for (const resolved of layers) {
    const { layer, index } = resolved;
    const kind = kindOf(layer.layer);
    const [before, ...more] = resolved.inputs.map((at) => (at === DATA ? data : at === TARGET ? late() : signals[at]));
    const own = left && { drawn: left.splice(0, drawsOf(resolved).length) };
    const built = kind.build({ ...context, ...own }, layer, before, weightsOf(setup, weights, index), ...more);
    const logits = built.logits ?? reshaped(setup, context, layer, before);
    const { tensor, shape, channelsFirst, mask } = built;
    signals.push({ tensor, shape, channelsFirst, mask, ...(logits && { logits }) });
    for (const [name, value] of Object.entries(built.after ?? {})) after.set(key(index, name), value);
    visit(resolved, built);
  }
  const last = signals.at(-1)!;
  const flat = (signal: Signal) => kindOf("flatten").build(context, FLATTEN, signal, {}).tensor;
  return {
    output: flat(last),
    logits: last.logits ? flat({ ...last, tensor: last.logits }) : null,
    mask: last.mask,
    after,
  };
}

const FLATTEN = { layer: "flatten" } as Layer;

/** The logits before a layer that only changes their shape, in that shape; softmax runs along a row and is no such. */
function reshaped({ network }: Setup, context: Context, layer: Layer, before: Built): Tensor | undefined {
  const only = (layer.layer === "flatten" || layer.layer === "reshape") && network.lastActivation !== "softmax";
  if (!only || !before.logits) return undefined;
  return kindOf(layer.layer).build(context, layer, { ...before, tensor: before.logits }, {}).tensor;
}

const weightsOf = ({ network }: Setup, weights: Map<string, Tensor>, layer: number): Weights =>
  Object.fromEntries(
    network.weights.flatMap((w) => (w.layer === layer ? [[w.name, weights.get(key(layer, w.name))!]] : [])),
  );

/** The loss of each row, and where its gradient enters; `weight` [..., rows, 1] as LossInput wants it. */
export function lossOf(setup: Setup, inputs: Inputs, result: Forward, weight: Tensor): LossValue {
  const { g, target } = inputs;
  const { output, logits } = result;
  const formula = LOSSES[setup.loss.name];
  const lastActivation = logits ? setup.network.lastActivation : "none";
  const common = {
    g,
    output,
    logits: logits ?? output,
    lastActivation,
    weight,
    settings: setup.loss,
    binary: setup.binaryTargets,
    sumToOne: setup.targetsSumToOne,
  };
  return setup.tokens ? tokenLoss(setup, inputs, result, common) : formula({ ...common, target });
}
