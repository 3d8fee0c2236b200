/** Makes images smaller by averaging squares of pixels. */
import type { Matrix } from "./solvers.ts";

/** The smallest squares that leave at most `most` numbers per image. Missing pixels make their square missing. */
export function averagePooled(images: Matrix, shape: number[], most: number): Matrix {
  const [height, width, channels = 1] = shape;
  let side = 1;
  while (Math.ceil(height / side) * Math.ceil(width / side) * channels > most && side < Math.max(height, width)) side++;
  const [rows, across] = [Math.ceil(height / side), Math.ceil(width / side)];
  const columns = rows * across * channels;
  const values = new Float32Array(images.rows * columns);
  const counts = new Float32Array(columns);
  const to = new Uint32Array(images.columns);
  for (let i = 0; i < images.columns; i++) {
    const [pixel, channel] = [Math.floor(i / channels), i % channels];
    const [y, x] = [Math.floor(pixel / width), pixel % width];
    to[i] = (Math.floor(y / side) * across + Math.floor(x / side)) * channels + channel;
    counts[to[i]]++;
  }
  for (let r = 0; r < images.rows; r++)
    for (let i = 0; i < images.columns; i++)
      values[r * columns + to[i]] += images.values[r * images.columns + i] / counts[to[i]];
  return { rows: images.rows, columns, values };
}
