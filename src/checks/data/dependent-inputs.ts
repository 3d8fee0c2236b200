/** The inputs hang together: they describe something, whatever the labels say. */
import { defineCheck } from "../check.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.01, 0.04];

export const dependentInputs = defineCheck({
  id: "dependent-inputs",
  title: "Inputs hang together",
  neutral: true,
  thresholds: [
    {
      of: "mean squared correlation of two columns",
      value: [NONE, FULL],
      origin: "measured",
      source: "independent noise has 0, the wine data 0.12, the digits 0.05; the bounds lie between",
    },
  ],
  needs: ["inputDependence"],
  detect({ inputDependence: { value } }) {
    if (value <= NONE) return;
    return {
      strength: ramp(value, NONE, FULL),
      says: `Pairs of input columns have a mean squared correlation of ${number(value)}.`,
      values: { value },
    };
  },
});
