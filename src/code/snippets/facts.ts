/** What the code of every framework is made from: the new plan, which of its layers are new or changed, and helpers for values. */

import type { Change } from "../../plan/edit.ts";
import type { Initialiser, Layer } from "../../plan/layers.ts";
import { COMMON_OPTIMIZER, OPTIMIZER_DEFAULTS } from "../../plan/names.ts";
import type { Optimizer, Plan } from "../../plan/plan.ts";
import { parsed } from "../../plan/vocabulary.ts";

export type Facts = {
  plan: Plan;
  images: boolean;
  layers: Layer[];
  /** By the number of the layer in the new plan: the fields that changed, or an empty list for a new layer. */
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

// The path of a changed layer has its number in the old plan, that of a new layer its number in the new plan.
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

/** The settings of an optimizer that differ from Keras' defaults. */
export function settings(optimizer: Optimizer): [string, number | boolean][] {
  const silent: Record<string, unknown> = { ...COMMON_OPTIMIZER, ...OPTIMIZER_DEFAULTS[optimizer.name] };
  return Object.entries(optimizer).filter(
    (entry): entry is [string, number | boolean] =>
      !["name", "learningRate", "decay"].includes(entry[0]) && entry[1] !== silent[entry[0]],
  );
}

export const initialiserForm = (init: Initialiser): [string, number] | string =>
  typeof init === "string" ? init : (Object.entries(init)[0] as [string, number]);

/** One line for each layer, new and changed ones marked; of a long network only those. */
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

/** The learning rate of an epoch as an expression that is valid in Python and in JavaScript; `math` is the module of its functions. */
export function learningRateOf({ plan }: Facts, math: "math" | "Math"): string | undefined {
  const { schedule, optimizer, epochs } = plan.training;
  const { learningRate } = optimizer;
  const PI = math === "math" ? "math.pi" : "Math.PI";
  const least = math === "math" ? "min" : "Math.min";
  const floor = math === "math" ? (n: number) => `epoch // ${n}` : (n: number) => `Math.floor(epoch / ${n})`;
  const cosine = (epoch: string, length: number) =>
    `${learningRate} * 0.5 * (1 + ${math}.cos(${PI} * ${epoch} / ${length}))`;
  switch (schedule?.name) {
    case "exponential":
      return `${learningRate} * ${schedule.factor} ** epoch`;
    case "step":
      return `${learningRate} * ${schedule.factor} ** (${floor(schedule.every)})`;
    case "cosine":
      return cosine("epoch", epochs);
    case "cosineRestarts":
      return cosine(`(epoch % ${schedule.every})`, schedule.every);
    case "warmup":
      return `${learningRate} * ${least}(1, (epoch + 1) / ${schedule.epochs})`;
    case "oneCycle": {
      const up = Math.max(1, Math.round(0.3 * epochs));
      return `${learningRate} * ${least}((epoch + 1) / ${up}, (${epochs} - epoch) / ${Math.max(1, epochs - up)})`;
    }
    default:
      return undefined;
  }
}
