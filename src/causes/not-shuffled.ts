/** Batches see one class at a time. */
import { shuffle } from "../remedies/rows.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const notShuffled = defineCause({
  id: "not-shuffled",
  class: "data",
  title: "The rows are not shuffled",
  stage: "data",
  short: "its rows are not shuffled",
  prior: PRIOR.usual,
  signs: { "unshuffled-batches": [6, -6], "loss-oscillates": 0.5, "score-swings": 0.5 },
  proof: "trial",
  says: (seen) => sentences(seen, "unshuffled-batches", "loss-oscillates") || "The rows may not be shuffled.",
  remedies: [shuffle],
  probes: [],
});
