/** The learning rate is below what its optimizer is usually given. */
import { defineCheck } from "../check.ts";
import { decadesOff } from "../usual-rates.ts";
import { number, ramp } from "../words.ts";

const [FEW, FULL] = [0.15, 1.5];

export const rateLow = defineCheck({
  id: "rate-low",
  title: "A low learning rate for its optimizer",
  thresholds: [
    {
      of: "decades below the usual rates of the optimizer",
      value: [FEW, FULL],
      origin: "by hand",
      source: "as for rate-high",
    },
  ],
  needs: ["training.optimizer.name", "training.optimizer.learningRate"],
  detect({ training }) {
    const { name, learningRate } = training.optimizer;
    const off = -decadesOff(name, learningRate);
    if (off < FEW) return;
    return {
      strength: ramp(off, 0, FULL),
      says: `A learning rate of ${number(learningRate)} is low for ${name}.`,
      values: { decades: off, rate: learningRate },
    };
  },
});
