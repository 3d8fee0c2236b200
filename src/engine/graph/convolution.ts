/** Convolution over images [batch, channels, height, width]: the operation without a gradient. Where gradients are needed, windows.ts is used. */
import type { Graph, Tensor } from "./graph.ts";
import { type Geometry, geometry, type Operation, type Value } from "./operation.ts";

/** Cross-correlation of x [n, c, h, w] with weights [filters, c, kh, kw] and an optional bias [filters]. */
export function conv(
  g: Graph,
  x: Tensor,
  weights: Tensor,
  bias: Tensor | null,
  { strides, pads, dilations }: Geometry,
): Tensor {
  const [n, , h, w] = x.shape;
  const [filters, , kh, kw] = weights.shape;
  const length = (side: number, k: number, axis: number) =>
    Math.floor((side + pads[axis] + pads[axis + 2] - dilations[axis] * (k - 1) - 1) / strides[axis]) + 1;
  const shape = [n, filters, length(h, kh, 0), length(w, kw, 1)];
  return g.add(
    "Conv",
    bias ? [x, weights, bias] : [x, weights],
    { shape },
    { strides, pads, dilations, kernel_shape: [kh, kw] },
  );
}

/** Visits every pair (output element, input element, weight element) that a convolution multiplies. */
function pairs(
  x: Value,
  w: Value,
  out: readonly number[],
  at: Geometry,
  visit: (out: number, x: number, w: number) => void,
): void {
  const [, channels, height, width] = x.shape;
  const [filters, , kh, kw] = w.shape;
  const [n, , oh, ow] = out;
  for (let image = 0; image < n; image++)
    for (let f = 0; f < filters; f++)
      for (let i = 0; i < oh; i++)
        for (let j = 0; j < ow; j++)
          for (let c = 0; c < channels; c++)
            for (let p = 0; p < kh; p++)
              for (let q = 0; q < kw; q++) {
                const row = i * at.strides[0] - at.pads[0] + p * at.dilations[0];
                const column = j * at.strides[1] - at.pads[1] + q * at.dilations[1];
                if (row < 0 || column < 0 || row >= height || column >= width) continue;
                visit(
                  ((image * filters + f) * oh + i) * ow + j,
                  ((image * channels + c) * height + row) * width + column,
                  ((f * channels + c) * kh + p) * kw + q,
                );
              }
}

export const convolution: Record<string, Operation> = {
  Conv: {
    evaluate([x, w, bias], node) {
      const shape = node.outputs[0].shape;
      const data = new Float64Array(shape.reduce((p, n) => p * n, 1));
      const plane = shape[2] * shape[3];
      if (bias) for (let i = 0; i < data.length; i++) data[i] = Number(bias.data[Math.floor(i / plane) % shape[1]]);
      pairs(x, w, shape, geometry(node), (o, i, k) => {
        data[o] += Number(x.data[i]) * Number(w.data[k]);
      });
      return [{ shape, data }];
    },
  },
  // The adjoint of laying out windows: each element gets the sum over all its copies.
  Col2Im: {
    evaluate([columns, , block], node) {
      const shape = node.outputs[0].shape;
      const [n, channels, height, width] = shape;
      const [kh, kw] = Array.from(block.data, Number);
      const { strides, pads, dilations } = geometry(node);
      const reach = dilations[1] * (kw - 1) + 1;
      const across = Math.floor((width + pads[1] + pads[3] - reach) / strides[1]) + 1;
      const places = columns.shape[2];
      const data = new Float64Array(shape.reduce((p, m) => p * m, 1));
      columns.data.forEach((value: number | bigint, flat: number) => {
        const place = flat % places;
        const within = Math.floor(flat / places) % (kh * kw);
        const plane = Math.floor(flat / (places * kh * kw));
        const row = Math.floor(place / across) * strides[0] - pads[0] + Math.floor(within / kw) * dilations[0];
        const column = (place % across) * strides[1] - pads[1] + (within % kw) * dilations[1];
        if (plane >= n * channels || row < 0 || column < 0 || row >= height || column >= width) return;
        data[(plane * height + row) * width + column] += Number(value);
      });
      return [{ shape, data }];
    },
  },
};
