/** The outputs pass a softmax twice: in the network and again in the loss, or in two layers. */
import { defineCheck } from "../check.ts";
import { activationsAfter, isCrossEntropy, lossOf, outputActivation, outputIndex, outputUnits } from "../facts.ts";

export const softmaxTwice = defineCheck({
  id: "softmax-twice",
  title: "The outputs are squashed twice",
  plain: true,
  thresholds: [{ of: "squashings one after the other", value: 2, origin: "exact", source: "the plan says so" }],
  needs: ["plan"],
  also: ["task", "start"],
  detect({ plan, task, start }) {
    const loss = lossOf(plan, task, outputUnits(plan, start));
    const last = outputActivation(plan);
    const squashes = (activation: string) => activation === "softmax" || activation === "sigmoid";
    if (isCrossEntropy(loss.name) && loss.fromLogits && squashes(last))
      return {
        strength: 1,
        says: `The outputs pass a ${last} in the network and another in the loss, which takes raw numbers.`,
        values: { kind: "loss", activation: last },
      };
    const chain = activationsAfter(plan, outputIndex(plan)).filter((one) => squashes(one.activation));
    if (chain.length < 2) return;
    return {
      strength: 1,
      says: `The outputs pass ${chain.map((one) => one.activation).join(" and then ")}.`,
      values: { kind: "layers", activation: last },
    };
  },
});
