/** A hidden layer with very few units. */
import { defineCheck } from "../check.ts";
import { hiddenIndices, layerAt, nameOf } from "../facts.ts";
import { capital, logRamp } from "../words.ts";

const [NONE, FULL] = [16, 2];
const LINEAR = 0.5;

export const narrowHidden = defineCheck({
  id: "narrow-hidden",
  title: "Hidden layers with few units",
  thresholds: [
    {
      of: "units of the narrowest hidden layer",
      value: [NONE, FULL],
      origin: "by hand",
      source: "XOR wants 2 to 4 hidden units at least; tables train well from 16 on",
    },
    { of: "strength without a hidden layer", value: LINEAR, origin: "by hand", source: "many tasks are linear" },
  ],
  needs: ["network"],
  also: ["profile"],
  detect({ network, profile }) {
    const widths = hiddenIndices(network).flatMap((i) => {
      const units = network[i].units ?? network[i].filters;
      return units === undefined ? [] : [{ i, units }];
    });
    if (widths.length === 0)
      return profile && profile.features > 0
        ? { strength: LINEAR, says: "The network has no hidden layer.", values: { units: 0 } }
        : undefined;
    const least = widths.reduce((a, b) => (b.units < a.units ? b : a));
    const strength = logRamp(least.units, NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `${capital(layerAt(network, least.i))} is the ${widths.length === 1 ? "only" : "narrowest"} hidden layer.`,
      where: [nameOf(network, least.i)],
      values: { units: least.units },
    };
  },
});
