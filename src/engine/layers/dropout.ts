/** Sets a random share of the numbers to zero while training, and scales the rest up. */
import * as b from "../graph/build.ts";
import type { LayerKind } from "./layer.ts";

export const dropout: LayerKind<"dropout"> = {
  shape: (_layer, before) => [...before],
  build(context, layer, x) {
    const { g, lead, rows } = context;
    if (!context.training || layer.rate === 0) return x;
    const inRow = x.tensor.shape.slice(lead.length + 1);
    const bits = context.bits(inRow);
    const kept = b.atLeast(g, bits, g.uint(Math.floor(layer.rate * 2 ** 32)));
    const mask = b.where(g, kept, g.scalar(1 / (1 - layer.rate)), g.scalar(0));
    return { ...x, tensor: b.mul(g, x.tensor, b.reshape(g, mask, [...lead, rows, ...inRow])) };
  },
};
