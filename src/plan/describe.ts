/** Looks things up in a plan and names its layers. */

import { count, snake } from "../words.ts";
import { traitsOf } from "./layer-traits.ts";
import type { Plan } from "./plan.ts";
import { parsed } from "./vocabulary.ts";

/** What stands at a path such as "network[2].activation"; undefined: nothing. */
export function at(plan: Plan | Record<string, unknown>, path: string): unknown {
  let value: unknown = plan;
  for (const key of parsed(path)) value = (value as Record<string | number, unknown> | null | undefined)?.[key];
  return value;
}

/** The inputs are numbers of tokens, for an embedding to look up: their size means nothing. */
export function readsTokens({ data, network }: Plan): boolean {
  const layers = typeof network === "string" ? [] : network;
  const first = ({ from }: (typeof layers)[number], i: number) => (from ? from.includes("input") : i === 0);
  return data.task === "sequence" || layers.some((layer, i) => layer.layer === "embedding" && first(layer, i));
}

type Named = { layer: string; name?: string; of?: Named };

/**
 * What each layer is called: the name that the user gave it, or the one that Keras gives it in a fresh model, where the first of a kind has no
 * number: dense, dense_1. A layer within another takes a name of its kind as well.
 */
export function layerNames(layers: readonly Named[]): string[] {
  const taken = new Set(layers.flatMap(({ name }) => name ?? []));
  const counts = new Map<string, number>();
  const next = (kind: string): string => {
    const [name, n] = [snake(kind), counts.get(kind) ?? 0];
    counts.set(kind, n + 1);
    return n === 0 ? name : `${name}_${n}`;
  };
  return layers.map(({ layer, name, of }) => {
    if (of && of.name === undefined) next(of.layer);
    let own = name ?? next(layer);
    // Keras would refuse the model: it names without a look at the names that are given.
    while (name === undefined && taken.has(own)) own = next(layer);
    const { holds } = traitsOf(layer);
    if (holds) next(holds);
    return own;
  });
}

type Sized = Named & { units?: number; filters?: number; of?: Sized };

/** A layer in a sentence: its place from 1, its name, and its size where it has one: "layer 2, dense_1 (3 units)". */
export function layerPhrase(layers: readonly Sized[], i: number): string {
  const { units, filters } = layers[i].of ?? layers[i];
  const size = units !== undefined ? count(units, "unit") : filters !== undefined ? count(filters, "filter") : "";
  return `layer ${i + 1}, ${layerNames(layers)[i]}${size && ` (${size})`}`;
}

/** The files that layers of a plan start from. */
export function weightFiles({ network }: Plan): string[] {
  const layers = typeof network === "string" ? [] : network;
  const own = layers.map((layer) => ("of" in layer ? layer.of : layer));
  const files = own.flatMap((layer) => ("weights" in layer && layer.weights !== undefined ? [layer.weights] : []));
  return [...new Set(files)].sort();
}
