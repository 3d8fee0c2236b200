/** The inputs have large values or very different scales. */
import { dividePixels, scaleToRange, standardise } from "../remedies/scaling.ts";
import { defineCause, sentences } from "./cause.ts";

export const inputsNotScaled = defineCause({
  id: "inputs-not-scaled",
  class: "prep",
  title: "The inputs are not scaled",
  stage: "data",
  short: "the inputs are not scaled",
  prior: -2.92,
  fitted: true,
  signs: {
    "unscaled-inputs": [4.33, -2.95],
    "uneven-inputs": 1.8,
    "far-out-cells": 0.8,
    "initial-loss-high": 1.04,
    "saturated-units": 1,
    "dead-at-start": 0.46,
    diverges: 0.75,
    "one-answer": 0.6,
    "loss-flat": 0.38,
    "loss-clipped": 0.68,
    "squeezed-inputs": -1,
    "no-room": -3,
    "below-baseline": 0.41,
  },
  preparation: true,
  proof: "trial",
  // Either sentence has the ratio of the standard deviations.
  says: (seen) =>
    sentences(seen, "unscaled-inputs") || sentences(seen, "uneven-inputs") || "The inputs may need scaling.",
  remedies: [standardise, dividePixels, scaleToRange],
  probes: ["learning-rate-sweep"],
});
