/** Scaled dot-product attention with several heads (Vaswani et al., 2017): of a sequence to itself, or of one sequence to another. */
import * as b from "../graph/build.ts";
import type { Graph, Tensor } from "../graph/graph.ts";
import { type Context, channelsLast, type LayerKind, type Signal, type WeightSpec } from "./layer.ts";
import { asSequence } from "./recurrent.ts";

// The score of a masked step, as in Keras.
const MASKED = -1e9;

export const multiHeadAttention: LayerKind<"multiHeadAttention"> = {
  joins: 2,
  shape(_layer, query, value = query) {
    asSequence(value);
    return asSequence(query);
  },
  weights(layer, query, value = query) {
    const { heads, keyDim, kernelInit, biasInit, useBias, trainable, l1, l2 } = layer;
    const width = heads * keyDim;
    // Keras initialises a kernel [inputs, heads, keyDim], and treats the axes before the last two as a window.
    const part = (name: string, inputs: number): WeightSpec[] => {
      const fans = { in: inputs * heads, out: inputs * keyDim };
      return both(name, [inputs, width], fans, keyDim);
    };
    const both = (name: string, shape: number[], fans: WeightSpec["fans"], columns: number): WeightSpec[] => [
      { name: `${name}Kernel`, shape, init: kernelInit, fans, columns, l1, l2, trainable },
      ...(useBias ? [biasOf(name, shape[1])] : []),
    ];
    const biasOf = (name: string, n: number): WeightSpec => {
      return { name: `${name}Bias`, shape: [1, n], init: biasInit, fans: { in: n, out: n }, l1: 0, l2: 0, trainable };
    };
    return [
      ...part("query", query[1]),
      ...part("key", value[1]),
      ...part("value", value[1]),
      ...both("output", [width, query[1]], { in: width, out: heads * query[1] }, query[1]),
    ];
  },
  build(context, layer, x, weights, other) {
    const { g, lead, rows } = context;
    const source = other ?? x;
    const { heads, keyDim } = layer;
    const [steps, numbers] = x.shape;
    const projections = other
      ? [project(context, x, weights, ["query"]), project(context, other, weights, ["key", "value"])].flat()
      : project(context, x, weights, ["query", "key", "value"]);
    const order = lead.length > 0 ? [0, 1, 3, 2, 4] : [0, 2, 1, 3];
    const [query, key, value] = projections.map((tensor) =>
      b.transpose(g, b.reshape(g, tensor, [...lead, rows, tensor.shape.at(-2)! / rows, heads, keyDim]), order),
    );
    const scores = b.matmul(g, b.scale(g, query, 1 / Math.sqrt(keyDim)), key, { transB: true });
    const shares = sharesOf(g, scores, visible(context, layer.causal, steps, source));
    const attended = b.transpose(g, b.matmul(g, shares, value), order);
    const flat = b.reshape(g, attended, [...lead, rows * steps, heads * keyDim]);
    const sums = b.matmul(g, flat, weights["outputKernel"], { bias: weights["outputBias"] });
    const tensor = b.reshape(g, sums, [...lead, rows, steps, numbers]);
    return { tensor, shape: [steps, numbers], channelsFirst: false, mask: x.mask };
  },
};

/** [...lead, rows · steps, heads · keyDim] for each name, from one matrix product. */
function project(context: Context, x: Signal, weights: Readonly<Record<string, Tensor>>, names: string[]): Tensor[] {
  const { g, lead, rows } = context;
  const [steps, width] = x.shape;
  const flat = b.reshape(g, channelsLast(context, x), [...lead, rows * steps, width]);
  const joined = (part: string) => {
    const tensors = names.flatMap((name) => weights[name + part] ?? []);
    return tensors.length > 1 ? b.concat(g, tensors, lead.length + 1) : tensors[0];
  };
  const all = b.matmul(g, flat, joined("Kernel"), { bias: joined("Bias") });
  const each = all.shape.at(-1)! / names.length;
  return names.length > 1
    ? b.split(
        g,
        all,
        names.map(() => each),
        lead.length + 1,
      )
    : [all];
}

/** The attention weights of the steps; all 0 where no step is visible. */
function sharesOf(g: Graph, scores: Tensor, mask: Tensor | null): Tensor {
  if (!mask) return b.softmax(g, scores);
  const shown = b.where(g, b.greater(g, mask, g.scalar(0)), scores, g.scalar(MASKED));
  return b.mul(g, b.softmax(g, shown), mask);
}

/** 1 where a step of the source may be read, 0 where it is padding or, if `causal`, later; broadcasts to the scores [...lead, rows, heads, steps, steps of the source]. */
function visible({ g, lead, rows }: Context, causal: boolean, steps: number, { shape, mask }: Signal): Tensor | null {
  const length = shape[0];
  const sooner = Float32Array.from({ length: steps * length }, (_, i) => Number(i % length <= Math.floor(i / length)));
  const known = causal ? g.constant(sooner, [steps, length]) : null;
  const counts = mask && b.reshape(g, mask, [...lead, rows, 1, 1, length]);
  return known && counts ? b.mul(g, counts, known) : (known ?? counts);
}
