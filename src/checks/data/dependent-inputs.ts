/** The input columns are correlated: they describe something, whatever the labels are. */
import { defineCheck } from "../check.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL] = [0.01, 0.04];

export const dependentInputs = defineCheck({
  id: "dependent-inputs",
  title: "Input columns are correlated",
  neutral: true,
  thresholds: [
    {
      of: "mean squared correlation of pairs of columns",
      value: [NONE, FULL],
      origin: "measured",
      source: "0 for independent noise, 0.12 for the wine data, 0.05 for the digits; the bounds lie between",
    },
  ],
  needs: ["inputDependence"],
  detect({ inputDependence: { value } }) {
    if (value <= NONE) return;
    return {
      strength: ramp(value, NONE, FULL),
      says: `The mean squared correlation between pairs of input columns is ${number(value)}.`,
      values: { value },
    };
  },
});
