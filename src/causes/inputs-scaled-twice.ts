/** The inputs have been squeezed until they hardly vary. */
import { scaleToRange, standardise } from "../remedies/scaling.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const inputsScaledTwice = defineCause({
  id: "inputs-scaled-twice",
  class: "prep",
  title: "The inputs hardly vary",
  stage: "data",
  short: "the inputs are squeezed until they hardly vary",
  prior: PRIOR.usual,
  signs: {
    "squeezed-inputs": [4.5, -4],
    "learns-slowly": 0.6,
    "still-improving": 0.4,
    "inputs-ignored": 0.5,
    "unscaled-inputs": -2,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "squeezed-inputs", "learns-slowly", "still-improving") || "The inputs may have been scaled twice.",
  remedies: [standardise, scaleToRange],
  probes: ["learning-rate-sweep", "zeroed-inputs"],
});
