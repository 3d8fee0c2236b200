/** Convolution over images [batch, height, width, channels], optionally with max pooling, as matrix products with the windows. */
import * as b from "./build.ts";
import { type Graph, size, type Tensor } from "./graph.ts";
import type { Geometry } from "./operation.ts";
import { type Pool, pooled, winners } from "./pooling.ts";
import { slid } from "./slide.ts";

/** All the numbers that the parts of a convolution share. */
type Plan = Geometry & {
  channels: number;
  filters: number;
  /** Height and width of an image, of the kernel, of a pool, and of the output. */
  image: readonly number[];
  kernel: readonly number[];
  pool: readonly number[];
  out: readonly number[];
  /** Whether there are few channels: then the rows that windows are assembled from hold the images side by side, else the channels. */
  narrow: boolean;
  /** Whether windows reach beyond the image. */
  padded: boolean;
};

/** A part of the images, with the products and their maxima, which the gradient needs again. */
type Part = { images: number; pixels: Tensor; pool: Pool };

// Windows of at most this many numbers at a time stay in the cache (512 kB), and the memory of a batch does not grow with its kernels; but every
// part costs operations of the runtime.
const AT_ONCE = 2 ** 17;
const MOST_PARTS = 8;
// Shorter rows take longer to gather than to copy.
const SHORT = 8;

/**
 * Cross-correlation of x [n, h, w, c] with a kernel [filters, c, kh, kw]; of each `pool` (height, width, without overlap) only the largest.
 * Results at the end of the image that no pool covers are not computed.
 *
 * @param atOnce how many numbers of windows to assemble at a time
 */
export function convolve(
  g: Graph,
  x: Tensor,
  kernel: Tensor,
  at: Geometry,
  pool: readonly number[] = [1, 1],
  atOnce = AT_ONCE,
): Tensor {
  const plan = planOf(x, kernel, at, pool);
  const { channels, filters, out, narrow } = plan;
  const [n] = x.shape;
  const window = channels * size(plan.kernel);
  const weights = b.reshape(g, b.transpose(g, kernel, narrow ? [1, 2, 3, 0] : [2, 3, 1, 0]), [window, filters]);
  const fit = Math.floor(((narrow ? 2 : 1) * atOnce) / (size(out) * window));
  const counts = shared(n, Math.max(fit, narrow ? 2 * SHORT : 1, Math.ceil(n / MOST_PARTS)));
  const xs = counts.length > 1 ? b.split(g, x, counts, 0) : [x];
  const indices = indicesOf(g, plan, counts);
  const parts = xs.map((some, k): Part => {
    const pixels = pixelsOf(g, plan, some);
    const products = indices(k).map((index) => {
      const windows = windowsOf(g, pixels, index);
      return b.matmul(g, windows, weights, { transA: narrow });
    });
    return { images: counts[k], pixels, pool: pooled(g, products, pool) };
  });
  const results = parts.map((part) => imagesFirst(g, plan, part.images, part.pool.most));
  const y = b.reshape(g, results.length > 1 ? b.concat(g, results, 0) : results[0], [n, ...out, filters]);
  return g.composed(y, [x, kernel], (dy) => {
    const dys = counts.length > 1 ? b.split(g, dy, counts, 0) : [dy];
    const again = indicesOf(g, plan, counts);
    const [kernels, images]: [Tensor[], Tensor[]] = [[], []];
    for (const [k, part] of parts.entries()) {
      const errors = winners(g, part.pool, imagesLast(g, plan, part.images, dys[k]));
      // The windows are assembled again, which takes less time than storing and reading all of them.
      kernels.push(
        ...again(k).map((index, i) => {
          const windows = windowsOf(g, part.pixels, index);
          return narrow ? b.matmul(g, windows, errors[i]) : b.matmul(g, errors[i], windows, { transA: true });
        }),
      );
      images.push(imageGradient(g, plan, part.images, kernel, errors));
    }
    const dx = images.length > 1 ? b.concat(g, images, 0) : images[0];
    const after = plan.image.map((side, i) => side - dx.shape[i + 1]);
    return [b.pad(g, dx, [0, 0, 0, 0], [0, ...after, 0]), kernelGradient(g, plan, kernels)];
  });
}

