/** How a window slides over an image: padding and the size of what comes out, as in Keras. */

type Pair = readonly number[];

/** [height, width, channels] of a row that must be an image. */
export function asImage(shape: readonly number[]): [number, number, number] {
  if (shape.length !== 3)
    throw new Error(`it needs images [height, width, channels], but a row before it has the shape [${shape}]`);
  return [shape[0], shape[1], shape[2]];
}

/** Zeros around the image [top, left, bottom, right]; "same" puts the odd one at the end. */
export function padding(sides: Pair, window: Pair, strides: Pair, kind: string, dilation: Pair): number[] {
  if (kind === "valid") return [0, 0, 0, 0];
  const total = sides.map((side, i) => {
    const reach = dilation[i] * (window[i] - 1) + 1;
    return Math.max(0, (Math.ceil(side / strides[i]) - 1) * strides[i] + reach - side);
  });
  return [Math.floor(total[0] / 2), Math.floor(total[1] / 2), Math.ceil(total[0] / 2), Math.ceil(total[1] / 2)];
}

/** Height and width of what comes out. */
export function slide(sides: Pair, window: Pair, strides: Pair, kind: string, dilation: Pair): number[] {
  const out = sides.map((side, i) => {
    if (kind === "same") return Math.ceil(side / strides[i]);
    return Math.floor((side - dilation[i] * (window[i] - 1) - 1) / strides[i]) + 1;
  });
  if (out.some((n) => n < 1))
    throw new Error(`its window [${window}] is larger than what is left of the image, [${sides}]`);
  return out;
}
