/** Looks things up in a plan and names its layers. */

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

/** What each layer is called: the name that the user gave it, or its kind and its number among those of its kind, from 1: "dense_2". */
export function layerNames(layers: readonly { layer: string; name?: string }[]): string[] {
  const taken = new Set(layers.map(({ name }) => name));
  const counts = new Map<string, number>();
  return layers.map(({ layer, name }) => {
    let n = (counts.get(layer) ?? 0) + 1;
    // Keras numbers from 0, so a name that it made may be one of ours.
    while (name === undefined && taken.has(`${layer}_${n}`)) n++;
    counts.set(layer, n);
    return name ?? `${layer}_${n}`;
  });
}

/** What one layer is called. */
export function layerName({ network }: Plan, i: number): string {
  const name = typeof network === "string" ? undefined : layerNames(network)[i];
  if (name === undefined) throw new Error(`the plan has no layer ${i}`);
  return name;
}

/** The files that layers of a plan start from. */
export function weightFiles({ network }: Plan): string[] {
  const layers = typeof network === "string" ? [] : network;
  const own = layers.map((layer) => ("of" in layer ? layer.of : layer));
  const files = own.flatMap((layer) => ("weights" in layer && layer.weights !== undefined ? [layer.weights] : []));
  return [...new Set(files)].sort();
}
