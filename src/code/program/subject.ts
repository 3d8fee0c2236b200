/** What a whole program is made from: the plan with loss and metric decided, and the facts of its data. */

import type { Layer } from "../../plan/layers.ts";
import type { Plan, Source } from "../../plan/plan.ts";
import type { Facts } from "../snippets/facts.ts";

export const FRAMEWORKS = ["keras", "pytorch"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export type Subject = {
  /** Loss and metric are decided; its paths are relative to the program. */
  plan: Plan;
  seed: number;
  /** The names of the input columns of the network; one-hot columns are named column=value; [] for images. */
  features: readonly string[];
  target: readonly string[];
  /** What the target holds: names, numbers of classes, one column for each class, or numbers. */
  encoding: "text" | "integer" | "oneHot" | "numbers";
  /** The names of the classes, in the order of their numbers. */
  classes: readonly string[];
  /** Of one row. */
  shape: readonly number[];
  /** Of every layer: its name, the layers it takes its inputs from (−1: the data), and the shapes before and after it. */
  layers: readonly {
    name: string;
    layer: Layer;
    inputs: readonly number[];
    befores: readonly (readonly number[])[];
    shape: readonly number[];
  }[];
};

/** Rows with the shape of pictures whose classes have names: no table, and none of the files that hold numbers of classes. */
export const isPictures = ({ plan, shape, features, encoding }: Subject): boolean =>
  typeof plan.data.source === "string" && shape.length === 3 && features.length === 0 && encoding === "text";

/** The facts that the snippets are made from; no layer is marked as changed. */
export function factsOf(subject: Subject): Facts {
  const { plan, layers } = subject;
  const images = typeof plan.data.source !== "string" || isPictures(subject);
  return { plan, images, layers: layers.map(({ layer }) => layer), marks: new Map() };
}

export const units = ({ layers }: Subject): number => layers.at(-1)!.shape.reduce((n, side) => n * side, 1);

export const sources = ({ plan: { data } }: Subject): Source[] => [
  data.source,
  ...[data.validation, data.test].flatMap((part) => (part && "source" in part ? [part.source] : [])),
];
