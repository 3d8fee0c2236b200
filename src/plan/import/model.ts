/** What a model file is to a plan: its layers as a user would write them, and what it says about training. */

import { value as shortened } from "../../text.ts";
import { UserError } from "../../user-error.ts";

type Fields = Record<string, unknown>;

export type Imported = {
  layers: Fields[];
  /** `loss`, `optimizer`, `clipNorm` and `averageWeights`, where the file has them. */
  training: Fields;
  /** The shape of one row of the data, channels last; null where a size is open. Absent: the file does not have it. */
  input?: (number | null)[];
  /** Rows are divided by this before they reach the first layer. */
  divideBy?: number;
  /** Layers can start from the weights in it. */
  weights?: true;
  /** What was understood in another way than it is written, one sentence each. */
  notes: string[];
};

/** One layer of a model, which layers ("input": the data) it takes from, and, of Keras, what it keeps in files of weights. */
export type Piece = { name: string; fields: Fields; from: string[]; kept?: readonly Variable[] };

/** A weight under the name that a plan has for it; `own` is Keras' name; `at` its place in a .keras file, `group` the outermost layer that holds it. */
export type Variable = { weight: string; own: string; at: string; group: string; trained: boolean };

/** What a plan has no words for, by the layer's own name and class. */
export const unsupported = (name: string, kind: string, what = "is not supported"): UserError =>
  new UserError(
    `layer ${shortened(name)} (${shortened(kind)}) ${what}.`,
    "Replace it in the model, or write the layers as a list in the plan.",
  );

// The deepest published networks have some 1,000 layers, and ten times as many operations.
const MOST_LAYERS = 3000;

/** Refuses what is no network that anybody trains, before it takes hours to read. */
export function refuseMany(layers: number, each = 1, place?: string): void {
  const most = MOST_LAYERS * each;
  if (layers > most)
    throw new UserError(
      `the network has more than ${most.toLocaleString("en-US")} ${each > 1 ? "operations" : "layers"}.`,
      "Give a smaller network.",
      place,
    );
}

/** The shortest number that is the same in single precision: 0.001 for 0.0010000000474974513. */
export function shortest(value: number): number {
  if (!Number.isFinite(value) || Math.fround(value) !== value) return value;
  for (let digits = 1; digits < 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}
