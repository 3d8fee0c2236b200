/** Augmentation of values in place: brightness, cutout, noise, and mixup with another row. */
import { bits, normal, stream, uniform } from "../../random.ts";
import type { Augment, Batch } from "./batch.ts";

type Measured = Pick<Augment, "shape" | "blank" | "low" | "high" | "std">;

const sizeOf = ({ shape }: Measured): number => shape.reduce((a, b) => a * b, 1);

/** Shifts all pixels of an image by the same share of the range, clipped to it. */
export function brighten(x: Float32Array, of: Measured, amount: number, base: number): void {
  const { low, high } = of;
  const size = sizeOf(of);
  for (let row = 0; row * size < x.length; row++) {
    const change = (2 * uniform(base, row) - 1) * amount * (high - low);
    for (let i = row * size; i < (row + 1) * size; i++) x[i] = Math.min(high, Math.max(low, x[i] + change));
  }
}

/** Blanks a square whose centre is anywhere in the image, so that a part of it may be beyond the edge. */
export function cutOut(x: Float32Array, of: Measured, amount: number, base: number): void {
  const [height, width, channels] = of.shape;
  const [tall, wide] = [Math.round(amount * height), Math.round(amount * width)];
  for (let row = 0; row * height * width * channels < x.length; row++) {
    const top = Math.floor(uniform(base, 2 * row) * height) - (tall >> 1);
    const left = Math.floor(uniform(base, 2 * row + 1) * width) - (wide >> 1);
    const [from, to] = [Math.max(0, left), Math.min(width, left + wide)];
    for (let line = Math.max(0, top); line < Math.min(height, top + tall); line++) {
      const at = (row * height + line) * width;
      x.fill(of.blank, (at + from) * channels, (at + to) * channels);
    }
  }
}

/** Two normal numbers from each pair of uniform ones (Box–Muller). */
export function noisy(x: Float32Array, of: Measured, amount: number, base: number): void {
  const { std } = of;
  const scaled = (i: number): number => amount * std[i % std.length];
  for (let i = 0; i < x.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((bits(base, i) + 0.5) / 2 ** 32));
    const angle = 2 * Math.PI * uniform(base, i + 1);
    x[i] += scaled(i) * radius * Math.cos(angle);
    if (i + 1 < x.length) x[i + 1] += scaled(i + 1) * radius * Math.sin(angle);
  }
}

/** Mixes each row with another one that counts, inputs and targets alike. */
export function mixUp({ x, y, rows, real }: Batch, alpha: number, base: number): void {
  if (alpha === 0) return;
  const [ownX, ownY] = [x.slice(), y.slice()];
  for (let row = 0; row < real; row++) {
    const draws = stream(base, row);
    const other = Math.floor(uniform(draws, 0) * real);
    const share = beta(alpha, draws);
    mix(x, ownX, row, other, x.length / rows, share);
    mix(y, ownY, row, other, y.length / rows, share);
  }
}

function mix(into: Float32Array, of: Float32Array, row: number, other: number, size: number, share: number): void {
  for (let i = 0; i < size; i++) into[row * size + i] = share * of[row * size + i] + (1 - share) * of[other * size + i];
}

/** A random number of Beta(α, α), from two of Gamma(α). */
function beta(alpha: number, base: number): number {
  const [a, b] = [gamma(alpha, stream(base, 1)), gamma(alpha, stream(base, 2))];
  return a + b > 0 ? a / (a + b) : 0.5;
}

/** Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; for α below 1 from a number of Gamma(α + 1) (their section 6). */
function gamma(alpha: number, base: number): number {
  if (alpha < 1) return gamma(alpha + 1, stream(base, 1)) * uniform(base, 0) ** (1 / alpha);
  const d = alpha - 1 / 3;
  for (let i = 0; ; i++) {
    const z = normal(base, 2 * i);
    const v = (1 + z / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(uniform(base, 4 * i + 2)) < (z * z) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}
