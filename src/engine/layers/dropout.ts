/** Sets a random share of the numbers to zero while training, and scales the rest up. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import type { LayerKind } from "./layer.ts";

export const dropout: LayerKind<"dropout"> = {
  shape: (_layer, before) => [...before],
  draws: (layer, before) => (layer.rate > 0 ? [{ size: size(before), rate: layer.rate }] : []),
  build({ g, drawn }, _layer, x) {
    if (!drawn?.length) return x;
    return { ...x, tensor: b.mul(g, x.tensor, b.reshape(g, drawn[0], x.tensor.shape)) };
  },
};
