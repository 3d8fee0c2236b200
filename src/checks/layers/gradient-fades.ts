/** The gradient hardly reaches the first layers. */

import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [0.02, 1e-4];

export const gradientFades = defineCheck({
  id: "gradient-fades",
  title: "The gradient fades towards the first layers",
  thresholds: [
    {
      of: "gradient of the first layer by that of the last",
      value: [NONE, FULL],
      origin: "published",
      source: "AUTOTRAINER: below 1e−3; a hundredth is told weakly",
    },
  ],
  needs: ["layers"],
  also: ["network"],
  detect({ layers, network }) {
    const ratios = layers.flatMap(({ layers: all }) => {
      const known = all.filter(
        (layer) => layer.gradient !== undefined && Number.isFinite(layer.gradient) && (layer.weight ?? 1) > 0,
      );
      const [first, last] = [known[0]?.gradient ?? 0, known.at(-1)?.gradient ?? 0];
      return known.length >= 3 && last > 0 ? [{ ratio: first / last, first, last, name: known[0].name }] : [];
    });
    if (ratios.length === 0) return unknown("gradients of three layers");
    // The early records decide: at the end of a good training all gradients are small and noisy.
    const early = ratios.slice(0, Math.max(1, Math.ceil(ratios.length / 3)));
    const middle = early.sort((a, b) => a.ratio - b.ratio)[Math.floor(early.length / 2)];
    const strength = logRamp(Math.max(middle.ratio, 1e-12), NONE, FULL);
    if (strength === 0) return;
    return {
      strength,
      says: `The gradient of ${layerAt(network, middle.name)} is ${number(middle.ratio)} times that of the last layer.`,
      where: [middle.name],
      values: { ratio: middle.ratio },
    };
  },
});
