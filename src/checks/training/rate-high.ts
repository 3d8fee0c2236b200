/** The learning rate is above the usual range of its optimizer. */
import { defineCheck } from "../check.ts";
import { decadesOff, USUAL, usualRange } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

const [FEW, FULL] = [0.15, 1.5];

export const rateHigh = defineCheck({
  id: "rate-high",
  title: "The learning rate is high for the optimizer",
  thresholds: [
    {
      of: "decades above the usual learning rates of the optimizer",
      value: [FEW, FULL],
      origin: "by hand",
      source: "a factor of 1.4 does not matter; full at a factor of thirty",
    },
    {
      of: "usual learning rates",
      value: USUAL,
      origin: "published",
      source: "around the defaults of Keras; a learning-rate sweep is better evidence where there is one",
    },
  ],
  needs: ["training.optimizer.name", "training.optimizer.learningRate"],
  detect({ training }) {
    const { name, learningRate } = training.optimizer;
    const off = decadesOff(name, learningRate);
    if (off < FEW) return;
    return {
      strength: ramp(off, 0, FULL),
      says: `A learning rate of ${number(learningRate)} is high for ${name}; usual are ${usualRange(name).map(number).join(" to ")}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
