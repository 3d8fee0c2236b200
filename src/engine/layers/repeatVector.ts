/** Repeats a row as every step of a sequence. */
import * as b from "../graph/build.ts";
import type { LayerKind } from "./layer.ts";

export const repeatVector: LayerKind<"repeatVector"> = {
  shape(layer, before) {
    if (before.length !== 1) throw new Error(`it needs rows of numbers, but a row before it has the shape [${before}]`);
    return [layer.n, before[0]];
  },
  build({ g, lead, rows }, layer, x) {
    const shape = [layer.n, x.shape[0]];
    const tensor = b.expand(g, b.reshape(g, x.tensor, [...lead, rows, 1, x.shape[0]]), [...lead, rows, ...shape]);
    return { tensor, shape, channelsFirst: false, mask: null };
  },
};
