/** The labels are not encoded as the output layer expects them. */
import { fixOutputActivation, fixOutputAndLoss, oneUnitPerClass } from "../remedies/output.ts";
import { numberFromZero } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

// A tenth of the rows without an output of their own cannot be learned, whatever else is done.
const SHARE = 0.1;

export const labelEncoding = defineCause({
  id: "label-encoding",
  class: "prep",
  title: "The labels do not match the output layer",
  stage: "data",
  short: "the labels do not match the output layer",
  prior: -3.09,
  fitted: true,
  signs: {
    "labels-outside-output": [6.05, -5.04],
    "loss-clipped": 0.5,
    "one-answer": 0.49,
    "no-room": -3,
    "below-baseline": 0.71,
  },
  proof: "both",
  evident: (seen) => Number(seen["labels-outside-output"]?.values?.share ?? 0) >= SHARE,
  says: (seen) =>
    sentences(seen, "labels-outside-output", "one-answer") ||
    "The labels may not be encoded as the output layer expects them.",
  remedies: [numberFromZero, oneUnitPerClass, fixOutputAndLoss, fixOutputActivation],
  probes: ["overfit-one-batch"],
});
