/** Weights that are equal at the start stay equal: all units of a layer learn the same thing, or nothing. */
import { defineCheck } from "../check.ts";
import { hasWeights, initOf, layerAt, nameOf, outputIndex, stdOf } from "../facts.ts";
import { list } from "../words.ts";

const [SINGLE, OUTPUT] = [0.1, 0.5];

export const symmetricStart = defineCheck({
  id: "symmetric-start",
  title: "All initial weights of a layer are equal",
  plain: true,
  thresholds: [
    {
      of: "strength for a single layer, for the output layer, for hidden layers",
      value: [SINGLE, OUTPUT, 1],
      origin: "derived",
      source:
        "a single layer may start at 0; an output layer at 0 passes no gradient to the hidden layers in the first step, but later does; equal hidden units stay equal",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const out = outputIndex(network);
    const same = network.flatMap((layer, i) => (hasWeights(layer) && stdOf(initOf(layer.kernelInit)) === 0 ? [i] : []));
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
      says: `All initial weights within ${list(same.map((i) => layerAt(network, i)))} are equal (${kinds.join(", ")}).`,
      where: same.map((i) => nameOf(network, i)),
      values: { layers: same.length },
    };
  },
});
