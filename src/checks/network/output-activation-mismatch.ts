/** The output activation does not go with the task or the loss. */
import { defineCheck } from "../check.ts";
import {
  clippedLogits,
  layersOf,
  lossOf,
  nameOf,
  outputActivation,
  outputActivationIndex,
  outputUnits,
} from "../facts.ts";
import { ACTIVATION_STRENGTHS, activationMismatch } from "./output-table.ts";

export const outputActivationMismatch = defineCheck({
  id: "output-activation-mismatch",
  title: "The output activation does not fit",
  plain: true,
  thresholds: [
    {
      of: "strength by kind",
      value: ACTIVATION_STRENGTHS,
      origin: "by hand",
      source: "1 cannot learn, 0.4 to 0.9 learns badly",
    },
  ],
  needs: ["plan", "task"],
  also: ["start"],
  detect({ plan, task, start }) {
    if (layersOf(plan).length === 0) return { missing: ["a network that is written out"] };
    const units = outputUnits(plan, start);
    const activation = outputActivation(plan);
    const found = activationMismatch(task, activation, lossOf(plan, task, units), units);
    const [clipped] = clippedLogits(plan);
    if (!found && clipped)
      return {
        strength: ACTIVATION_STRENGTHS["relu-logits"],
        says: `The outputs pass ${clipped.activation} and then ${activation}, so nothing speaks against a class.`,
        where: [nameOf(plan, clipped.index)],
        values: { kind: "relu-logits", activation, units: units ?? 0 },
      };
    if (!found) return;
    return {
      strength: found.strength,
      says: found.says,
      where: [nameOf(plan, outputActivationIndex(plan))],
      values: { kind: found.kind, activation, units: units ?? 0 },
    };
  },
});
