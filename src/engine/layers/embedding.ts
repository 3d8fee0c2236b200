/** A trainable vector for every token. */
import * as b from "../graph/build.ts";
import { size, type Tensor } from "../graph/graph.ts";
import { type Context, channelsLast, type LayerKind } from "./layer.ts";

export const embedding: LayerKind<"embedding"> = {
  shape: (layer, before) => [...before, layer.outputDim],
  weights({ inputDim, outputDim, kernelInit: init, l1, l2, trainable }) {
    return [
      {
        name: "embeddings",
        shape: [inputDim, outputDim],
        init,
        fans: { in: inputDim, out: outputDim },
        l1,
        l2,
        trainable,
      },
    ];
  },
  build(context, layer, x, { embeddings }) {
    const { g, lead } = context;
    const { inputDim, outputDim } = layer;
    const tokens = b.cast(g, channelsLast(context, x), "int32");
    const whole = (...values: number[]) =>
      g.constant(Int32Array.from(values), values.length > 1 ? [values.length] : [], "int32");
    // Tokens in the data are checked before training; the output of a layer may have any value, and one out of range would stop the runtime.
    const inside = b.min(g, b.max(g, tokens, whole(0)), whole(inputDim - 1));
    const rows = lead.length > 0 ? b.add(g, inside, ownTables(context, x.shape.length, inputDim)) : inside;
    const table = b.reshape(g, embeddings, [size(lead) * inputDim, outputDim]);
    const mask =
      layer.maskZero && x.shape.length === 1
        ? b.sub(g, g.scalar(1), b.cast(g, b.equal(g, tokens, whole(0)), "float32"))
        : null;
    return { tensor: b.gather(g, table, rows), shape: [...x.shape, outputDim], channelsFirst: false, mask };
  },
};

/** The tables of stacked trainings are concatenated along the first axis. */
function ownTables({ g, lead: [stack] }: Context, rank: number, rows: number): Tensor {
  const starts = Int32Array.from({ length: stack }, (_, i) => i * rows);
  return g.constant(starts, [stack, ...new Array<number>(rank + 1).fill(1)], "int32");
}
