/** Adds normal noise while training. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { channelsLast, type LayerKind } from "./layer.ts";

export const gaussianNoise: LayerKind<"gaussianNoise"> = {
  shape: (_layer, before) => [...before],
  draws: (layer, before) => (layer.std > 0 ? [{ size: size(before), std: layer.std }] : []),
  build(context, _layer, x) {
    const { g, drawn } = context;
    if (!drawn?.length) return x;
    const tensor = channelsLast(context, x);
    return { ...x, channelsFirst: false, tensor: b.add(g, tensor, b.reshape(g, drawn[0], tensor.shape)) };
  },
};
