/** A layer applied to every step of a sequence, with the same weights. */
import type { Layer } from "../../plan/plan.ts";
import * as b from "../graph/build.ts";
import { size, type Tensor } from "../graph/graph.ts";
import { type Context, channelsLast, type LayerKind } from "./layer.ts";

function steps(before: readonly number[]): number {
  if (before.length < 2)
    throw new Error(`it needs sequences [steps, …], but a row before it has the shape [${before}]`);
  return before[0];
}

/** @param kindOf returns the implementation of the layer that is applied. */
export function timeDistributed(kindOf: (layer: Layer["layer"]) => LayerKind): LayerKind<"timeDistributed"> {
  const inner = (layer: Layer): LayerKind => {
    const kind = kindOf(layer.layer);
    if (kind.joins) throw new Error(`a layer ${layer.layer} cannot be applied to every step`);
    return kind;
  };
  return {
    shape: ({ of }, before) => [steps(before), ...inner(of).shape(of, before.slice(1))],
    weights: ({ of }, before) => inner(of).weights?.(of, before.slice(1)) ?? [],
    draws: ({ of }, before) =>
      (inner(of).draws?.(of, before.slice(1)) ?? []).map((draw) => ({ ...draw, size: draw.size * before[0] })),
    build(context, { of }, x, weights) {
      const { g, lead, real, drawn } = context;
      const [count, ...shape] = x.shape;
      const rows = context.rows * count;
      const perStep = (tensor: Tensor) =>
        b.reshape(g, tensor, [...lead, rows, size(tensor.shape) / size([...lead, rows])]);
      const counts = real && b.expand(g, real, [...lead, context.rows, count]);
      const counted = counts && x.mask ? b.mul(g, counts, x.mask) : (counts ?? x.mask);
      const within: Context = {
        ...context,
        rows,
        real: counted && perStep(counted),
        drawn: drawn?.map(perStep) ?? null,
      };
      const one = b.reshape(g, channelsLast(context, x), [...lead, rows, ...shape]);
      const built = inner(of).build(within, of, { tensor: one, shape, channelsFirst: false, mask: null }, weights);
      const all = (tensor: Tensor) =>
        b.reshape(g, channelsLast(within, { ...built, tensor }), [...lead, context.rows, count, ...built.shape]);
      return {
        tensor: all(built.tensor),
        shape: [count, ...built.shape],
        channelsFirst: false,
        mask: x.mask,
        ...(built.logits && { logits: all(built.logits) }),
        ...(built.after && { after: built.after }),
      };
    },
  };
}
