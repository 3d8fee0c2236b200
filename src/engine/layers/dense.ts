/** Fully connected: every output is a weighted sum of the last axis. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { activate, channelsLast, kernelAndBias, type LayerKind } from "./layer.ts";

export const dense: LayerKind<"dense"> = {
  shape: (layer, before) => [...before.slice(0, -1), layer.units],
  weights(layer, before) {
    const inputs = before.at(-1)!;
    return kernelAndBias(layer, [inputs, layer.units], [1, layer.units], { in: inputs, out: layer.units });
  },
  build(context, layer, x, { kernel, bias }) {
    const { g, lead, rows } = context;
    const shape = [...x.shape.slice(0, -1), layer.units];
    const vectors = rows * size(x.shape.slice(0, -1));
    const flat = b.reshape(g, channelsLast(context, x), [...lead, vectors, x.shape.at(-1)!]);
    const sums = b.matmul(g, flat, kernel, { bias });
    const tensor = b.reshape(g, sums, [...lead, rows, ...shape]);
    return activate(context, layer.activation, { tensor, shape, channelsFirst: false, mask: x.mask });
  },
};
