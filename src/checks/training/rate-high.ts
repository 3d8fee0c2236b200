/** The learning rate is above what its optimizer is usually given. */
import { defineCheck } from "../check.ts";
import { decadesOff, USUAL } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

const [FEW, FULL] = [0.15, 1.5];

export const rateHigh = defineCheck({
  id: "rate-high",
  title: "A high learning rate for its optimizer",
  thresholds: [
    {
      of: "decades above the usual rates of the optimizer",
      value: [FEW, FULL],
      origin: "by hand",
      source: "a factor of 1.4 is no matter, thirty is full",
    },
    {
      of: "usual rates",
      value: USUAL,
      origin: "published",
      source: "around what Keras gives by default; a sweep knows better where there is one",
    },
  ],
  needs: ["training.optimizer.name", "training.optimizer.learningRate"],
  detect({ training }) {
    const { name, learningRate } = training.optimizer;
    const off = decadesOff(name, learningRate);
    if (off < FEW) return;
    return {
      strength: ramp(off, 0, FULL),
      says: `A learning rate of ${number(learningRate)} is high for ${name}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
