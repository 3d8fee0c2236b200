/** What a graph of a network is compiled for, and its inputs: examples, the rows picked of them, and weights. */
import type { Plan } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import { Graph, type Tensor } from "./graph/graph.ts";
import type { LossSettings } from "./losses.ts";
import type { Group, Network } from "./resolved-network.ts";

/** The size of the axis of examples, because their number is not known when a graph is compiled. */
export const ANY = -1;

export type Setup = {
  plan: Plan;
  network: Network;
  loss: LossSettings;
  /** Trainings stacked in one graph; 1 leaves the leading axis out. */
  stack: number;
  /** Rows in a batch. */
  rows: number;
  /** Whether the last batch of an epoch is smaller and padded with rows of weight 0. */
  filled: boolean;
  inputShape: readonly number[];
  binaryTargets: boolean;
  /** Whether the targets of every row sum to 1, as one-hot classes do. */
  targetsSumToOne: boolean;
  /** The length of the target of a row: as many numbers as the network outputs, or tokens. */
  targetWidth: number;
  /** Whether the targets are tokens, each with its own loss: the network ends in [steps, classes]. */
  tokens: boolean;
};

/** A graph with its inputs: examples, the rows that are picked of them, and weights, in their groups and each. */
export type Inputs = {
  g: Graph;
  x: Tensor;
  y: Tensor;
  picked: Tensor;
  /** The targets of the picked rows. */
  target: Tensor;
  groups: Map<string, Tensor>;
  weights: Map<string, Tensor>;
};

export const lead = ({ stack }: Setup) => (stack > 1 ? [stack] : []);
/** The name of a weight, unique in the network. */
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

/** The output of the network. */
export type Forward = {
  output: Tensor;
  logits: Tensor | null;
  /** The mask of the output's steps. */
  mask: Tensor | null;
  /** The new values of the moving statistics. */
  after: Map<string, Tensor>;
};
