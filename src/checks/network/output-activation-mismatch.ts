/** The output activation does not go with the task or the loss. */
import { defineCheck } from "../check.ts";
import { clippedLogits, nameOf, outputActivation, outputActivationIndex, outputUnits } from "../facts.ts";
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
  needs: ["network", "training.loss.name", "training.loss.fromLogits", "task"],
  also: ["start.layers"],
  detect({ network, training: { loss }, task, start }) {
    const units = outputUnits({ network, task, start });
    const activation = outputActivation(network);
    const found = activationMismatch(task, activation, loss, units);
    const [clipped] = clippedLogits(network);
    if (!found && clipped)
      return {
        strength: ACTIVATION_STRENGTHS["relu-logits"],
        says: `The output goes through ${clipped.activation} before ${activation}, so no logit can be negative.`,
        where: [nameOf(network, clipped.index)],
        values: { kind: "relu-logits", activation, units: units ?? 0 },
      };
    if (!found) return;
    return {
      strength: found.strength,
      says: found.says,
      where: [nameOf(network, outputActivationIndex(network))],
      values: { kind: found.kind, activation, units: units ?? 0 },
    };
  },
});
