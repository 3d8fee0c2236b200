/** A body of operations run once for each slice of some tensors (ONNX Scan): the steps of a sequence. */
import { type Body, Graph, type Node, needed, type Tensor } from "./graph.ts";

type Steps = {
  /** Handed from step to step, as they are before the first. */
  states: readonly Tensor[];
  /** [steps, …]: each step sees one slice of each. */
  slices: readonly Tensor[];
  /** From the last step to the first; what the steps give lies in the order of the slices either way. */
  reverse?: boolean;
  /** The gradient of each input of the node: states, slices, then whatever the step reads beside them. */
  gradient?: Body["gradient"];
};
type Step = (body: Graph, states: Tensor[], slices: Tensor[]) => { states: Tensor[]; each: Tensor[] };

/** `states` after the last step, and what `each` step gave, [steps, …]. */
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

/** What the body reads of the graph around it; constants it brings along. */
function captured(body: Graph, inputs: readonly Tensor[], outputs: readonly Tensor[]): Tensor[] {
  const nodes = needed(body, outputs);
  const own = new Set([...inputs, ...nodes.flatMap((node) => node.outputs)].map(({ id }) => id));
  const read = [...nodes.flatMap((node) => node.inputs), ...outputs];
  return [...new Set(read)].filter((tensor) => tensor !== null && !tensor.constant && !own.has(tensor.id)) as Tensor[];
}

/** Makes the node give some more tensors of its body, those of every step, [steps, …]. */
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
