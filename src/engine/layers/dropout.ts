/** Sets a random share of the numbers to zero while training, and scales the rest up. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { channelsLast, type LayerKind } from "./layer.ts";

export const dropout: LayerKind<"dropout"> = {
  shape: (_layer, before) => [...before],
  draws: (layer, before) => (layer.rate > 0 ? [{ size: size(before), rate: layer.rate }] : []),
  build(context, _layer, x) {
    const { g, drawn } = context;
    if (!drawn?.length) return x;
    const tensor = channelsLast(context, x);
    return { ...x, channelsFirst: false, tensor: b.mul(g, tensor, b.reshape(g, drawn[0], tensor.shape)) };
  },
};
