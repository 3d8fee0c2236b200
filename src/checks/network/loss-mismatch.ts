/** The loss does not go with the task. */
import { defineCheck } from "../check.ts";
import { lossOf, outputActivation, outputUnits } from "../facts.ts";
import { lossMismatch } from "./output-table.ts";

export const lossMismatchCheck = defineCheck({
  id: "loss-mismatch",
  title: "The loss does not fit the task",
  needs: ["plan", "task"],
  also: ["start"],
  detect({ plan, task, start }) {
    const units = outputUnits(plan, start);
    const loss = lossOf(plan, task, units);
    const found = lossMismatch(task, outputActivation(plan), loss, units);
    return found && { strength: found.strength, says: found.says, values: { kind: found.kind, loss: loss.name } };
  },
});
