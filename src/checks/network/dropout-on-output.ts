/** Dropout or noise on the answer itself. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layerAt, nameOf, outputIndex } from "../facts.ts";
import { capital, list } from "../words.ts";

export const dropoutOnOutput = defineCheck({
  id: "dropout-on-output",
  title: "Dropout after the output layer",
  plain: true,
  thresholds: [{ of: "dropout or noise after the output", origin: "exact", source: "the plan says so" }],
  needs: ["network"],
  detect({ network }) {
    const out = outputIndex(network);
    const after = network.flatMap((layer, i) => (i > out && out >= 0 && traitsOf(layer.layer).noise ? [i] : []));
    if (after.length === 0) return;
    return {
      strength: 1,
      says: `${capital(list(after.map((i) => layerAt(network, i))))} falsifies the answers themselves in training.`,
      where: after.map((i) => nameOf(network, i)),
      values: { layers: after.length },
    };
  },
});
