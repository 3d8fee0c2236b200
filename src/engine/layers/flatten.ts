/** A row of any shape as one vector, channels last. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { channelsLast, type LayerKind } from "./layer.ts";

export const flatten: LayerKind<"flatten"> = {
  shape: (_layer, before) => [size(before)],
  build(context, _layer, x) {
    const shape = [size(x.shape)];
    const tensor = b.reshape(context.g, channelsLast(context, x), [...context.lead, context.rows, ...shape]);
    return { tensor, shape, channelsFirst: false, mask: null };
  },
};
