/** The outputs pass a softmax twice: in the network and again in the loss, or in two network. */
import { defineCheck, unknown } from "../check.ts";
import { activationsAfter, isCrossEntropy, outputActivation, outputIndex } from "../facts.ts";

export const softmaxTwice = defineCheck({
  id: "softmax-twice",
  title: "The outputs are squashed twice",
  plain: true,
  thresholds: [{ of: "squashings one after the other", value: 2, origin: "exact", source: "the plan says so" }],
  needs: ["network"],
  also: ["training.loss.name", "training.loss.fromLogits"],
  detect({ network, training }) {
    const { name, fromLogits } = training?.loss ?? {};
    const last = outputActivation(network);
    const squashes = (activation: string) => activation === "softmax" || activation === "sigmoid";
    if (name && isCrossEntropy(name) && fromLogits && squashes(last))
      return {
        strength: 1,
        says: `${last === "softmax" ? "Softmax" : "Sigmoid"} is applied twice: in the last layer and again in the loss, which expects logits.`,
        values: { kind: "loss", activation: last },
      };
    const chain = activationsAfter(network, outputIndex(network)).filter((one) => squashes(one.activation));
    if (chain.length === 0) return;
    if (chain.length < 2)
      return name === undefined || fromLogits === undefined
        ? unknown("training.loss.name", "training.loss.fromLogits")
        : undefined;
    return {
      strength: 1,
      says: `The output has two activations in sequence: ${chain.map((one) => one.activation).join(", then ")}.`,
      values: { kind: "layers", activation: last },
    };
  },
});
