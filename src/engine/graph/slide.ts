/** How many times a window fits as it slides over the sides of an image. */
import type { Geometry } from "./operation.ts";

export const slid = (sides: readonly number[], window: readonly number[], { strides, pads, dilations }: Geometry) =>
  sides.map((side, i) => {
    const reach = dilations[i] * (window[i] - 1) + 1;
    return Math.floor((side + pads[i] + pads[i + sides.length] - reach) / strides[i]) + 1;
  });
