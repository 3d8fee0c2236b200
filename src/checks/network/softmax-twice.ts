/** Softmax or sigmoid is applied twice: in the network and again in the loss, or in two layers. */
import { defineCheck, unknown } from "../check.ts";
import { activationsAfter, isCrossEntropy, outputActivation, outputIndex } from "../facts.ts";
import { capital } from "../words.ts";

export const softmaxTwice = defineCheck({
  id: "softmax-twice",
  title: "Softmax or sigmoid is applied twice",
  plain: true,
  thresholds: [
    {
      of: "softmax or sigmoid activations in succession",
      value: 2,
      origin: "exact",
      source: "it is applied twice, or not",
    },
  ],
  needs: ["network"],
  also: ["training.loss.name", "training.loss.fromLogits"],
  detect({ network, training }) {
    const { name, fromLogits } = training?.loss ?? {};
    const last = outputActivation(network);
    const bounds = (activation: string) => activation === "softmax" || activation === "sigmoid";
    if (name && isCrossEntropy(name) && fromLogits && bounds(last))
      return {
        strength: 1,
        says: `${capital(last)} is applied twice: in the last layer and again in the loss, which expects logits.`,
        values: { kind: "loss", activation: last },
      };
    const chain = activationsAfter(network, outputIndex(network)).filter((one) => bounds(one.activation));
    if (chain.length === 0) return;
    if (chain.length < 2)
      return name === undefined || fromLogits === undefined
        ? unknown("training.loss.name", "training.loss.fromLogits")
        : undefined;
    return {
      strength: 1,
      says: `The outputs pass through ${chain.map((one) => one.activation).join(" and then ")}, so they hardly vary.`,
      values: { kind: "layers", activation: last },
    };
  },
});
