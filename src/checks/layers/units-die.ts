/** Units that fired at the start and are 0 for every row later. */

import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.2, 0.6];

export const unitsDie = defineCheck({
  id: "units-die",
  title: "Units die in training",
  thresholds: [
    {
      of: "growth of a layer's dead share",
      value: [NONE, FULL],
      origin: "by hand",
      source: "a few units die in every healthy ReLU network",
    },
  ],
  needs: ["initial", "layers"],
  also: ["network"],
  detect({ initial, layers, network }) {
    const last = layers.at(-1);
    if (!last || initial.layers.every((layer) => !layer.activation)) return unknown("layers before the first step");
    const grown = last.layers.flatMap((layer) => {
      const before = initial.layers.find((other) => other.name === layer.name)?.activation?.deadUnits;
      const after = layer.activation?.deadUnits;
      return before === undefined || after === undefined ? [] : [{ name: layer.name, before, after }];
    });
    const worst = grown.sort((a, b) => b.after - b.before - (a.after - a.before))[0];
    if (!worst || !(worst.after - worst.before > NONE)) return;
    return {
      strength: ramp(worst.after - worst.before, 0, FULL),
      says: `In ${layerAt(network, worst.name)} the share of units that are 0 for every row grows from ${percent(worst.before)} to ${percent(worst.after)}.`,
      where: [worst.name],
      values: { before: worst.before, after: worst.after },
    };
  },
});
