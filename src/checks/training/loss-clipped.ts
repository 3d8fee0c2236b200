/** The loss is the share of wrong rows times −ln(1e−7): outputs saturated to 0 and 1, clipped. */
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
  needs: ["epochs", "training.loss.name", "metric"],
  detect({ epochs, training, metric }) {
    const last = epochs.at(-1);
    if (!last || metric.name !== "accuracy") return unknown("an accuracy by epoch");
    if (!isCrossEntropy(training.loss.name)) return;
    const parts = [last.train, last.validation].flatMap((part) =>
      part?.loss !== undefined && part.score !== undefined ? [{ loss: part.loss, score: part.score }] : [],
    );
    if (parts.length === 0) return unknown("an accuracy by epoch");
    for (const { loss, score } of parts) {
      const expected = (1 - score) * CLIPPED;
      if (score > FEW_WRONG || !(loss > 1) || Math.abs(loss - expected) > NEAR * expected) continue;
      return {
        strength: 1,
        says: `The loss of ${number(loss)} is that of ${percent(1 - score)} wrong predictions with probabilities of exactly 0 and 1, which are clipped (16.1 each).`,
        values: { loss, wrong: 1 - score },
      };
    }
  },
});
