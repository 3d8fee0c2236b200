/** The learning rate fades to nothing, restarts or jumps. */
import { fadeGently, keepRate } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const badSchedule = defineCause({
  id: "bad-schedule",
  class: "lr",
  title: "The schedule of the learning rate is at fault",
  stage: "training",
  short: "its learning rate fades or jumps",
  prior: -2.73,
  fitted: true,
  signs: {
    "rate-scheduled": [1.1, -5.04],
    "rate-fades": [3.66, -0.49],
    "loss-jumps-with-rate": 3,
    "still-improving": -0.24,
    "no-room": -3,
    "below-baseline": 0.99,
  },
  proof: "trial",
  says: (seen) =>
    sentences(seen, "rate-fades", "loss-jumps-with-rate", "rate-scheduled") ||
    "The schedule of the learning rate may be at fault.",
  remedies: [keepRate, fadeGently],
  probes: ["learning-rate-sweep"],
});
