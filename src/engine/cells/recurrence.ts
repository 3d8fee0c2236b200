/** A recurrent cell over a sequence as one Scan, and its gradient as one more, with the weights' product over all steps outside. */
import { ACTIVATIONS } from "../activations.ts";
import * as b from "../graph/build.ts";
import { gradients } from "../graph/gradient.ts";
import { type Graph, type Node, size, type Tensor } from "../graph/graph.ts";
import { keep, scan } from "../graph/scan.ts";

type Sequence = {
  g: Graph;
  /** [steps, ...lead, rows, gates · units]: the contribution of the inputs to the gates in each step. */
  inputs: Tensor;
  /** [...lead, units, gates · units]: the weights from the previous step's output to the gates. */
  recurrent: Tensor;
  /** [...lead, 1, gates · units], the bias of the recurrent product. */
  recurrentBias?: Tensor;
  /** [steps, ...lead, rows, 1]: 0 where a step is padding and leaves the state unchanged; null where all steps count. */
  mask: Tensor | null;
  /** Whether it runs from the last step to the first. */
  reverse: boolean;
  activation: string;
  recurrentActivation: string;
};

/** One step forward; `kept` returns the tensors that the gradient of the step needs. */
type Forward = { states: Tensor[]; kept: () => Tensor[] };
/** The gradients of the states before the step, of the recurrent part of its gates, and, where they differ, of the input part. */
type Backward = { states: Tensor[]; gates: Tensor; inputs?: Tensor };
export type Cell = {
  /** How many states it passes on for each unit; the first is its output. */
  states: number;
  gates: number;
  forward(g: Graph, inputs: Tensor, states: Tensor[], sequence: Sequence): Forward;
  backward(g: Graph, gradients: Tensor[], kept: Tensor[], sequence: Sequence): Backward;
};

/** The output after every step, [steps, ...lead, rows, units]. The initial states are 0. */
export function recurrence(cell: Cell, sequence: Sequence): Tensor {
  const { g, inputs, mask, reverse } = sequence;
  const [, ...step] = inputs.shape;
  const shape = [...step.slice(0, -1), step.at(-1)! / cell.gates];
  const zeros = Array.from({ length: cell.states }, () => g.constant(new Float32Array(size(shape)), shape));
  let before: Tensor[] = [];
  let made: Forward | undefined;
  const { each } = scan(
    g,
    { states: zeros, slices: mask ? [inputs, mask] : [inputs], reverse, gradient },
    (body, states, [input, counts]) => {
      before = states;
      made = cell.forward(body, input, states, sequence);
      const after = counts
        ? made.states.map((state, i) => b.where(body, b.greater(body, counts, body.scalar(0)), state, states[i]))
        : made.states;
      return { states: after, each: [after[0]] };
    },
  );
  return each[0];

  function gradient(g: Graph, node: Node, dys: readonly (Tensor | null)[]): (Tensor | null)[] {
    const kept = keep(g, node, [before[0], ...made!.kept()]);
    const back = scan(
      g,
      { states: zeros, slices: [dys[cell.states]!, ...kept.slice(1), ...(mask ? [mask] : [])], reverse: !reverse },
      (body, states, [dy, ...slices]) => {
        const counts = mask && slices.pop()!;
        const into = [b.add(body, dy, states[0]), ...states.slice(1)];
        const counted = counts ? into.map((state) => b.mul(body, state, counts)) : into;
        const owed = cell.backward(body, counted, slices, sequence);
        const past = counts
          ? owed.states.map((state, i) => b.add(body, state, b.sub(body, into[i], counted[i])))
          : owed.states;
        return { states: past, each: [owed.gates, ...(owed.inputs ? [owed.inputs] : [])] };
      },
    );
    const [gates, ofInputs = gates] = back.each;
    const { recurrent, recurrentBias } = sequence;
    return node.inputs.map((tensor) => {
      if (tensor === inputs) return ofInputs;
      if (tensor === recurrent) return b.matmul(g, stepsAsRows(g, kept[0]), stepsAsRows(g, gates), { transA: true });
      if (tensor === recurrentBias) return b.sum(g, stepsAsRows(g, gates), [-2], true);
      return null;
    });
  }
}

/** [steps, ...lead, rows, n] as [...lead, steps · rows, n]. */
function stepsAsRows(g: Graph, x: Tensor): Tensor {
  const [steps, ...rest] = x.shape;
  const [rows, n] = rest.slice(-2);
  const lead = rest.slice(0, -2);
  const first = lead.length > 0 ? b.transpose(g, x, [1, 0, 2, 3]) : x;
  return b.reshape(g, first, [...lead, steps * rows, n]);
}

/** The derivative of an activation, element by element, from its output y = f(x). */
export function slope(g: Graph, name: string, x: Tensor, y: Tensor): Tensor {
  if (name === "tanh") return b.sub(g, g.scalar(1), b.square(g, y));
  if (name === "sigmoid") return b.mul(g, y, b.sub(g, g.scalar(1), y));
  const ones = g.constant(new Float32Array(size(x.shape)).fill(1), x.shape);
  return gradients(g, [{ output: y, gradient: ones }], [x])[0]!;
}

export const act = (g: Graph, name: string, x: Tensor): Tensor => ACTIVATIONS[name](g, x);

/** Splits the last axis into parts; `widths` are their sizes in units. */
export function parts(g: Graph, x: Tensor, units: number, widths: readonly number[]): Tensor[] {
  const sizes = widths.map((n) => n * units);
  return b.split(g, x, sizes, x.shape.length - 1);
}

export const beside = (g: Graph, tensors: readonly Tensor[]): Tensor =>
  b.concat(g, tensors, tensors[0].shape.length - 1);
