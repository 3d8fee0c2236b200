/** The plain computation of a Scan. */
import { size } from "./graph.ts";
import { attribute, list, type Operation, type Value } from "./operation.ts";

const part = ({ shape, data }: Value, i: number): Value["data"] => {
  const n = size(shape.slice(1));
  return data.slice(i * n, (i + 1) * n);
};

export const scanning: Record<string, Operation> = {
  Scan: {
    gradientOfAll(g, node, dys) {
      if (!node.body?.gradient) throw new Error("no gradient passes through this Scan");
      return node.body.gradient(g, node, dys);
    },
    evaluate(values, node, interpret) {
      const { graph, inputs, outputs, states } = node.body!;
      const reverse = list(node, "scan_input_directions", [0])[0] === 1;
      const around = node.inputs
        .slice(inputs.length)
        .map((tensor, i) => [tensor!, values[inputs.length + i].data] as const);
      const steps = values[states].shape[0];
      let carried = values.slice(0, states).map(({ data }) => data);
      const given = node.outputs.slice(states).map(({ shape }) => ({ shape, data: new Float64Array(size(shape)) }));
      for (let k = 0; k < steps; k++) {
        const at = reverse ? steps - 1 - k : k;
        const slices = values
          .slice(states, states + attribute(node, "num_scan_inputs"))
          .map((value) => part(value, at));
        const known = [...carried, ...slices].map((data, i) => [inputs[i], data] as const);
        const results = interpret(graph, outputs, new Map([...around, ...known]));
        carried = results.slice(0, states).map(({ data }) => data);
        given.forEach(({ data }, i) => {
          data.set(results[states + i].data as Float64Array, (at * data.length) / steps);
        });
      }
      return [...node.outputs.slice(0, states).map(({ shape }, i) => ({ shape, data: carried[i] })), ...given];
    },
  },
};
