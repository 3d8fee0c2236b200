/** The training loss goes up and down instead of down. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { trainLosses } from "../scores.ts";
import { swings } from "../series.ts";
import { count, number, ramp } from "../words.ts";

const [SIZE, NONE, FULL] = [0.2, 0.1, 0.5];

export const lossOscillates = defineCheck({
  id: "loss-oscillates",
  title: "The training loss goes up and down",
  thresholds: [
    {
      of: "swing in parts of the loss",
      value: SIZE,
      origin: "by hand",
      source: "AUTOTRAINER takes 3 % of an accuracy; a loss moves more",
    },
    {
      of: "share of the epochs in which it turns round",
      value: [NONE, FULL],
      origin: "published",
      source: "AUTOTRAINER: a fifth of the epochs",
    },
  ],
  needs: ["epochs"],
  detect({ epochs }) {
    const loss = trainLosses(epochs);
    if (loss.length < 5) return unknown("more epochs");
    if (!loss.every(Number.isFinite)) return;
    const late = loss.slice(Math.floor(loss.length / 5));
    const found = swings(late, SIZE * mean(late));
    if (found.share <= NONE || found.count < 2) return;
    return {
      strength: ramp(found.share, NONE / 2, FULL),
      says: `The training loss changes direction ${count(found.count, "time")} in ${count(late.length, "epoch")}, by up to ${number(found.largest)}.`,
      values: { turns: found.count, share: found.share, largest: found.largest },
    };
  },
});
