/** The loss is the share of wrong rows times −ln(1e−7): outputs saturated to 0 and 1, clipped. */
import { defineCheck, unknown } from "../check.ts";
import { isCrossEntropy, lossOf, outputUnits } from "../facts.ts";
import { number, percent } from "../words.ts";

const CLIPPED = -Math.log(1e-7);
const [NEAR, FEW_WRONG] = [0.02, 0.97];

export const lossClipped = defineCheck({
  id: "loss-clipped",
  title: "Outputs are saturated and clipped",
  thresholds: [
    {
      of: "loss of a row that is wrong",
      value: CLIPPED,
      origin: "published",
      source: "Keras clips probabilities at epsilon 1e−7 before the logarithm",
    },
    {
      of: "distance from share of wrong rows × that, in parts of it",
      value: NEAR,
      origin: "derived",
      source: "the agreement is exact but for rows in between",
    },
    {
      of: "score above which too few rows are wrong to tell",
      value: FEW_WRONG,
      origin: "by hand",
      source: "three wrong rows of a hundred agree by chance",
    },
  ],
  needs: ["epochs", "plan", "metric"],
  also: ["task", "start"],
  detect({ epochs, plan, metric, task, start }) {
    const last = epochs.at(-1);
    if (!last || metric.name !== "accuracy") return unknown("an accuracy by epoch");
    if (!isCrossEntropy(lossOf(plan, task, outputUnits(plan, start)).name)) return;
    const parts = [last.train, last.validation].filter((part) => part !== null);
    for (const part of parts) {
      const expected = (1 - part.score) * CLIPPED;
      if (part.score > FEW_WRONG || !(part.loss > 1) || Math.abs(part.loss - expected) > NEAR * expected) continue;
      return {
        strength: 1,
        says: `The loss of ${number(part.loss)} is ${percent(1 - part.score)} wrong rows × 16.1: outputs of exactly 0 and 1, clipped.`,
        values: { loss: part.loss, wrong: 1 - part.score },
      };
    }
  },
});
