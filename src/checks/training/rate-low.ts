/** The learning rate is below what its optimizer is usually given. */
import { defineCheck } from "../check.ts";
import { decadesOff } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

export const rateLow = defineCheck({
  id: "rate-low",
  title: "A low learning rate for its optimizer",
  needs: ["plan"],
  detect({ plan: { training } }) {
    const { name, learningRate } = training.optimizer;
    const off = -decadesOff(name, learningRate);
    // A factor of 1.4 is no matter.
    if (off < 0.15) return;
    return {
      strength: ramp(off, 0, 1.5),
      says: `A rate of ${number(learningRate)} is low for ${name}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
