/** A step changes the weights by a large part of their size. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list, logRamp, percent } from "../words.ts";

const [NONE, FULL] = [0.05, 0.5];

export const updatesLarge = defineCheck({
  id: "updates-large",
  title: "Steps change the weights by a large part",
  thresholds: [
    {
      of: "size of a step by that of the weights",
      value: [NONE, FULL],
      origin: "published",
      source: "TheDeepChecker: log₁₀ above −1 is too fast",
    },
  ],
  needs: ["layers"],
  also: ["network"],
  detect({ layers, network }) {
    const known = layers
      .at(0)
      ?.layers.filter(
        (layer) => layer.update !== undefined && Number.isFinite(layer.update) && (layer.weight ?? 0) > 0,
      );
    if (!known || known.length === 0) return unknown("updates");
    const large = known.filter((layer) => (layer.update ?? 0) > NONE);
    if (large.length === 0) return;
    const worst = largest(large.map((layer) => layer.update ?? 0));
    return {
      strength: logRamp(worst, NONE / 2, FULL),
      says: `One step changes the weights of ${list(large.map((layer) => layerAt(network, layer.name)))} by ${percent(worst)} of their size.`,
      where: large.map((layer) => layer.name),
      values: { update: worst },
    };
  },
});
