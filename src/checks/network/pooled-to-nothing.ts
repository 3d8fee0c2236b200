/** Pooling leaves very few of the input values. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt, sizeOf } from "../facts.ts";
import { count, form, number, ramp } from "../words.ts";

const [NONE, FULL, ENOUGH, SHARE] = [40, 8, 32, 0.05];
export const pooledToNothing = defineCheck({
  id: "pooled-to-nothing",
  title: "Pooling leaves very few values",
  thresholds: [
    {
      of: "values that remain for each row",
      value: [NONE, FULL],
      origin: "by hand",
      source: "fewer than 32 are a bottleneck that nobody designs on purpose",
    },
    {
      of: "share of the input values that remain",
      value: SHARE,
      origin: "by hand",
      source: "of small images few values remain in any case",
    },
    {
      of: "values from which it is not a bottleneck",
      value: ENOUGH,
      origin: "by hand",
      source: "the usual dense layers begin there",
    },
  ],
  needs: ["network", "start.layers", "profile"],
  detect({ network, start, profile }) {
    if (start.layers.length !== network.length) return unknown("the sizes of the layers");
    const inputs = profile.shape.reduce((a, b) => a * b, 1);
    const after = network.flatMap((layer, i) =>
      traitsOf(layer.layer).pools
        ? [{ i, values: sizeOf(start.layers[i]) ?? Number.NaN, name: start.layers[i].name }]
        : [],
    );
    if (after.some(({ values }) => Number.isNaN(values))) return unknown("the sizes of the layers");
    const least = after.sort((a, b) => a.values - b.values)[0];
    if (!least) return;
    if (least.values >= ENOUGH || least.values >= inputs * SHARE) return;
    return {
      strength: ramp(least.values, NONE, FULL),
      says: `After ${layerAt(network, least.i)}, only ${count(least.values, "value")} ${form(least.values, "remains", "remain")} of the ${number(inputs)} input values of a row.`,
      where: [least.name],
      values: { left: least.values, inputs },
    };
  },
});
