/** Sets a random share of the numbers to zero while training, and scales the rest up. */
import * as b from "../graph/build.ts";
import type { LayerKind } from "./layer.ts";

export const dropout: LayerKind<"dropout"> = {
  shape: (_layer, before) => [...before],
  build(context, layer, x) {
    const { g, lead, rows } = context;
    if (!context.masks || layer.rate === 0) return x;
    const inRow = x.tensor.shape.slice(lead.length + 1);
    return { ...x, tensor: b.mul(g, x.tensor, b.reshape(g, context.masks.shift()!, [...lead, rows, ...inRow])) };
  },
};
