/** Dead units before the first step: their output is 0 for every row. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.25, 0.7];

export const deadAtStart = defineCheck({
  id: "dead-at-start",
  title: "Dead ReLU units before training",
  thresholds: [
    {
      of: "share of dead units in a layer",
      value: [NONE, FULL],
      origin: "by hand",
      source: "with random weights and standardized rows, a tenth or two may be dead at first",
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
      says: `Before training, ${percent(worst)} of the units in ${list(dead.filter((layer) => share(layer) === worst).map((layer) => layerAt(network, layer.name)))} are dead (output 0 for every row).`,
      where: dead.map((layer) => layer.name),
      values: { share: worst },
    };
  },
});
