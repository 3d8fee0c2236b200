/** Weights that start equal stay equal: the units of a layer learn one and the same thing, or nothing. */
import { defineCheck } from "../check.ts";
import { hasWeights, initOf, layersOf, nameOf, outputIndex, spreadOf } from "../facts.ts";
import { list } from "../words.ts";

export const symmetricStart = defineCheck({
  id: "symmetric-start",
  title: "All weights of a layer start equal",
  needs: ["plan"],
  detect({ plan }) {
    const layers = layersOf(plan);
    const out = outputIndex(plan);
    const same = layers.flatMap((layer, i) =>
      hasWeights(layer) && spreadOf(initOf(layer.kernelInit)) === 0 ? [i] : [],
    );
    if (same.length === 0) return;
    // A network of one layer may start at 0; an output layer alone gives the hidden ones no gradient at first, then does.
    const hidden = same.filter((i) => i !== out);
    const weighted = layers.filter(hasWeights).length;
    const strength = weighted === 1 ? 0.1 : hidden.length > 0 ? 1 : 0.5;
    const kinds = [
      ...new Set(
        same
          .map((i) => initOf(layers[i].kernelInit))
          .map(({ kind, value }) => (kind === "constant" ? `${value}` : kind)),
      ),
    ];
    return {
      strength,
      says: `All weights of ${list(same.map((i) => nameOf(plan, i)))} start equal (${kinds.join(", ")}).`,
      where: same.map((i) => nameOf(plan, i)),
      values: { layers: same.length },
    };
  },
});
