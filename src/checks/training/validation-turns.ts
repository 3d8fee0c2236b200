/** Training goes on improving while validation gets worse. */

import { mean } from "../../data/statistics.ts";
import { smallest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { trainLosses } from "../scores.ts";
import { number, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.08, 0.5];

export const validationTurns = defineCheck({
  id: "validation-turns",
  title: "Validation gets worse while training improves",
  thresholds: [
    {
      of: "rise of the validation loss over its lowest, in parts of it",
      value: [NONE, FULL],
      origin: "published",
      source: "SageMaker Debugger's Overfit: 10 %; the rise must hold over the last tenth of the epochs",
    },
  ],
  needs: ["epochs"],
  detect({ epochs }) {
    if (epochs.length < 5 || epochs.some((epoch) => epoch.validation?.loss === undefined))
      return unknown("validation by epoch");
    const loss = epochs.map((epoch) => epoch.validation?.loss ?? Number.NaN);
    const train = trainLosses(epochs);
    if (train.length === 0) return unknown("training loss by epoch");
    if (![...loss, ...train].every(Number.isFinite)) return;
    const best = loss.indexOf(smallest(loss));
    const tail = Math.max(2, Math.round(loss.length / 10));
    const end = mean(loss.slice(-tail));
    const rise = (end - loss[best]) / Math.max(loss[best], 1e-12);
    if (rise <= NONE || best >= loss.length - tail || mean(train.slice(-tail)) >= train[best]) return;
    return {
      strength: ramp(rise, 0, FULL),
      says: `The validation loss is lowest after epoch ${best + 1} (${number(loss[best])}) and ${percent(rise)} higher at the end, while the training loss keeps falling.`,
      values: { bestEpoch: best + 1, rise },
    };
  },
});
