/** What has to be written of a layer: its required parameters, and those that differ from the defaults. */
import { type Layer, layerSchema } from "./layers.ts";

// What every layer of its kind must be given; the rest is written only where it differs from what Keras does by default.
const REQUIRED: Partial<Record<Layer["layer"], readonly string[]>> = {
  dense: ["units"],
  conv1d: ["filters", "kernelSize"],
  conv2d: ["filters", "kernelSize"],
  depthwiseConv2d: ["kernelSize"],
  reshape: ["targetShape"],
  dropout: ["rate"],
  gaussianNoise: ["std"],
  activation: ["activation"],
  embedding: ["inputDim", "outputDim"],
  simpleRNN: ["units"],
  lstm: ["units"],
  gru: ["units"],
  bidirectional: ["of"],
  timeDistributed: ["of"],
  repeatVector: ["n"],
  multiHeadAttention: ["heads", "keyDim"],
  add: ["from"],
  concatenate: ["from"],
};

/** The parameters of a layer that have to be written, required ones first. */
export function parametersOf(layer: Layer): { required: [string, unknown][]; optional: [string, unknown][] } {
  const given: Record<string, unknown> = layer;
  const names = REQUIRED[layer.layer] ?? [];
  const required = names.map((name): [string, unknown] => [name, given[name]]);
  const silent: Record<string, unknown> = layerSchema.parse({ layer: layer.layer, ...Object.fromEntries(required) });
  // A pool strides by its own size, whatever that is.
  if ("poolSize" in layer) silent["strides"] = layer.poolSize;
  const other = (name: string) => name !== "from" && JSON.stringify(given[name]) !== JSON.stringify(silent[name]);
  return { required, optional: Object.entries(layer).filter(([name]) => !names.includes(name) && other(name)) };
}

/** A pair of equal numbers as one. */
export const compact = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 2 && value[0] === value[1] ? value[0] : value;
