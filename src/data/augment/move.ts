/** Geometric augmentation of images and sounds: flip, shift, rotation and zoom as one transform of coordinates. */
import { uniform } from "../../random.ts";

export type Move = { name: "flip" | "shift" | "rotate" | "zoom" | "stretch"; amount: number; base: number };

/** Maps a position in the result to its source: y = a·y + b·x + c, x = d·y + e·x + f. */
type Affine = [number, number, number, number, number, number];

/**
 * In place. Each row [height, width, channels], or [frames, bands] of a sound, whose bands never move, gets a transform of its own: bilinear
 * interpolation about the centre, and beyond the edges the reflected image (d c b a | a b c d | d c b a), as Keras' RandomFlip,
 * RandomTranslation, RandomRotation and RandomZoom do by default.
 */
export function moved(x: Float32Array, shape: readonly number[], moves: readonly Move[]): void {
  const sound = shape.length === 2;
  const [height, width, channels] = sound ? [shape[0], 1, shape[1]] : shape;
  const size = height * width * channels;
  const before = new Float32Array(size);
  for (let row = 0; row * size < x.length; row++) {
    // The last move of the list is undone first.
    let map: Affine = [1, 0, 0, 0, 1, 0];
    for (const move of moves) map = after(changeOf(move, row, height, width, sound), map);
    if (map.every((value, i) => value === IDENTITY[i])) continue;
    const image = x.subarray(row * size, (row + 1) * size);
    before.set(image);
    resample(before, image, height, width, channels, map);
  }
}

const IDENTITY: Affine = [1, 0, 0, 0, 1, 0];

/** The composition: a position in the result of the second move is mapped to one in the result of the first. */
const after = ([a, b, c, d, e, f]: Affine, [g, h, i, j, k, l]: Affine): Affine => [
  g * a + h * d,
  g * b + h * e,
  g * c + h * f + i,
  j * a + k * d,
  j * b + k * e,
  j * c + k * f + l,
];

function changeOf({ name, amount, base }: Move, row: number, height: number, width: number, sound: boolean): Affine {
  const draw = (k: number): number => uniform(base, 2 * row + k);
  const between = (k: number): number => (2 * draw(k) - 1) * amount;
  if (name === "flip") return draw(0) < amount ? [1, 0, 0, 0, -1, width - 1] : IDENTITY;
  if (name === "shift") return [1, 0, between(0) * height, 0, 1, sound ? 0 : between(1) * width];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  if (name === "rotate") {
    const angle = 2 * Math.PI * between(0);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [cos, sin, middleY - cos * middleY - sin * middleX, -sin, cos, middleX + sin * middleY - cos * middleX];
  }
  const factor = 1 + between(0);
  const across = name === "stretch" ? 1 : factor;
  return [factor, 0, middleY * (1 - factor), 0, across, middleX * (1 - across)];
}

function resample(
  from: Float32Array,
  to: Float32Array,
  height: number,
  width: number,
  channels: number,
  [a, b, c, d, e, f]: Affine,
): void {
  let at = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const y = a * row + b * column + c;
      const x = d * row + e * column + f;
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [down, right] = [y - top, x - left];
      const y0 = reflected(top, height) * width;
      const y1 = reflected(top + 1, height) * width;
      const x0 = reflected(left, width);
      const x1 = reflected(left + 1, width);
      for (let channel = 0; channel < channels; channel++) {
        const upper = from[(y0 + x0) * channels + channel] * (1 - right) + from[(y0 + x1) * channels + channel] * right;
        const lower = from[(y1 + x0) * channels + channel] * (1 - right) + from[(y1 + x1) * channels + channel] * right;
        to[at++] = upper * (1 - down) + lower * down;
      }
    }
}

function reflected(place: number, side: number): number {
  if (place >= 0 && place < side) return place;
  const within = ((place % (2 * side)) + 2 * side) % (2 * side);
  return within < side ? within : 2 * side - 1 - within;
}
