/** The reference: computes a graph node by node in plain arrays and double precision. Slow and obvious, for tests. */
import { needed, type Tensor } from "./graph.ts";
import type { Interpret, Value } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";

/** The values of `outputs`, given those of the graph's inputs by tensor. */
export const interpret: Interpret = (g, outputs, inputs) => {
  const values = new Map<number, Value>();
  const store = (tensor: Tensor, data: Value["data"] | Float32Array) =>
    values.set(tensor.id, { shape: tensor.shape, data: data instanceof Float32Array ? Float64Array.from(data) : data });
  for (const [tensor, data] of inputs) store(tensor, data);
  const read = (tensor: Tensor): Value => {
    if (tensor.constant && !values.has(tensor.id)) store(tensor, tensor.constant);
    const value = values.get(tensor.id);
    if (!value) throw new Error(`no value for tensor ${tensor.id} [${tensor.shape}]`);
    return value;
  };
  for (const node of needed(g, outputs)) {
    const given = node.inputs.flatMap((input) => (input ? [read(input)] : []));
    OPERATIONS[node.op].evaluate(given, node, interpret).forEach((value, i) => {
      values.set(node.outputs[i].id, value);
    });
  }
  return outputs.map(read);
};
