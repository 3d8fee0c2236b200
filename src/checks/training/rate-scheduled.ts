/** The learning rate changes in the course of the training. */
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
      source: "Keras' old habit of 1e−6 changes nothing within thousands of steps",
    },
  ],
  needs: ["training.schedule"],
  also: ["training.optimizer.decay"],
  detect({ training: { schedule, optimizer } }) {
    if (schedule)
      return {
        strength: 1,
        says: `The learning rate follows the schedule ${schedule.name}.`,
        values: { name: schedule.name },
      };
    const decay = optimizer?.decay;
    if (decay === undefined) return unknown("training.optimizer.decay");
    if (decay <= DECAY) return;
    return {
      strength: 1,
      says: `The learning rate is divided by 1 + ${number(decay)} × step.`,
      values: { decay },
    };
  },
});
