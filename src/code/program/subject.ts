/** What a whole program is made from: the plan with its open ends decided, and what its data turned out to be. */

import type { Layer } from "../../plan/layers.ts";
import type { Plan, Source } from "../../plan/plan.ts";
import type { Facts } from "../snippets/facts.ts";

export const FRAMEWORKS = ["keras", "pytorch"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

export type Subject = {
  /** Loss and metric are decided; its paths are as the program is to find them. */
  plan: Plan;
  seed: number;
  /** The names of the columns that the network sees, encoded ones as column=value; [] for images. */
  features: readonly string[];
  target: readonly string[];
  /** What the target holds: names, numbers of classes, one column for each class, or numbers. */
  encoding: "text" | "integer" | "oneHot" | "numbers";
  /** What names stand for, in the order of their numbers. */
  classes: readonly string[];
  /** Of one row. */
  shape: readonly number[];
  /** Of every layer: what it is called, where it takes from (−1: the data), and the shapes before and after it. */
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

/** As the code of single changes wants it; nothing is marked as changed. */
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
