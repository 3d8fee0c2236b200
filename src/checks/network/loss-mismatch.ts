/** The loss does not match the task. */
import { defineCheck } from "../check.ts";
import { outputActivation, outputUnits } from "../facts.ts";
import { LOSS_STRENGTHS, lossMismatch } from "./output-table.ts";

export const lossMismatchCheck = defineCheck({
  id: "loss-mismatch",
  title: "The loss does not match the task",
  plain: true,
  thresholds: [
    {
      of: "strength by kind",
      value: LOSS_STRENGTHS,
      origin: "by hand",
      source: "1: cannot learn; 0.4 to 0.9: learns badly; 0.25: unusual, but works",
    },
  ],
  needs: ["network", "training.loss.name", "task"],
  also: ["start.layers"],
  detect({ network, training: { loss }, task, start }) {
    const found = lossMismatch(task, outputActivation(network), loss.name, outputUnits({ network, task, start }));
    return found && { strength: found.strength, says: found.says, values: { kind: found.kind, loss: loss.name } };
  },
});
