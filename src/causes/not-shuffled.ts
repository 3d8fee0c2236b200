/** Each batch holds rows of one class only. */
import { shuffle } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

export const notShuffled = defineCause({
  id: "not-shuffled",
  class: "data",
  title: "The training rows are not shuffled",
  stage: "data",
  short: "the training rows are not shuffled",
  prior: -3.06,
  fitted: true,
  signs: {
    "unshuffled-batches": [6.06, -6.01],
    "loss-oscillates": 0.5,
    "score-swings": 0.5,
    "no-room": -2.99,
    "below-baseline": 0.7,
  },
  proof: "trial",
  says: (seen) => sentences(seen, "unshuffled-batches", "loss-oscillates") || "The training rows may not be shuffled.",
  remedies: [shuffle],
  probes: [],
});
