/** What the code of every framework is made from: the new plan, which of its layers are new, and words for values. */

import type { Change } from "../edit.ts";
import { type Initialiser, type Layer, layerSchema } from "../layers.ts";
import { COMMON_OPTIMIZER, OPTIMIZER_DEFAULTS } from "../names.ts";
import type { Optimizer, Plan } from "../plan.ts";
import { parsed } from "../vocabulary.ts";

export type Facts = {
  plan: Plan;
  images: boolean;
  layers: Layer[];
  /** By the number of the layer in the new plan: which of its fields changed; none: the layer is new. */
  marks: Map<number, string[]>;
};

/** The code for each part of a plan that a change may touch; a part without code has none. */
export type Idiom = { comment: string; parts: Record<string, (facts: Facts) => string> };

export function factsOf(plan: Plan, changes: readonly Change[]): Facts {
  const layers = typeof plan.network === "string" ? [] : plan.network;
  const first = layers[0]?.layer ?? "";
  const images = typeof plan.data.source !== "string" || first.endsWith("2d");
  return { plan, images, layers, marks: marksOf(layers.length, changes) };
}

// A changed layer is told by its old number, a new one by its new number.
function marksOf(count: number, changes: readonly Change[]): Facts["marks"] {
  const whole = changes.filter(({ path }) => /^network\[\d+\]$/.test(path));
  const numbers = (list: readonly Change[]) => new Set(list.map(({ path }) => parsed(path)[1] as number));
  const added = numbers(whole.filter(({ from }) => from === null));
  const removed = numbers(whole.filter(({ to }) => to === null));
  const kept = Array.from({ length: count - added.size + removed.size }, (_, i) => i).filter((i) => !removed.has(i));
  const marks: Facts["marks"] = new Map([...added].map((i) => [i, []]));
  let old = 0;
  for (let i = 0; i < count; i++) {
    if (added.has(i)) continue;
    const place = `network[${kept[old++]}].`;
    const fields = changes.filter(({ path }) => path.startsWith(place)).map(({ path }) => path.slice(place.length));
    if (fields.length > 0) marks.set(i, fields);
  }
  return marks;
}

// What every layer of its kind must be given; the rest is said only where it is not as Keras has it.
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

/** The parameters of a layer that have to be said, required ones first. */
export function said(layer: Layer): { required: [string, unknown][]; optional: [string, unknown][] } {
  const given: Record<string, unknown> = layer;
  const names = REQUIRED[layer.layer] ?? [];
  const required = names.map((name): [string, unknown] => [name, given[name]]);
  const silent: Record<string, unknown> = layerSchema.parse({ layer: layer.layer, ...Object.fromEntries(required) });
  // A pool strides by its own size, whatever that is.
  if ("poolSize" in layer) silent["strides"] = layer.poolSize;
  const other = (name: string) => name !== "from" && JSON.stringify(given[name]) !== JSON.stringify(silent[name]);
  return { required, optional: Object.entries(layer).filter(([name]) => !names.includes(name) && other(name)) };
}

/** The settings of an optimizer that are not Keras' own. */
export function settings(optimizer: Optimizer): [string, number | boolean][] {
  const silent: Record<string, unknown> = { ...COMMON_OPTIMIZER, ...OPTIMIZER_DEFAULTS[optimizer.name] };
  return Object.entries(optimizer).filter(
    (entry): entry is [string, number | boolean] =>
      !["name", "learningRate", "decay"].includes(entry[0]) && entry[1] !== silent[entry[0]],
  );
}

export const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const initialiserForm = (init: Initialiser): [string, number] | string =>
  typeof init === "string" ? init : (Object.entries(init)[0] as [string, number]);

/** A pair of equal numbers as one. */
export const compact = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 2 && value[0] === value[1] ? value[0] : value;

/** The layers as lines, marked; of a long network only those that changed. */
export function layerLines(facts: Facts, comment: string, line: (layer: Layer, i: number) => string): string[] {
  const marked = (i: number) => {
    const fields = facts.marks.get(i);
    return fields ? `  ${comment} ${fields.length > 0 ? "changed" : "new"}` : "";
  };
  const lines = facts.layers.map((layer, i) => ({
    text: line(layer, i) + marked(i),
    shown: facts.layers.length <= 12 || facts.marks.has(i),
  }));
  return lines.filter(({ shown }) => shown).map(({ text }) => text);
}

/** The rate of an epoch as an expression that Python and JavaScript share, but for the functions' home. */
export function rateOf({ plan }: Facts, math: "math" | "Math"): string | undefined {
  const { schedule, optimizer, epochs } = plan.training;
  const rate = optimizer.learningRate;
  const PI = math === "math" ? "math.pi" : "Math.PI";
  const least = math === "math" ? "min" : "Math.min";
  const floor = math === "math" ? (n: number) => `epoch // ${n}` : (n: number) => `Math.floor(epoch / ${n})`;
  const cosine = (epoch: string, length: number) => `${rate} * 0.5 * (1 + ${math}.cos(${PI} * ${epoch} / ${length}))`;
  switch (schedule?.name) {
    case "exponential":
      return `${rate} * ${schedule.factor} ** epoch`;
    case "step":
      return `${rate} * ${schedule.factor} ** (${floor(schedule.every)})`;
    case "cosine":
      return cosine("epoch", epochs);
    case "cosineRestarts":
      return cosine(`(epoch % ${schedule.every})`, schedule.every);
    case "warmup":
      return `${rate} * ${least}(1, (epoch + 1) / ${schedule.epochs})`;
    case "oneCycle": {
      const up = Math.max(1, Math.round(0.3 * epochs));
      return `${rate} * ${least}((epoch + 1) / ${up}, (${epochs} - epoch) / ${Math.max(1, epochs - up)})`;
    }
    default:
      return undefined;
  }
}
