/** Translates the names that people know (Keras, TensorFlow.js, common short forms) into ours. Silence stays silent. */

import { isObject } from "../json.ts";
import { ACTIVATIONS, ALIASES, LAYERS } from "./names.ts";
import { below, fieldsOf, meant, namesOf, type Option, root } from "./vocabulary.ts";

export const fold = (word: string) => word.toLowerCase().replace(/[^a-z0-9]/g, "");

// A plan may hold a million words, and is to be read within a second.
const OURS = Map.groupBy(ALIASES, ([other]) => other);
const folded = new Map<string, string>();
function foldedName(name: string): string {
  const known = folded.get(name) ?? fold(name);
  folded.set(name, known);
  return known;
}

/** The one of `names`, which are ours, that `word` means. */
export function ours(word: string, names: readonly string[]): string | undefined {
  if (names.length === 0 || names.includes(word)) return names.length === 0 ? undefined : word;
  const plain = fold(word);
  const same = names.find((name) => foldedName(name) === plain);
  const alias = OURS.get(plain)?.find(([, name]) => typeof name === "string" && names.includes(name));
  return same ?? (alias?.[1] as string | undefined);
}

/** A word and the names of ours that it may stand for, wherever they are possible. */
export const known = (word: string): string[] => [
  word,
  ...ALIASES.flatMap(([other, name]) => (other === fold(word) && typeof name === "string" ? name : [])),
];

/** The other words for these names. */
export const otherNames = (names: readonly string[]): string[] =>
  ALIASES.flatMap(([other, name]) => (typeof name === "string" && names.includes(name) ? other : []));

function text(word: string, options: Option[]): unknown {
  if (options.every((option) => !option.enum && !option.const && !option.properties)) return word;
  const found = ours(word, namesOf(options));
  if (found !== undefined) return found;
  // { "name": … } in short: the name alone.
  const name = ours(word, namesOf(below(options, undefined, "name")));
  if (name !== undefined) return { name };
  const fields = fieldsOf(options);
  const form = ALIASES.find(
    ([other, value]) => other === fold(word) && isObject(value) && fields.includes(Object.keys(value)[0]),
  );
  return form ? { ...(form[1] as Record<string, number>) } : word;
}

function object(given: Record<string, unknown>, options: Option[]): Record<string, unknown> {
  const fields = fieldsOf(options);
  // Without a prototype: a field called "__proto__" is a field like any other.
  const renamed: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(given)) {
    const name = ours(key, fields) ?? key;
    // A field given twice keeps its other name, which the schema refuses.
    const twice = name !== key && (Object.hasOwn(given, name) || Object.hasOwn(renamed, name));
    renamed[twice ? key : name] = value;
  }
  // The fixed words first: they say which fields there are.
  const kinds = options.flatMap((option) =>
    Object.keys(option.properties ?? {}).filter((key) => option.properties![key].const),
  );
  for (const key of new Set(kinds))
    if (typeof renamed[key] === "string") renamed[key] = text(renamed[key], below(options, undefined, key));
  const narrowed = [...meant(options, renamed), ...options.filter((option) => !option.properties)];
  for (const [key, value] of Object.entries(renamed)) renamed[key] = walk(value, below(narrowed, renamed, key));
  return { ...renamed };
}

function walk(value: unknown, options: Option[]): unknown {
  if (typeof value === "string") return text(value, options);
  if (Array.isArray(value)) {
    const each = options.some(({ prefixItems }) => prefixItems) ? null : below(options, value, 0);
    return value.map((item, i) => walk(item, each ?? below(options, value, i)));
  }
  return isObject(value) ? object(value, options) : value;
}

/** A layer that Keras has for an activation alone: { "layer": "ReLU" }. */
function activationLayer(layer: unknown): unknown {
  if (!isObject(layer) || typeof layer.layer !== "string" || ours(layer.layer, LAYERS)) return layer;
  const activation = ours(layer.layer, ACTIVATIONS);
  return activation ? { ...layer, layer: "activation", activation } : layer;
}

/** Keras' validation_split, which takes the last rows: moved to where a plan has it. */
function validationSplit(plan: Record<string, unknown>): Record<string, unknown> {
  for (const part of ["training", "data"]) {
    const section = plan[part];
    const key = isObject(section) && Object.keys(section).find((name) => fold(name) === "validationsplit");
    if (!key || !isObject(plan.data) || "validation" in plan.data) continue;
    const { [key]: fraction, ...rest } = section;
    const moved = { ...plan, [part]: rest };
    return { ...moved, data: { ...(moved.data as object), validation: { fraction, split: "tail" } } };
  }
  return plan;
}

/** What Keras has in another form: layers that are only an activation, a list of metrics, validation_split. */
function habits(given: Record<string, unknown>): Record<string, unknown> {
  const plan = validationSplit({ ...given });
  if (Array.isArray(plan.network)) plan.network = plan.network.map(activationLayer);
  if (Array.isArray(plan.metrics) && plan.metrics.length === 1) plan.metrics = plan.metrics[0];
  return plan;
}

/** The user's plan in our words. What is not understood stays as it is, for the schema to refuse. */
export function normalise(value: unknown): unknown {
  return isObject(value) ? object(habits(value), root()) : value;
}
