/** Dropout or noise on the predictions themselves. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layerAt, nameOf, outputIndex } from "../facts.ts";
import { list } from "../words.ts";

export const dropoutOnOutput = defineCheck({
  id: "dropout-on-output",
  title: "Dropout after the output layer",
  plain: true,
  thresholds: [
    {
      of: "dropout or noise after the output",
      origin: "exact",
      source: "the layers are in this order, or they are not",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const out = outputIndex(network);
    const after = network.flatMap((layer, i) => (i > out && out >= 0 && traitsOf(layer.layer).noise ? [i] : []));
    if (after.length === 0) return;
    const dropout = after.every((i) => network[i].layer === "dropout");
    return {
      strength: 1,
      says: `${dropout ? "Dropout" : "Noise"} after the output layer (${list(after.map((i) => layerAt(network, i)))}) corrupts the predictions during training.`,
      where: after.map((i) => nameOf(network, i)),
      values: { layers: after.length },
    };
  },
});
