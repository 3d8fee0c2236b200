/** The learning rate falls to almost zero long before the end. */
import { defineCheck } from "../check.ts";
import { number, percent, ramp } from "../words.ts";

const [FADED, NONE, FULL] = [0.05, 0.3, 0.75];

export const rateFades = defineCheck({
  id: "rate-fades",
  title: "The learning rate falls to almost zero early",
  plain: true,
  thresholds: [
    {
      of: "learning rate divided by its peak",
      value: FADED,
      origin: "by hand",
      source: "a cosine schedule is below 7 % for a sixth of the steps",
    },
    {
      of: "share of the steps below that",
      value: [NONE, FULL],
      origin: "by hand",
      source: "twice the share of a cosine schedule",
    },
  ],
  needs: ["steps.rate"],
  detect({ steps: { rate } }) {
    if (rate.length < 4) return;
    const peak = rate.reduce((a, b) => Math.max(a, b), 0);
    const share = rate.filter((value) => value < FADED * peak).length / rate.length;
    if (share <= NONE || peak <= 0) return;
    return {
      strength: ramp(share, NONE / 2, FULL),
      says: `For ${percent(share)} of the steps, the learning rate is below ${percent(FADED)} of its peak; it ends at ${number(rate[rate.length - 1])}.`,
      values: { share, peak, last: rate[rate.length - 1] },
    };
  },
});
