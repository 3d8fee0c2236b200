/** The inputs hang together: they describe something, whatever the labels say. */
import { defineCheck } from "../check.ts";
import { number, ramp } from "../words.ts";

// Mean squared correlation of pairs of columns: independent noise has 0, wine 0.12, digits 0.05. Chosen by hand.
const [NONE, FULL] = [0.01, 0.04];

export const dependentInputs = defineCheck({
  id: "dependent-inputs",
  title: "Inputs hang together",
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
