/** Normalises the channels of every vector to mean 0 and variance 1, then applies a scale and a shift per channel. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { standardized } from "../graph/normalization.ts";
import { channelsLast, type LayerKind } from "./layer.ts";
import { scaleAndShift } from "./normalize.ts";

export const layerNormalization: LayerKind<"layerNormalization"> = {
  shape: (_layer, before) => [...before],
  weights: (layer, before) => scaleAndShift(layer, before.at(-1)!),
  build(context, layer, x, { gamma, beta }) {
    const { g, lead, rows } = context;
    const vectors = rows * size(x.shape.slice(0, -1));
    const flat = b.reshape(g, channelsLast(context, x), [...lead, vectors, x.shape.at(-1)!]);
    const scaled = b.mul(g, standardized(g, flat, layer.epsilon), gamma);
    const shifted = beta ? b.add(g, scaled, beta) : scaled;
    return { ...x, tensor: b.reshape(g, shifted, [...lead, rows, ...x.shape]), channelsFirst: false };
  },
};
