/** Convolutions and pools of an ONNX model: windows, steps and padding in Keras' words. */

import { unsupported } from "./model.ts";
import type { OnnxNode } from "./onnx-model.ts";
import type { Size } from "./onnx-values.ts";

type Window = { name: string; sides: readonly Size[]; kernel: readonly number[]; notes: string[] };

export const list = (node: OnnxNode, name: string, otherwise: readonly number[]): readonly number[] => {
  const value = node.attributes[name];
  return Array.isArray(value) && value.length > 0 ? value : otherwise;
};

/** A plan gives windows in the plane as pairs, along a line as a number. */
export const written = (values: readonly number[]): number | number[] =>
  values.length === 1 ? values[0] : [...values];

/** `valid` or `same`; what pads in another way is refused by the name of the layer. */
export function padding(node: OnnxNode, { name, sides, kernel, notes }: Window): "valid" | "same" {
  const ones = kernel.map(() => 1);
  const auto = node.attributes["auto_pad"];
  if (auto === "SAME_UPPER") return "same";
  const pads = list(
    node,
    "pads",
    [...ones, ...ones].map(() => 0),
  );
  const strides = list(node, "strides", ones);
  const dilation = list(node, "dilations", ones);
  const ceil = node.attributes["ceil_mode"] === 1;
  if (auto === "VALID" || (pads.every((n) => n === 0) && !ceil)) return "valid";
  const fits = kernel.map((width, i) => {
    const reach = dilation[i] * (width - 1) + 1;
    const [before, after, side] = [pads[i], pads[i + kernel.length], sides[i]];
    if (strides[i] === 1 && before + after === reach - 1 && Math.abs(before - after) <= 1) return "same";
    // Without the size, half a window on each side and one at most beyond it give what "same" gives.
    if (side === null) return before === after && before === Math.floor(reach / 2) ? "alike" : "other";
    const inside = side + before + after - reach;
    const out = (ceil ? Math.ceil(inside / strides[i]) : Math.floor(inside / strides[i])) + 1;
    if (before + after === 0 && out === Math.floor((side - reach) / strides[i]) + 1) return "valid";
    return out === Math.ceil(side / strides[i]) ? "alike" : "other";
  });
  if (fits.every((fit) => fit === "valid")) return "valid";
  if (fits.includes("other") || fits.includes("valid"))
    throw unsupported(name, node.op, `pads by [${pads}], which is neither "valid" nor "same"`);
  if (fits.includes("alike"))
    notes.push(
      `Layer ${name} (${node.op}) pads by [${pads}]; "same" is used here, which pads the end rather than the start.`,
    );
  return "same";
}

/** Height and width of what comes out. */
export function slid(node: OnnxNode, { sides, kernel }: Window, kind: "valid" | "same"): Size[] {
  const ones = kernel.map(() => 1);
  const strides = list(node, "strides", ones);
  const dilation = list(node, "dilations", ones);
  return sides.map((side, i) => {
    if (side === null) return null;
    if (kind === "same") return Math.ceil(side / strides[i]);
    return Math.floor((side - dilation[i] * (kernel[i] - 1) - 1) / strides[i]) + 1;
  });
}
