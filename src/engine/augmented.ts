/** Augmented examples: those that a call of the runtime trains on, augmented, as a table of their own. */
import { augmentBatch } from "../data/augment/augment.ts";
import type { LaneState } from "./lane.ts";
import type { Feed } from "./runtime.ts";

/**
 * The augmented examples of `count` steps of stacked trainings, and the index of each picked row among them.
 *
 * @param picked [count, lanes, rows]: the examples of the stack, as LaneState.batch numbers them.
 * @param weight the weight of each picked row; 0 where it only pads a batch.
 */
export function augmented(
  lanes: readonly LaneState[],
  first: number,
  picked: Int32Array,
  weight: Float32Array,
): { x: Feed; y: Feed; picked: Int32Array } {
  const [{ lane: one, rows }] = lanes;
  const { shape, width } = one.data;
  const size = shape.reduce((p, n) => p * n, 1);
  const x = new Float32Array(picked.length * size);
  const y = new Float32Array(picked.length * width);
  for (let at = 0; at < picked.length; at += rows) {
    const { lane, offset } = lanes[(at / rows) % lanes.length];
    const { data, seed } = lane;
    for (let i = at; i < at + rows; i++) {
      const row = picked[i] - offset;
      if (data.stored) data.stored.read(row, x, i * size);
      else x.set(data.x.subarray(row * size, (row + 1) * size), i * size);
      y.set(data.y.subarray(row * width, (row + 1) * width), i * width);
    }
    let real = 0;
    while (real < rows && weight[at + real] !== 0) real++;
    const batch = {
      x: x.subarray(at * size, (at + rows) * size),
      y: y.subarray(at * width, (at + rows) * width),
      rows,
      real,
    };
    if (data.augment) augmentBatch(data.augment, batch, seed, first + Math.floor(at / (rows * lanes.length)));
  }
  return {
    x: { dtype: "float32", shape: [picked.length, ...shape], data: x },
    y: { dtype: "float32", shape: [picked.length, width], data: y },
    picked: Int32Array.from(picked.keys()),
  };
}
