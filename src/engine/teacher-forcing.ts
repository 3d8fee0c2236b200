/** Teacher forcing: a decoder that is given the target shifted by one step must not read the tokens that it is to predict. */

import { traitsOf } from "../plan/layer-traits.ts";
import { UserError } from "../user-error.ts";
import { type ResolvedLayer, TARGET } from "./resolved-network.ts";

/** Whether the network reads the target; a network in which a step would read later tokens is refused. */
export function isTeacherForced(layers: readonly ResolvedLayer[]): boolean {
  const teacherForced = new Set([TARGET]);
  for (const resolved of layers) {
    if (!resolved.inputs.some((at) => teacherForced.has(at))) continue;
    teacherForced.add(resolved.index);
    if (!keepsOrder(resolved, teacherForced))
      throw new UserError(
        `layer ${resolved.layer.layer} would read the tokens that it is to predict.`,
        'After "target" use an embedding, layers that work step by step, recurrent layers with returnSequences, or causal attention.',
        `network[${resolved.index}]`,
      );
  }
  return teacherForced.size > 1;
}

function keepsOrder({ layer, inputs, befores }: ResolvedLayer, teacherForced: ReadonlySet<number>): boolean {
  if (layer.layer === "embedding") return true;
  if (befores.some((shape, i) => teacherForced.has(inputs[i]) && shape.length < 2)) return false;
  if ("returnSequences" in layer) return layer.returnSequences;
  if (layer.layer === "multiHeadAttention") return layer.causal || (inputs.length > 1 && !teacherForced.has(inputs[1]));
  return traitsOf(layer.layer).stepwise === true;
}
