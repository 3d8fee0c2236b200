/** A layer with weights gets no gradient. */

import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list } from "../words.ts";

const SOME = 0.8;

export const noGradient = defineCheck({
  id: "no-gradient",
  title: "A layer gets no gradient",
  thresholds: [
    {
      of: "strength of some layers, and of all",
      value: [SOME, 1],
      origin: "by hand",
      source: "a gradient of exactly 0 at every look is no accident; the other layers still learn",
    },
  ],
  needs: ["layers"],
  also: ["network"],
  detect({ layers, network }) {
    const names = new Set(
      layers.flatMap((record) =>
        record.layers.filter((layer) => layer.weight !== undefined).map((layer) => layer.name),
      ),
    );
    const seen = layers.flatMap((record) => record.layers.filter((layer) => layer.gradient !== undefined));
    if (seen.length === 0) return unknown("gradients");
    const still = [...names].filter((name) => {
      const own = seen.filter((layer) => layer.name === name);
      return own.length > 0 && own.every((layer) => layer.gradient === 0);
    });
    if (still.length === 0) return;
    return {
      strength: still.length === names.size ? 1 : SOME,
      says: `The gradient of ${list(still.map((name) => layerAt(network, name)))} is exactly 0 at every look.`,
      where: still,
      values: { layers: still.length, of: names.size },
    };
  },
});
