/** A body of operations run once for each slice of some tensors (ONNX Scan): the steps of a sequence. */
import { type Body, Graph, type Node, needed, type Tensor } from "./graph.ts";

type Steps = {
  /** Tensors passed from step to step, with their values before the first step. */
  states: readonly Tensor[];
  /** [steps, …]: each step reads one slice of each. */
  slices: readonly Tensor[];
  /** Whether it runs from the last step to the first; the outputs are in the order of the slices either way. */
  reverse?: boolean;
  /** The gradient of each input of the node: states, slices, then whatever else the step reads. */
  gradient?: Body["gradient"];
};
type Step = (body: Graph, states: Tensor[], slices: Tensor[]) => { states: Tensor[]; each: Tensor[] };

/** `states` after the last step, and the outputs of `each` step, [steps, …]. */
export function scan(g: Graph, { states, slices, reverse = false, gradient }: Steps, step: Step) {
  const body = new Graph(g);
  const before = states.map(({ shape, dtype }) => body.input(shape, dtype));
  const slice = slices.map(({ shape, dtype }) => body.input(shape.slice(1), dtype));
  const given = step(body, before, slice);
  const inputs = [...before, ...slice];
  const outputs = [...given.states, ...given.each];
  const steps = slices[0].shape[0];
  const direction = (tensors: readonly unknown[]) => tensors.map(() => (reverse ? 1 : 0));
  const results = g.addMany(
    "Scan",
    [...states, ...slices, ...captured(body, inputs, outputs)],
    [
      ...given.states.map(({ shape, dtype }) => ({ shape, dtype })),
      ...given.each.map(({ shape, dtype }) => ({ shape: [steps, ...shape], dtype })),
    ],
    {
      num_scan_inputs: slices.length,
      scan_input_directions: direction(slices),
      scan_output_directions: direction(given.each),
    },
    { graph: body, inputs, outputs, states: states.length, gradient },
  );
  return { states: results.slice(0, states.length), each: results.slice(states.length) };
}

/** The tensors of the surrounding graph that the body reads; constants are not among them, because the body has its own. */
function captured(body: Graph, inputs: readonly Tensor[], outputs: readonly Tensor[]): Tensor[] {
  const nodes = needed(body, outputs);
  const own = new Set([...inputs, ...nodes.flatMap((node) => node.outputs)].map(({ id }) => id));
  const read = [...nodes.flatMap((node) => node.inputs), ...outputs];
  return [...new Set(read)].filter((tensor) => tensor !== null && !tensor.constant && !own.has(tensor.id)) as Tensor[];
}

/** Adds tensors of the body to the node's outputs, each for every step, [steps, …]. */
export function keep(g: Graph, node: Node, tensors: readonly Tensor[]): Tensor[] {
  const body = node.body!;
  const steps = node.outputs[body.states].shape[0];
  const directions = node.attributes["scan_output_directions"] as number[];
  const stacked = tensors.map(({ shape, dtype }) => ({ ...g.input([steps, ...shape], dtype), node }));
  body.outputs = [...body.outputs, ...tensors];
  node.outputs = [...node.outputs, ...stacked];
  directions.push(...tensors.map(() => directions[0]));
  return stacked;
}
