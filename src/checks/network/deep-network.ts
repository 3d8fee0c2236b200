/** Many layers in a row, with nothing that carries the signal past them. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { hiddenIndices } from "../facts.ts";
import { ramp } from "../words.ts";

const [NONE, FULL] = [6, 20];

export const deepNetwork = defineCheck({
  id: "deep-network",
  title: "A very deep plain network",
  plain: true,
  thresholds: [
    {
      of: "hidden layers",
      value: [NONE, FULL],
      origin: "by hand",
      source: "plain networks of up to six layers train well here; at twenty the start decides",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const hidden = hiddenIndices(network).length;
    const strength = ramp(hidden, NONE, FULL);
    if (strength === 0) return;
    const eased = network.some((layer) => traitsOf(layer.layer).normalises || layer.layer === "add");
    return {
      strength: eased ? strength / 2 : strength,
      says: `${hidden} hidden layers in sequence${eased ? "" : ", without normalization or skip connections"}.`,
      values: { hidden, eased },
      limit: { deep: hidden },
    };
  },
});