function planOf({ shape }: Tensor, kernel: Tensor, at: Geometry, pool: readonly number[]): Plan {
  const [, height, width, channels] = shape;
  const [filters, , ...sides] = kernel.shape;
  const image = [height, width];
  const out = slid(image, sides, at).map((side, i) => Math.floor(side / pool[i]));
  const plan = { ...at, channels, filters, image, kernel: sides, pool, out, narrow: channels < SHORT };
  return { ...plan, padded: read(plan).some((side, i) => at.pads[i] > 0 || side > image[i]) };
}

/** How far the last window reaches, in pixels from the first row and column. */
const read = ({ out, pool, strides, dilations, kernel, pads }: Omit<Plan, "padded">) =>
  out.map((side, i) => (side * pool[i] - 1) * strides[i] + dilations[i] * (kernel[i] - 1) + 1 - pads[i]);

/** `n` split into as few equal parts as possible with at most `most` in each. */
function shared(n: number, most: number): number[] {
  const parts = Math.ceil(n / most);
  return Array.from({ length: parts }, (_, k) => Math.floor(((k + 1) * n) / parts) - Math.floor((k * n) / parts));
}

/** For each part, the indices of its windows' pixels: a tensor for each position in the pool, shared by parts with the same number of images. */
function indicesOf(g: Graph, plan: Plan, counts: readonly number[]): (part: number) => Tensor[] {
  const made = new Map<number, Tensor[]>();
  for (const images of new Set(counts)) {
    const places = Array.from({ length: size(plan.pool) }, (_, i) => [Math.floor(i / plan.pool[1]), i % plan.pool[1]]);
    made.set(
      images,
      places.map((place) => (plan.narrow ? narrowIndex(g, plan, place) : wideIndex(g, plan, place, images))),
    );
  }
  return (part) => made.get(counts[part])!;
}

/** The index of the pixel under the kernel's position [p, q] for one result; null outside the image. */
function pixelAt({ image, pool, strides, dilations, pads }: Plan, place: number[], result: number[], within: number[]) {
  const [row, column] = [0, 1].map(
    (i) => (result[i] * pool[i] + place[i]) * strides[i] + within[i] * dilations[i] - pads[i],
  );
  return row < 0 || column < 0 || row >= image[0] || column >= image[1] ? null : row * image[1] + column;
}

const grid = ([rows, columns]: readonly number[]) =>
  Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns]);

/** Indices [images · results, positions of the kernel] into rows of channels. */
function wideIndex(g: Graph, plan: Plan, place: number[], images: number): Tensor {
  const [results, withins] = [grid(plan.out), grid(plan.kernel)];
  const pixels = size(plan.image);
  const one = results.flatMap((result) => withins.map((within) => pixelAt(plan, place, result, within)));
  const all = Int32Array.from({ length: images * one.length }, (_, i) => {
    const at = one[i % one.length];
    return at === null ? images * pixels : Math.floor(i / one.length) * pixels + at;
  });
  return g.constant(all, [images * results.length, withins.length], "int32");
}

/** Indices [channels · positions of the kernel, results] into rows of images. */
function narrowIndex(g: Graph, plan: Plan, place: number[]): Tensor {
  const [results, withins] = [grid(plan.out), grid(plan.kernel)];
  const { channels } = plan;
  const all = Array.from({ length: channels }, (_, channel) =>
    withins.flatMap((within) =>
      results.map((result) => {
        const at = pixelAt(plan, place, result, within);
        return at === null ? size(plan.image) * channels : at * channels + channel;
      }),
    ),
  );
  return g.constant(Int32Array.from(all.flat()), [channels * withins.length, results.length], "int32");
}

