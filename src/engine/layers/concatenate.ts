/** Concatenates the outputs of several layers along the last axis. */
import * as b from "../graph/build.ts";
import { channelsLast, eitherMask, type LayerKind } from "./layer.ts";

const width = (shapes: readonly (readonly number[])[]) => shapes.reduce((sum, shape) => sum + shape.at(-1)!, 0);
const beforeLast = (shape: readonly number[]) => `${shape.slice(0, -1)} ${shape.length}`;

export const concatenate: LayerKind<"concatenate"> = {
  joins: Number.POSITIVE_INFINITY,
  shape(_layer, before, ...more) {
    const other = more.find((shape) => beforeLast(shape) !== beforeLast(before));
    if (other) throw new Error(`rows of the shapes [${before}] and [${other}] differ in more than the last axis`);
    return [...before.slice(0, -1), width([before, ...more])];
  },
  build(context, _layer, x, _weights, ...more) {
    const signals = [x, ...more];
    const channelsFirst = signals.every((signal) => signal.channelsFirst);
    const parts = channelsFirst ? signals.map(({ tensor }) => tensor) : signals.map((s) => channelsLast(context, s));
    const tensor = b.concat(context.g, parts, channelsFirst ? 1 : context.lead.length + x.shape.length);
    const shape = [...x.shape.slice(0, -1), width(signals.map((signal) => signal.shape))];
    return { tensor, shape, channelsFirst, mask: eitherMask(context, signals) };
  },
};
