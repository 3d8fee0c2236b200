/** Pooling leaves hardly anything of what came in. */
import { defineCheck } from "../check.ts";
import { layersOf, sizeOf } from "../facts.ts";
import { number, ramp } from "../words.ts";

const POOLS = new Set([
  "maxPooling1d",
  "maxPooling2d",
  "averagePooling1d",
  "averagePooling2d",
  "globalMaxPooling1d",
  "globalMaxPooling2d",
  "globalAveragePooling1d",
  "globalAveragePooling2d",
]);

export const pooledToNothing = defineCheck({
  id: "pooled-to-nothing",
  title: "Pooling leaves hardly anything",
  needs: ["plan", "start", "profile"],
  detect({ plan, start, profile }) {
    const layers = layersOf(plan);
    if (start.layers.length !== layers.length) return;
    const inputs = profile.shape.reduce((a, b) => a * b, 1);
    const after = layers.flatMap((layer, i) =>
      POOLS.has(layer.layer) ? [{ i, values: sizeOf(start.layers[i]) ?? 0, name: start.layers[i].name }] : [],
    );
    const least = after.sort((a, b) => a.values - b.values)[0];
    if (!least) return;
    // Fewer numbers than a twentieth of the inputs and fewer than 32: a bottleneck that nobody draws on purpose.
    if (least.values >= 32 || least.values >= inputs / 20) return;
    return {
      strength: ramp(least.values, 40, 8),
      says: `After ${least.name} ${number(least.values)} numbers are left of ${number(inputs)} inputs.`,
      where: [least.name],
      values: { left: least.values, inputs },
    };
  },
});
