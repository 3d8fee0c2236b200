/** The learning rate fades to nothing, restarts or jumps. */
import { fadeGently, keepRate } from "../remedies/rate.ts";
import { defineCause, PRIOR, sentences } from "./cause.ts";

export const badSchedule = defineCause({
  id: "bad-schedule",
  class: "lr",
  title: "The schedule of the learning rate is at fault",
  stage: "training",
  short: "its learning rate fades or jumps",
  prior: PRIOR.usual,
  signs: {
    "rate-scheduled": [0.7, -5],
    "rate-fades": [3.5, -0.7],
    "loss-jumps-with-rate": 3,
    "still-improving": -0.3,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "rate-fades", "loss-jumps-with-rate", "rate-scheduled") ||
    "The schedule of the learning rate may be at fault.",
  remedies: [keepRate, fadeGently],
  probes: ["learning-rate-sweep"],
});
