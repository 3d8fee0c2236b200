/** Every row is seen a few times only. */
import { defineCheck } from "../check.ts";
import { count, logRamp } from "../words.ts";

const [NONE, FULL] = [8, 1];

export const fewEpochs = defineCheck({
  id: "few-epochs",
  title: "Few epochs",
  thresholds: [{ of: "epochs", value: [NONE, FULL], origin: "by hand", source: "Keras' own default is 1" }],
  needs: ["training.epochs"],
  detect({ training }) {
    const strength = logRamp(Math.max(1, training.epochs), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `Training lasts only ${count(training.epochs, "epoch")}.`,
      values: { epochs: training.epochs },
    };
  },
});
