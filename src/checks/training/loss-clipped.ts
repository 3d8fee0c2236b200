/** The loss is the share of wrong rows times −ln(1e−7): the outputs are saturated at 0 and 1, and clipped. */
import { defineCheck, unknown } from "../check.ts";
import { isCrossEntropy } from "../facts.ts";
import { number, percent } from "../words.ts";

const CLIPPED = -Math.log(1e-7);
const [NEAR, FEW_WRONG] = [0.02, 0.97];

export const lossClipped = defineCheck({
  id: "loss-clipped",
  title: "Outputs are saturated and clipped",
  thresholds: [
    {
      of: "loss of a row that is predicted wrongly",
      value: CLIPPED,
      origin: "published",
      source: "Keras clips probabilities at epsilon 1e−7 before the logarithm",
    },
    {
      of: "relative distance from the share of wrong rows times that",
      value: NEAR,
      origin: "derived",
      source: "the match is exact except for rows in between",
    },
    {
      of: "accuracy above which too few rows are wrong to decide",
      value: FEW_WRONG,
      origin: "by hand",
      source: "three wrong rows in a hundred can match by chance",
    },
  ],
  needs: ["epochs", "training.loss.name", "metric"],
  detect({ epochs, training, metric }) {
    const last = epochs.at(-1);
    if (!last || metric.name !== "accuracy") return unknown("the accuracy of each epoch");
    if (!isCrossEntropy(training.loss.name)) return;
    const parts = (["train", "validation"] as const).flatMap((part) => {
      const { loss, score } = last[part] ?? {};
      return loss !== undefined && score !== undefined ? [{ part, loss, score }] : [];
    });
    if (parts.length === 0) return unknown("the accuracy of each epoch");
    for (const { part, loss, score } of parts) {
      const expected = (1 - score) * CLIPPED;
      if (score > FEW_WRONG || !(loss > 1) || Math.abs(loss - expected) > NEAR * expected) continue;
      return {
        strength: 1,
        says: `The ${part === "train" ? "training" : part} loss is ${number(loss)}, which is 16.1 times the share of wrong rows (${percent(1 - score)}): the outputs are saturated at 0 and 1, and the loss clips them.`,
        values: { loss, wrong: 1 - score },
      };
    }
  },
});
