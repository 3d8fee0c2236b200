/** Layer normalisation: every row of the last axis at mean 0 and variance 1. */
import * as b from "./build.ts";
import { type Graph, size, type Tensor } from "./graph.ts";
import { attribute, type Operation } from "./operation.ts";

/** The normalisation without scale and shift; `epsilon` is added to the variance. */
export function standardized(g: Graph, x: Tensor, epsilon: number): Tensor {
  const width = x.shape.at(-1)!;
  const one = { shape: [...x.shape.slice(0, -1), 1] };
  const scale = g.constant(new Float32Array(width).fill(1), [width]);
  const outputs = [{ shape: x.shape }, one, one];
  return g.addMany("LayerNormalization", [x, scale], outputs, { axis: -1, epsilon: { float: epsilon } })[0];
}

export const normalization: Record<string, Operation> = {
  LayerNormalization: {
    evaluate([x], node) {
      const width = x.shape.at(-1)!;
      const [y, means, inverse] = node.outputs.map(({ shape }) => new Float64Array(size(shape)));
      for (let row = 0; row < means.length; row++) {
        const values = (x.data as Float64Array).subarray(row * width, (row + 1) * width);
        means[row] = values.reduce((sum, v) => sum + v, 0) / width;
        const variance = values.reduce((sum, v) => sum + (v - means[row]) ** 2, 0) / width;
        inverse[row] = 1 / Math.sqrt(variance + attribute(node, "epsilon"));
        y.set(
          values.map((v) => (v - means[row]) * inverse[row]),
          row * width,
        );
      }
      return [y, means, inverse].map((data, i) => ({ shape: node.outputs[i].shape, data }));
    },
    gradient(g, node, dy) {
      const [y, , inverse] = node.outputs;
      const along = b.mul(g, y, b.mean(g, b.mul(g, dy, y), [-1], true));
      const centred = b.sub(g, b.sub(g, dy, b.mean(g, dy, [-1], true)), along);
      return [b.mul(g, centred, inverse), null];
    },
  },
};
