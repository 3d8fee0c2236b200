/** Weights that start equal stay equal: the units of a layer learn one and the same thing, or nothing. */
import { defineCheck } from "../check.ts";
import { hasWeights, initOf, layerAt, nameOf, outputIndex, spreadOf } from "../facts.ts";
import { list } from "../words.ts";

const [SINGLE, OUTPUT] = [0.1, 0.5];

export const symmetricStart = defineCheck({
  id: "symmetric-start",
  title: "All weights of a layer start equal",
  plain: true,
  thresholds: [
    {
      of: "strength of a single layer, of the output, of hidden layers",
      value: [SINGLE, OUTPUT, 1],
      origin: "derived",
      source:
        "one layer may start at 0; an output at 0 gives the hidden ones no gradient at first, then does; equal hidden units stay equal",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const out = outputIndex(network);
    const same = network.flatMap((layer, i) =>
      hasWeights(layer) && spreadOf(initOf(layer.kernelInit)) === 0 ? [i] : [],
    );
    if (same.length === 0) return;
    const hidden = same.filter((i) => i !== out);
    const weighted = network.filter(hasWeights).length;
    const strength = weighted === 1 ? SINGLE : hidden.length > 0 ? 1 : OUTPUT;
    const kinds = [
      ...new Set(
        same
          .map((i) => initOf(network[i].kernelInit))
          .map(({ kind, value }) => (kind === "constant" ? `${value}` : kind)),
      ),
    ];
    return {
      strength,
      says: `All weights of ${list(same.map((i) => layerAt(network, i)))} start equal (${kinds.join(", ")}).`,
      where: same.map((i) => nameOf(network, i)),
      values: { layers: same.length },
    };
  },
});
