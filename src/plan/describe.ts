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

/** The name that the user gave a layer, or its kind and its number among those of its kind, from 1: "dense_2". */
export function layerName(plan: Plan, i: number): string {
  const layers = typeof plan.network === "string" ? [] : plan.network;
  const layer = layers[i];
  if (!layer) throw new Error(`the plan has no layer ${i}`);
  return layer.name ?? `${layer.layer}_${layers.slice(0, i + 1).filter((other) => other.layer === layer.layer).length}`;
}
