/** How high and wide the results of layers are, and when padding with zeros is the padding "same". */
import { isObject } from "../../json.ts";

type Fields = Record<string, unknown>;
export type Sides = [height: number, width: number];
/** [before, after] of the height and of the width. */
export type Pads = [Sides, Sides];

const KEEP = [
  "activation",
  "batchNormalization",
  "layerNormalization",
  "dropout",
  "gaussianNoise",
  "add",
  "concatenate",
];

const pair = (value: unknown, silent: number): Sides => {
  const [a, b] = Array.isArray(value) ? value : [value ?? silent, value ?? silent];
  return [Number(a), Number(b)];
};

function window(fields: Fields): { kernel: Sides; strides: Sides } {
  const dilation = pair(fields["dilation"], 1);
  const size = pair(fields["kernelSize"] ?? fields["poolSize"], 2);
  const kernel: Sides = [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
  const silent: Sides = String(fields["layer"]).includes("Pooling") ? size : [1, 1];
  return { kernel, strides: fields["strides"] === undefined ? silent : pair(fields["strides"], 1) };
}

/** The sides of what a layer gives; undefined: they are not known, or it gives no images. */
export function sidesAfter(fields: Fields, before: Sides | undefined): Sides | undefined {
  const layer = String(fields["layer"]);
  if (!before || KEEP.includes(layer)) return before;
  if (!/^(?:conv2d|depthwiseConv2d|maxPooling2d|averagePooling2d)$/.test(layer)) return undefined;
  const { kernel, strides } = window(fields);
  const same = fields["padding"] === "same";
  const slid = (i: 0 | 1) =>
    same ? Math.ceil(before[i] / strides[i]) : Math.floor((before[i] - kernel[i]) / strides[i]) + 1;
  return [slid(0), slid(1)];
}

/** Whether zeros around images of these sides are what "same" puts around them for this convolution. */
export function isSame(pads: Pads, fields: Fields, sides: Sides | undefined): boolean {
  const { kernel, strides } = window(fields);
  return ([0, 1] as const).every((i) => {
    const [before, after] = pads[i];
    // With steps of 1 the padding is the same for every size; with others it depends on it.
    if (strides[i] > 1 && !sides) return false;
    const size = sides?.[i] ?? kernel[i];
    const total = Math.max((Math.ceil(size / strides[i]) - 1) * strides[i] + kernel[i] - size, 0);
    return before === Math.floor(total / 2) && after === total - before;
  });
}

/** The padding of a ZeroPadding2D layer: 1, [1, 2] or [[0, 1], [0, 1]]. */
export function padsOf(config: unknown): Pads {
  const given = isObject(config) ? (config["padding"] ?? 1) : 1;
  const [high, wide] = Array.isArray(given) ? given : [given, given];
  return [pair(high, 0), pair(wide, 0)];
}
