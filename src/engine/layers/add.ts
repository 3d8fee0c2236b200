/** The sum of the outputs of several layers; shapes broadcast from the right, as in Keras. */
import * as b from "../graph/build.ts";
import { broadcast } from "../graph/graph.ts";
import { channelsLast, eitherMask, type LayerKind } from "./layer.ts";

export const add: LayerKind<"add"> = {
  joins: Number.POSITIVE_INFINITY,
  shape: (_layer, before, ...more) => more.reduce<number[]>(broadcast, [...before]),
  build(context, _layer, x, _weights, ...more) {
    const { g, lead, rows } = context;
    const signals = [x, ...more];
    const shape = signals.map((signal) => signal.shape).reduce(broadcast);
    const channelsFirst = signals.every((signal) => signal.channelsFirst && `${signal.shape}` === `${shape}`);
    const parts = signals.map((signal) => {
      if (channelsFirst) return signal.tensor;
      const ones = new Array<number>(shape.length - signal.shape.length).fill(1);
      return b.reshape(g, channelsLast(context, signal), [...lead, rows, ...ones, ...signal.shape]);
    });
    const tensor = parts.reduce((sum, part) => b.add(g, sum, part));
    return { tensor, shape, channelsFirst, mask: eitherMask(context, signals) };
  },
};
