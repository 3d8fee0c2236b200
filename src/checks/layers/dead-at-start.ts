/** Units that are 0 for every row before the first step. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.25, 0.7];

export const deadAtStart = defineCheck({
  id: "dead-at-start",
  title: "Units that are off from the start",
  thresholds: [
    {
      of: "share of a layer's units",
      value: [NONE, FULL],
      origin: "by hand",
      source: "at random a tenth or two may start off on standardised rows",
    },
  ],
  needs: ["initial"],
  also: ["network"],
  detect({ initial, network }) {
    const known = initial.layers.filter((layer) => layer.activation);
    if (known.length === 0) return unknown("layers before the first step");
    const share = (layer: (typeof known)[number]) => layer.activation?.deadUnits ?? 0;
    const dead = known.filter((layer) => share(layer) > NONE);
    if (dead.length === 0) return;
    const worst = largest(dead.map(share));
    return {
      strength: ramp(worst, NONE / 2, FULL),
      says: `Before the first step ${percent(worst)} of the units of ${list(dead.filter((layer) => share(layer) === worst).map((layer) => layerAt(network, layer.name)))} are 0 for every row.`,
      where: dead.map((layer) => layer.name),
      values: { share: worst },
    };
  },
});
