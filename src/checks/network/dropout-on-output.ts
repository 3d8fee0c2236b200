/** Dropout or noise on the answer itself. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layersOf, nameOf, outputIndex } from "../facts.ts";
import { list } from "../words.ts";

export const dropoutOnOutput = defineCheck({
  id: "dropout-on-output",
  title: "Dropout after the output layer",
  plain: true,
  thresholds: [{ of: "dropout or noise after the output", origin: "exact", source: "the plan says so" }],
  needs: ["plan"],
  detect({ plan }) {
    const out = outputIndex(plan);
    const after = layersOf(plan).flatMap((layer, i) => (i > out && out >= 0 && traitsOf(layer.layer).noise ? [i] : []));
    if (after.length === 0) return;
    return {
      strength: 1,
      says: `${list(after.map((i) => nameOf(plan, i)))} falsifies the answers themselves in training.`,
      where: after.map((i) => nameOf(plan, i)),
      values: { layers: after.length },
    };
  },
});
