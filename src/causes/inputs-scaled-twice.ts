/** The inputs have been scaled until they hardly vary. */
import { scaleToRange, standardise } from "../remedies/scaling.ts";
import { defineCause, sentences } from "./cause.ts";

export const inputsScaledTwice = defineCause({
  id: "inputs-scaled-twice",
  class: "prep",
  title: "The inputs hardly vary",
  stage: "data",
  short: "the inputs are scaled until they hardly vary",
  prior: -2.93,
  fitted: true,
  signs: {
    "squeezed-inputs": [4.69, -4.12],
    "learns-slowly": 0.6,
    "still-improving": 0.39,
    "inputs-ignored": 0.55,
    "unscaled-inputs": -1.89,
    "no-room": -3,
    "below-baseline": 0.89,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "squeezed-inputs", "learns-slowly", "still-improving") || "The inputs may have been scaled twice.",
  remedies: [standardise, scaleToRange],
  probes: ["learning-rate-sweep", "zeroed-inputs"],
});
