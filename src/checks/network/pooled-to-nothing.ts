/** Pooling leaves hardly anything of what came in. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt, sizeOf } from "../facts.ts";
import { number, ramp } from "../words.ts";

const [NONE, FULL, ENOUGH, SHARE] = [40, 8, 32, 0.05];
export const pooledToNothing = defineCheck({
  id: "pooled-to-nothing",
  title: "Pooling leaves hardly anything",
  thresholds: [
    {
      of: "numbers that are left",
      value: [NONE, FULL],
      origin: "by hand",
      source: "fewer than 32 are a bottleneck that nobody draws on purpose",
    },
    {
      of: "share of the inputs that is left",
      value: SHARE,
      origin: "by hand",
      source: "small images leave few numbers anyhow",
    },
    {
      of: "numbers from which it is no bottleneck",
      value: ENOUGH,
      origin: "by hand",
      source: "usual dense layers begin there",
    },
  ],
  needs: ["network", "start.layers", "profile"],
  detect({ network, start, profile }) {
    if (start.layers.length !== network.length) return unknown("the layers' sizes");
    const inputs = profile.shape.reduce((a, b) => a * b, 1);
    const after = network.flatMap((layer, i) =>
      traitsOf(layer.layer).pools
        ? [{ i, values: sizeOf(start.layers[i]) ?? Number.NaN, name: start.layers[i].name }]
        : [],
    );
    if (after.some(({ values }) => Number.isNaN(values))) return unknown("the layers' sizes");
    const least = after.sort((a, b) => a.values - b.values)[0];
    if (!least) return;
    if (least.values >= ENOUGH || least.values >= inputs * SHARE) return;
    return {
      strength: ramp(least.values, NONE, FULL),
      says: `After ${layerAt(network, least.i)} ${number(least.values)} numbers are left of ${number(inputs)} inputs.`,
      where: [least.name],
      values: { left: least.values, inputs },
    };
  },
});
