/** Adds normal noise while training. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import type { LayerKind } from "./layer.ts";

export const gaussianNoise: LayerKind<"gaussianNoise"> = {
  shape: (_layer, before) => [...before],
  draws: (layer, before) => (layer.std > 0 ? [{ size: size(before), std: layer.std }] : []),
  build({ g, drawn }, _layer, x) {
    if (!drawn?.length) return x;
    return { ...x, tensor: b.add(g, x.tensor, b.reshape(g, drawn[0], x.tensor.shape)) };
  },
};
