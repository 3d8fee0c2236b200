/** The random masks of dropout, computed in the training graph by the generator of random.ts. */
import { MIX, STEP } from "../random.ts";
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";

/** How many numbers a row has where it is dropped from, and the share that is. */
export type Drop = { size: number; rate: number };

// A share is as fine as 16 bits, so that mixing can leave out its last step, which changes the lower 16 bits alone.
const FINE = 2 ** 16;
const threshold = (rate: number) => Math.min(FINE - 1, Math.round(rate * FINE)) * FINE;

/** The upper 16 bits as random.ts mixes them: `base` (one number a step) and the element's counter. */
function mixed(g: Graph, base: Tensor, counters: Tensor): Tensor {
  let x = b.add(g, counters, base);
  x = b.xor(g, x, b.shiftRight(g, x, 16));
  x = b.mul(g, x, g.uint(MIX[0]));
  x = b.xor(g, x, b.shiftRight(g, x, 15));
  return b.mul(g, x, g.uint(MIX[1]));
}

/**
 * A mask [..., rows, size] for each drop, anew in every step: 0, or what the rest is scaled up by. All are drawn from the stream of `base`,
 * one after the other, and computed together, which spares the runtime calls.
 */
export function dropMasks(g: Graph, base: Tensor, rows: number, drops: readonly Drop[]): Tensor[] {
  const columns = drops.flatMap(({ size, rate }) => Array.from({ length: size }, () => rate));
  const counters = new Uint32Array(rows * columns.length);
  let from = 0;
  let drawn = 0;
  for (const { size } of drops) {
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < size; i++) counters[row * columns.length + from + i] = Math.imul(drawn++, STEP);
    from += size;
  }
  // One rate is a number, several are a line that every row is compared with.
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
