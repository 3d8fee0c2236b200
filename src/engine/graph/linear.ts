/** Matrix products. */
import * as b from "./build.ts";
import type { Node, Tensor } from "./graph.ts";
import { attribute, type Operation, unbroadcast, type Value } from "./operation.ts";

function product(inputs: Value[], node: Node): Value[] {
  const [a, c, bias] = inputs;
  const [transA, transB] = [attribute(node, "transA"), attribute(node, "transB")];
  const shape = node.outputs[0].shape;
  const [rows, columns] = shape.slice(-2);
  const inner = a.shape.at(transA ? -2 : -1)!;
  const stacks = shape.slice(0, -2).reduce((p, n) => p * n, 1);
  const data = new Float64Array(stacks * rows * columns);
  // The first factor may be one matrix that is multiplied with every matrix of the second.
  const each = a.shape.length < shape.length ? 0 : rows * inner;
  for (let s = 0; s < stacks; s++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let total = 0;
        for (let k = 0; k < inner; k++) {
          const x = a.data[s * each + (transA ? k * rows + i : i * inner + k)];
          const y = c.data[s * columns * inner + (transB ? j * inner + k : k * columns + j)];
          total += Number(x) * Number(y);
        }
        data[(s * rows + i) * columns + j] =
          total + (bias ? Number(bias.data[bias.data.length === columns ? j : i * columns + j]) : 0);
      }
  return [{ shape, data }];
}

const multiplication: Operation = {
  evaluate: product,
  gradient(g, node, dy) {
    const [a, c, bias] = node.inputs as Tensor[];
    const transA = attribute(node, "transA") === 1;
    const transB = attribute(node, "transB") === 1;
    const da = transA ? b.matmul(g, c, dy, { transA: transB, transB: true }) : b.matmul(g, dy, c, { transB: !transB });
    const dc = transB ? b.matmul(g, dy, a, { transA: true, transB: transA }) : b.matmul(g, a, dy, { transA: !transA });
    return bias ? [da, dc, unbroadcast(g, dy, bias.shape)] : [da, dc];
  },
};

export const linear: Record<string, Operation> = { Gemm: multiplication, FusedMatMul: multiplication };
