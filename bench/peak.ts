/** The most that the machine multiplies: a product of two matrices of 2048 × 2048. */
import * as b from "../src/engine/graph/build.ts";
import { Graph } from "../src/engine/graph/graph.ts";
import { onnxRuntime } from "../src/engine/node/onnxruntime.ts";

const SIDE = 2048;

/** Floating-point operations per second, the best of some runs. */
export async function peakOf(threads: number, clock: () => number): Promise<number> {
  const g = new Graph();
  const shape = [SIDE, SIDE];
  const [x, y] = [g.input(shape), g.input(shape)];
  const corner = b.slice(g, b.slice(g, b.matmul(g, x, y), 0, 0, 1), 1, 0, 1);
  const session = await onnxRuntime(threads).once({ g, inputs: { x, y }, outputs: { corner } });
  const data = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 17) / 17);
  const feed = { dtype: "float32", shape, data } as const;
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 5; run++) {
    const began = clock();
    await session.run({ x: feed, y: feed });
    best = Math.min(best, clock() - began);
  }
  await session.release();
  return (2 * SIDE ** 3) / best;
}
