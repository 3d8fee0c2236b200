/** Activations, initialisers and penalties as Keras and TensorFlow.js write them, in a plan's words. */

import { isObject } from "../../json.ts";
import { ours } from "../aliases.ts";
import { ACTIVATIONS, INITIALISERS } from "../names.ts";

import { shortest, unsupported } from "./model.ts";

/** A layer of a Keras configuration: what it is called, what it is, and what it was given. */
export type Given = { name: string; kind: string; config: Record<string, unknown>; notes: string[] };

/** The name of something that is written as a word or as an object with a class. */
export function nameOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!isObject(value)) return undefined;
  const { class_name: kind, config } = value;
  // Keras 3 writes a function as { class_name: "function", config: its name }.
  if (kind === "function" && typeof config === "string") return config;
  return typeof kind === "string" ? kind : undefined;
}

const configOf = (value: unknown): Record<string, unknown> =>
  isObject(value) && isObject(value["config"]) ? value["config"] : {};

export function activation({ name, kind, notes }: Given, value: unknown): string {
  if (value === null || value === undefined) return "linear";
  const word = nameOf(value);
  const found = word && ours(word, ACTIVATIONS);
  if (!found)
    throw unsupported(name, kind, `has the activation ${word ?? JSON.stringify(value)}, which is not supported`);
  const slope = configOf(value)["negative_slope"] ?? configOf(value)["alpha"];
  if (found === "leakyRelu" && typeof slope === "number") leaking(slope, name, kind, notes);
  return found;
}

// The one slope that a plan has; 0.3 and 0.01, which Keras' layer and PyTorch take, train alike.
const SLOPE = 0.2;

export function leaking(slope: number, name: string, kind: string, notes: string[]): void {
  if (shortest(slope) !== SLOPE)
    notes.push(`Layer ${name} (${kind}) has the negative slope ${shortest(slope)}; ${SLOPE} is used here.`);
}

type Scaling = [family: string, mode: string, scale: number];
const SCALINGS: Scaling[] = [
  ["glorot", "fan_avg", 1],
  ["he", "fan_in", 2],
  ["lecun", "fan_in", 1],
];

function varianceScaling({ scale, mode, distribution }: Record<string, unknown>): string | undefined {
  const uniform = distribution === "uniform";
  const family = SCALINGS.find(([, fans, by]) => fans === fold(mode) && by === scale)?.[0];
  return family && `${family}${uniform ? "Uniform" : "Normal"}`;
}

// TensorFlow.js writes fanAvg.
const fold = (mode: unknown) => String(mode).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Numbers = Record<string, unknown>;
/** What an initialiser of numbers makes of its configuration; undefined: a plan has no word for it. */
const WITH_NUMBERS = new Map<string, (config: Numbers) => object | string | undefined>(
  Object.entries({
    constant: ({ value = 0 }) => (typeof value === "number" ? { constant: value } : undefined),
    randomnormal: ({ mean = 0, stddev = 0.05 }) => (mean === 0 ? { normal: stddev } : undefined),
    truncatednormal: ({ mean = 0, stddev = 0.05 }) => (mean === 0 ? { truncatedNormal: stddev } : undefined),
    randomuniform: ({ minval = -0.05, maxval = 0.05 }) =>
      typeof minval === "number" && -minval === maxval ? { uniform: maxval } : undefined,
    variancescaling: varianceScaling,
    orthogonal: ({ gain = 1 }) => (gain === 1 ? "orthogonal" : undefined),
  }),
);

export function initialiser({ name, kind }: Given, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  const word = nameOf(value) ?? "";
  const folded = word.toLowerCase().replace(/[^a-z]/g, "");
  const withNumbers = WITH_NUMBERS.get(folded);
  const made = withNumbers ? withNumbers(configOf(value)) : ours(word, INITIALISERS);
  if (made === undefined)
    throw unsupported(
      name,
      kind,
      `has the initialiser ${word || JSON.stringify(value)} in a form that is not supported`,
    );
  return made;
}

/** `l1` and `l2` of a regularizer. */
export function penalties({ name, kind }: Given, value: unknown): { l1?: number; l2?: number } {
  if (value === null || value === undefined) return {};
  const word = nameOf(value) ?? "";
  const config = configOf(value);
  if (!/^l1_?l2$|^l1$|^l2$/i.test(word))
    throw unsupported(name, kind, `has the regularizer ${word}, which is not supported`);
  // Keras' words "l1" and "l2" alone mean 0.01 each.
  const bare = typeof value === "string" ? 0.01 : undefined;
  const of = (letter: "l1" | "l2") => {
    const amount = config[letter] ?? (word.toLowerCase().includes(letter) ? bare : undefined);
    return typeof amount === "number" && amount > 0 ? { [letter]: shortest(amount) } : {};
  };
  return { ...of("l1"), ...of("l2") };
}
