/** A recurrent layer applied twice with separate weights: from the first step to the last, and from the last to the first. */
import * as b from "../graph/build.ts";
import type { LayerKind, Weights } from "./layer.ts";
import { drawsOf, given, outputs, shapeOf, weightsOf } from "./recurrent.ts";

const DIRECTIONS = ["forward", "backward"] as const;

export const bidirectional: LayerKind<"bidirectional"> = {
  shape(layer, before) {
    const shape = shapeOf(layer.of, before);
    return layer.mergeMode === "concat" ? [...shape.slice(0, -1), 2 * layer.of.units] : shape;
  },
  weights: (layer, before) =>
    DIRECTIONS.flatMap((direction) =>
      weightsOf(layer.of, before).map((spec) => ({ ...spec, name: `${direction}.${spec.name}` })),
    ),
  draws: (layer, before) => DIRECTIONS.flatMap(() => drawsOf(layer.of, before)),
  build(context, layer, x, weights) {
    const [there, back] = DIRECTIONS.map((direction, i) => {
      const own = Object.entries(weights).flatMap(([name, tensor]) =>
        name.startsWith(`${direction}.`) ? [[name.slice(direction.length + 1), tensor]] : [],
      );
      const at = { ...context, drawn: context.drawn?.slice(i, i + 1) ?? null };
      const all = outputs(at, layer.of, x, Object.fromEntries(own) as Weights, i === 1);
      return given(context, layer.of, all, x.mask, i === 1);
    });
    const { g } = context;
    if (layer.mergeMode === "sum") return { ...there, tensor: b.add(g, there.tensor, back.tensor) };
    const tensor = b.concat(g, [there.tensor, back.tensor], there.tensor.shape.length - 1);
    return { ...there, tensor, shape: [...there.shape.slice(0, -1), 2 * layer.of.units] };
  },
};
