/** The learning rate is below the usual range of its optimizer. */
import { defineCheck } from "../check.ts";
import { decadesOff, usualRange } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

const [FEW, FULL] = [0.15, 1.5];

export const rateLow = defineCheck({
  id: "rate-low",
  title: "The learning rate is low for the optimizer",
  thresholds: [
    {
      of: "decades below the usual learning rates of the optimizer",
      value: [FEW, FULL],
      origin: "by hand",
      source: "the same as for high learning rates",
    },
  ],
  needs: ["training.optimizer.name", "training.optimizer.learningRate"],
  detect({ training }) {
    const { name, learningRate } = training.optimizer;
    const off = -decadesOff(name, learningRate);
    if (off < FEW) return;
    return {
      strength: ramp(off, 0, FULL),
      says: `A learning rate of ${number(learningRate)} is low for ${name}; usual are ${usualRange(name).map(number).join(" to ")}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
