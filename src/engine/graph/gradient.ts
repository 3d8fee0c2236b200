/** Reverse-mode differentiation: adds to a graph the nodes that compute gradients. */
import * as b from "./build.ts";
import { type Graph, type Node, needed, type Tensor } from "./graph.ts";
import { OPERATIONS } from "./operations.ts";

/**
 * The gradients of a quantity Q with respect to each of `sources`, given the gradients of Q with respect to some outputs.
 * A source that Q does not depend on gets null.
 */
export function gradients(
  g: Graph,
  seeds: readonly { output: Tensor; gradient: Tensor }[],
  sources: readonly Tensor[],
): (Tensor | null)[] {
  const nodes = needed(
    g,
    seeds.map((seed) => seed.output),
  );
  const depends = new Set(sources.map((source) => source.id));
  for (const node of nodes)
    if (node.inputs.some((input) => input && depends.has(input.id)))
      for (const output of node.outputs) depends.add(output.id);

  const found = new Map<number, Tensor>();
  const accumulate = (tensor: Tensor, gradient: Tensor) => {
    const known = found.get(tensor.id);
    found.set(tensor.id, known ? b.add(g, known, gradient) : gradient);
  };
  for (const { output, gradient } of seeds) accumulate(output, gradient);

  const pass = (gradients: readonly (Tensor | null)[], inputs: readonly (Tensor | null)[]) => {
    gradients.forEach((gradient, i) => {
      const input = inputs[i];
      if (gradient && input && depends.has(input.id)) accumulate(input, gradient);
    });
  };
  for (const node of nodes.toReversed()) {
    const all = node.outputs.map((output) => found.get(output.id) ?? null);
    if (all.every((dy) => dy === null) || !node.inputs.some((input) => input && depends.has(input.id))) continue;
    if (node.composed) {
      pass(node.composed.gradient(all[0]!), node.composed.inputs);
      continue;
    }
    const { gradient: ofFirst, gradientOfAll } = OPERATIONS[node.op];
    const rule = gradientOfAll ?? (ofFirst && ((graph: Graph, at: Node) => (all[0] ? ofFirst(graph, at, all[0]) : [])));
    if (!rule) throw new Error(`no gradient passes through ${node.op}`);
    pass(rule(g, node, all), node.inputs);
  }
  return sources.map((source) => found.get(source.id) ?? null);
}
