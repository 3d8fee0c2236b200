/** The learning rate changes during training. */
import { defineCheck, unknown } from "../check.ts";
import { number } from "../words.ts";

const DECAY = 1e-5;

export const rateScheduled = defineCheck({
  id: "rate-scheduled",
  title: "The learning rate is scheduled",
  neutral: true,
  thresholds: [
    {
      of: "decay per step",
      value: DECAY,
      origin: "published",
      source: "the decay of 1e−6 in old examples of Keras changes nothing within thousands of steps",
    },
  ],
  needs: ["training.schedule"],
  also: ["training.optimizer.decay"],
  detect({ training: { schedule, optimizer } }) {
    if (schedule)
      return {
        strength: 1,
        says: `The learning rate has a schedule: ${schedule.name}.`,
        values: { name: schedule.name },
      };
    const decay = optimizer?.decay;
    if (decay === undefined) return unknown("training.optimizer.decay");
    if (decay <= DECAY) return;
    return {
      strength: 1,
      says: `The learning rate decays: in each step it is divided by 1 + ${number(decay)} × the number of steps.`,
      values: { decay },
    };
  },
});
