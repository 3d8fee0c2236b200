/** The output activation does not go with the task or the loss. */
import { defineCheck } from "../check.ts";
import { layersOf, lossOf, nameOf, outputActivation, outputActivationIndex, outputUnits } from "../facts.ts";
import { activationMismatch } from "./output-table.ts";

export const outputActivationMismatch = defineCheck({
  id: "output-activation-mismatch",
  title: "The output activation does not fit",
  needs: ["plan", "task"],
  also: ["start"],
  detect({ plan, task, start }) {
    if (layersOf(plan).length === 0) return { missing: ["a network that is written out"] };
    const units = outputUnits(plan, start);
    const activation = outputActivation(plan);
    const found = activationMismatch(task, activation, lossOf(plan, task, units), units);
    if (!found) return;
    return {
      strength: found.strength,
      says: found.says,
      where: [nameOf(plan, outputActivationIndex(plan))],
      values: { kind: found.kind, activation, units: units ?? 0 },
    };
  },
});
