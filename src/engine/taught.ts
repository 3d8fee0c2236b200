/** Teacher forcing: a decoder that is given the target shifted by one step must not see the tokens that it is to predict. */

import type { Layer } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import { type ResolvedLayer, TARGET } from "./resolved-network.ts";

// What they give at a step depends on that step alone.
const STEP_BY_STEP: readonly Layer["layer"][] = [
  "dense",
  "dropout",
  "gaussianNoise",
  "activation",
  "batchNormalization",
  "layerNormalization",
  "timeDistributed",
  "add",
  "concatenate",
];

/** Whether the network reads the target; refuses one in which a step would see later tokens. */
export function isTaught(layers: readonly ResolvedLayer[]): boolean {
  const taught = new Set([TARGET]);
  for (const resolved of layers) {
    if (!resolved.inputs.some((at) => taught.has(at))) continue;
    taught.add(resolved.index);
    if (!keepsOrder(resolved, taught))
      throw new UserError(
        `layer ${resolved.layer.layer} would see the tokens that it is to predict.`,
        'After "target" use an embedding, layers that work step by step, recurrent layers with returnSequences, or causal attention.',
        `network[${resolved.index}]`,
      );
  }
  return taught.size > 1;
}

function keepsOrder({ layer, inputs, befores }: ResolvedLayer, taught: ReadonlySet<number>): boolean {
  if (layer.layer === "embedding") return true;
  if (befores.some((shape, i) => taught.has(inputs[i]) && shape.length < 2)) return false;
  if (layer.layer === "simpleRNN" || layer.layer === "lstm" || layer.layer === "gru") return layer.returnSequences;
  if (layer.layer === "multiHeadAttention") return layer.causal || (inputs.length > 1 && !taught.has(inputs[1]));
  return STEP_BY_STEP.includes(layer.layer);
}
