/** The random numbers of a training step: masks of dropout and normal noise, computed in the training graph by the generator of random.ts. */
import { MIX, STEP } from "../random.ts";
import * as b from "./graph/build.ts";
import { type Graph, size, type Tensor } from "./graph/graph.ts";
import type { Draw } from "./layers/layer.ts";

type Masked = Extract<Draw, { rate: number }>;
type Noise = Extract<Draw, { std: number }>;

/** The numbers of the random streams (the key before the step in `stream(seed, PURPOSE.dropout, …, step)`), and the tensors drawn from them. */
type Drawn = { streams: { number: number; base: Tensor }[]; drawn: Tensor[] };

/** Tensors [...lead, rows, size] for each draw, new in every step. `baseShape` is the shape of the one number per step that a stream starts from. */
export function drawsFor(g: Graph, rows: number, draws: readonly Draw[], baseShape: readonly number[]): Drawn {
  const masked = draws.filter((draw) => "rate" in draw);
  const noisy = draws.filter((draw) => "std" in draw);
  const streams: Drawn["streams"] = [];
  const from = (number: number) => {
    const base = g.input(baseShape, "uint32");
    streams.push({ number, base });
    return base;
  };
  const masks = masked.length > 0 ? [...dropMasks(g, from(0), rows, masked)] : [];
  const noises = noisy.length > 0 ? normals(g, from(1), rows, noisy) : [];
  return { streams, drawn: draws.map((draw) => ("rate" in draw ? masks : noises).shift()!) };
}

// A share has a resolution of 16 bits, so that mixing can leave out its last step, which changes only the lower 16 bits.
const FINE = 2 ** 16;
const threshold = (rate: number) => Math.min(FINE - 1, Math.round(rate * FINE)) * FINE;

/** The upper 16 bits as random.ts mixes them from `base` (one number per step) and the element's counter. */
function mixed(g: Graph, base: Tensor, counters: Tensor): Tensor {
  let x = b.add(g, counters, base);
  x = b.xor(g, x, b.shiftRight(g, x, 16));
  x = b.mul(g, x, g.uint(MIX[0]));
  x = b.xor(g, x, b.shiftRight(g, x, 15));
  return b.mul(g, x, g.uint(MIX[1]));
}

/**
 * A mask [..., rows, size] for each dropout: 0, or the factor that scales the others up. All are drawn from the stream of `base`,
 * one after the other, and computed together, which saves operations of the runtime.
 */
function dropMasks(g: Graph, base: Tensor, rows: number, drops: readonly Masked[]): Tensor[] {
  const columns = drops.flatMap(({ size, rate }) => Array.from({ length: size }, () => rate));
  const counters = new Uint32Array(rows * columns.length);
  let from = 0;
  let drawn = 0;
  for (const { size } of drops) {
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < size; i++) counters[row * columns.length + from + i] = Math.imul(drawn++, STEP);
    from += size;
  }
  // A single dropout rate is one number; several make a row that every row is compared with.
  const line = drops.length > 1 ? columns : [drops[0].rate];
  const shape = drops.length > 1 ? [columns.length] : [];
  const limits = g.constant(Uint32Array.from(line, threshold), shape, "uint32");
  const scales = g.constant(
    Float32Array.from(line, (rate) => 1 / (1 - rate)),
    shape,
  );
  const bits = mixed(g, base, g.constant(counters, [rows, columns.length], "uint32"));
  const mask = b.where(g, b.atLeast(g, bits, limits), scales, g.scalar(0));
  if (drops.length === 1) return [mask];
  const sizes = drops.map(({ size }) => size);
  return b.split(g, mask, sizes, mask.shape.length - 1);
}

/** Normal numbers of mean 0, as `normal` of random.ts draws them (Box–Muller), each layer after the other from the stream of `base`. */
function normals(g: Graph, base: Tensor, rows: number, draws: readonly Noise[]): Tensor[] {
  let drawn = 0;
  return draws.map(({ size: width, std }) => {
    const shape = [rows, width];
    const first = drawn;
    drawn += size(shape);
    const uniform = (odd: number) => {
      const counters = Uint32Array.from({ length: size(shape) }, (_, i) => Math.imul(2 * (first + i) + odd, STEP));
      const upper = mixed(g, base, g.constant(counters, shape, "uint32"));
      const bits = b.xor(g, upper, b.shiftRight(g, upper, 16));
      return b.scale(g, b.add(g, b.cast(g, bits, "float32"), g.scalar(odd ? 0 : 0.5)), 2 ** -32);
    };
    const radius = b.sqrt(g, b.scale(g, b.log(g, uniform(0)), -2 * std * std));
    return b.mul(g, radius, b.cos(g, b.scale(g, uniform(1), 2 * Math.PI)));
  });
}
