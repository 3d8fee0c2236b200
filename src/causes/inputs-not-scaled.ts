/** The inputs reach the network as large or very different numbers. */
import { dividePixels, scaleToRange, standardise } from "../remedies/scaling.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const inputsNotScaled = defineCause({
  id: "inputs-not-scaled",
  class: "prep",
  title: "The inputs are not scaled",
  stage: "data",
  short: "the inputs are not scaled",
  prior: PRIOR.common,
  signs: {
    "unscaled-inputs": [4.2, -2.5],
    "uneven-inputs": 1.8,
    "far-out-cells": 0.8,
    "initial-loss-high": 1,
    "saturated-units": 1,
    "dead-at-start": 0.5,
    diverges: 0.8,
    "one-answer": 0.8,
    "loss-flat": 0.5,
    "loss-clipped": 0.7,
    "squeezed-inputs": -1,
  },
  preparation: true,
  proof: "trial",
  says: (seen) => sentences(seen, "unscaled-inputs", "uneven-inputs") || "The inputs may need scaling.",
  remedies: [standardise, dividePixels, scaleToRange],
  probes: ["learning-rate-sweep"],
});