/** The rows that windows are assembled from; the last is zeros where windows reach beyond the image. */
function pixelsOf(g: Graph, { channels, image, narrow, padded }: Plan, x: Tensor): Tensor {
  const pixels = size(image);
  const [images] = x.shape;
  const rows = narrow
    ? b.transpose(g, b.reshape(g, x, [images, pixels * channels]), [1, 0])
    : b.reshape(g, x, [images * pixels, channels]);
  if (!padded) return rows;
  const width = rows.shape[1];
  return b.concat(g, [rows, g.constant(new Float32Array(width), [1, width])], 0);
}

/** The windows as a matrix: [results, window], or [window, results] of narrow images. */
function windowsOf(g: Graph, pixels: Tensor, index: Tensor): Tensor {
  const [rows, columns] = index.shape;
  return b.reshape(g, b.gather(g, pixels, index), [rows, columns * pixels.shape[1]]);
}

/** The layout of the products of narrow images is [results, images, filters]. */
function imagesFirst(g: Graph, { out, filters, narrow }: Plan, images: number, products: Tensor): Tensor {
  if (!narrow) return products;
  const flat = b.transpose(g, b.reshape(g, products, [size(out), images, filters]), [1, 0, 2]);
  return b.reshape(g, flat, [images * size(out), filters]);
}

function imagesLast(g: Graph, { out, filters, narrow }: Plan, images: number, dy: Tensor): Tensor {
  const results = size(out);
  if (!narrow) return b.reshape(g, dy, [images * results, filters]);
  const turned = b.transpose(g, b.reshape(g, dy, [images, results, filters]), [1, 0, 2]);
  return b.reshape(g, turned, [results * images, filters]);
}

function kernelGradient(g: Graph, { channels, filters, kernel, narrow }: Plan, products: Tensor[]): Tensor {
  const sum = products.reduce((one, other) => b.add(g, one, other));
  if (narrow) return b.transpose(g, b.reshape(g, sum, [channels, ...kernel, filters]), [3, 0, 1, 2]);
  return b.transpose(g, b.reshape(g, sum, [filters, ...kernel, channels]), [0, 3, 1, 2]);
}

/** The gradient of each window's pixels is a matrix product; Col2Im sums it over the windows that share a pixel. */
function imageGradient(g: Graph, plan: Plan, images: number, kernel: Tensor, errors: Tensor[]): Tensor {
  const { channels, filters, out, pool, narrow, strides, dilations, pads } = plan;
  const window = channels * size(plan.kernel);
  const weights = b.reshape(g, b.transpose(g, kernel, [1, 2, 3, 0]), [window, filters]);
  const all = errors.length > 1 ? b.concat(g, errors, 0) : errors[0];
  // The results of the pools in the order of the image.
  const apart = b.reshape(g, all, narrow ? [...pool, ...out, images, filters] : [...pool, images, ...out, filters]);
  const inOrder = b.transpose(g, apart, narrow ? [4, 2, 0, 3, 1, 5] : [2, 3, 0, 4, 1, 5]);
  const results = size(out) * size(pool);
  const owed = g.add(
    "FusedMatMul",
    [weights, b.reshape(g, inOrder, [images, results, filters])],
    { shape: [images, window, results] },
    { transA: 0, transB: 1 },
  );
  const reach = read(plan);
  const sides = plan.image.map((side, i) => Math.min(side, reach[i]));
  const after = reach.map((end, i) => end - sides[i]);
  const image = g.add(
    "Col2Im",
    [owed, g.ints(sides), g.ints(plan.kernel)],
    { shape: [images, channels, ...sides] },
    { strides, dilations, pads: [...pads.slice(0, 2), ...after] },
  );
  return b.transpose(g, image, [0, 2, 3, 1]);
}
