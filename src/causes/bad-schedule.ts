/** The learning rate schedule decays too early, restarts or jumps. */
import { fadeGently, keepRate } from "../remedies/rate.ts";
import { defineCause, sentences } from "./cause.ts";

export const badSchedule = defineCause({
  id: "bad-schedule",
  class: "lr",
  title: "The learning rate schedule is unsuitable",
  stage: "training",
  short: "the learning rate schedule is unsuitable",
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
    "The learning rate schedule may be unsuitable.",
  remedies: [keepRate, fadeGently],
  probes: ["learning-rate-sweep"],
});
