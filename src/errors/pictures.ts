/** Reduces the images of a table: for clustering, and as small pictures for the page. */

/** The longest side of a picture on a page, in pixels; more would not be visible at that size. */
const SHOWN = 32;

type Image = { height: number; width: number; channels: number };

const sides = (shape: readonly number[]): Image => ({
  height: shape[0],
  width: shape.length > 1 ? shape[1] : 1,
  channels: shape.length > 2 ? shape[2] : 1,
});

/** The mean of blocks of pixels, so that no side is longer than `most`; height × width × channels. */
export function shrunk(x: Float32Array, shape: readonly number[], most: number): Image & { pixels: Float32Array } {
  const { height, width, channels } = sides(shape);
  const block = Math.ceil(Math.max(height, width) / most);
  const [h, w] = [Math.ceil(height / block), Math.ceil(width / block)];
  const pixels = new Float32Array(h * w * channels);
  const counts = new Float32Array(h * w);
  for (let y = 0; y < height; y++)
    for (let at = 0; at < width; at++) {
      const to = Math.floor(y / block) * w + Math.floor(at / block);
      counts[to]++;
      for (let c = 0; c < channels; c++) pixels[to * channels + c] += x[(y * width + at) * channels + c];
    }
  for (let i = 0; i < pixels.length; i++) pixels[i] /= counts[Math.floor(i / channels)];
  return { height: h, width: w, channels, pixels };
}

/** A bitmap as a data URI. `low` and `high` are shown as black and white; one channel is grey; of three or more, the first three are the colours. */
export function picture(x: Float32Array, shape: readonly number[], [low, high]: readonly [number, number]): string {
  const { height, width, channels, pixels } = shrunk(x, shape, SHOWN);
  const line = Math.ceil((width * 3) / 4) * 4;
  const bytes = new Uint8Array(HEAD + line * height);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(2, bytes.length, true);
  view.setUint32(10, HEAD, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true);
  view.setUint16(28, 24, true);
  const level = (value: number) => (high > low ? Math.max(0, Math.min(255, (255 * (value - low)) / (high - low))) : 0);
  for (let y = 0; y < height; y++)
    for (let i = 0; i < width; i++)
      for (let colour = 0; colour < 3; colour++) {
        const channel = channels < 3 ? 0 : 2 - colour; // A bitmap stores blue first, and the last line first.
        bytes[HEAD + (height - 1 - y) * line + i * 3 + colour] = level(pixels[(y * width + i) * channels + channel]);
      }
  return `data:image/bmp;base64,${base64(bytes)}`;
}

/** The values of black and white: the smallest and the largest number of these images. */
export function rangeOf(images: Iterable<Float32Array>): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const image of images)
    for (const value of image) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}

const HEAD = 54;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++) text += i + k > bytes.length ? "=" : DIGITS[(three >> (18 - 6 * k)) & 63];
  }
  return text;
}
