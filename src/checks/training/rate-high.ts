/** The learning rate is above what its optimizer is usually given. */
import { defineCheck } from "../check.ts";
import { decadesOff } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

export const rateHigh = defineCheck({
  id: "rate-high",
  title: "A high learning rate for its optimizer",
  needs: ["plan"],
  detect({ plan: { training } }) {
    const { name, learningRate } = training.optimizer;
    const off = decadesOff(name, learningRate);
    // A factor of 1.4 is no matter.
    if (off < 0.15) return;
    return {
      strength: ramp(off, 0, 1.5),
      says: `A rate of ${number(learningRate)} is high for ${name}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
