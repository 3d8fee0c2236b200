/** The same numbers in another shape. */
import * as b from "../graph/build.ts";
import { size } from "../graph/graph.ts";
import { channelsLast, type LayerKind } from "./layer.ts";

/** The target shape with its −1, if any, filled in. */
function resolve(target: readonly number[], before: readonly number[]): number[] {
  const known = target.reduce((p, n) => (n === -1 ? p : p * n), 1);
  const shape = target.map((n) => (n === -1 ? size(before) / known : n));
  if (size(shape) !== size(before))
    throw new Error(`a row of shape [${before}] has ${size(before)} numbers and cannot become [${target}]`);
  return shape;
}

export const reshape: LayerKind<"reshape"> = {
  shape: (layer, before) => resolve(layer.targetShape, before),
  build(context, layer, x) {
    const shape = resolve(layer.targetShape, x.shape);
    const tensor = b.reshape(context.g, channelsLast(context, x), [...context.lead, context.rows, ...shape]);
    return { tensor, shape, channelsFirst: false, mask: null };
  },
};
