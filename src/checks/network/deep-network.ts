/** Many layers in sequence, without connections that skip some of them. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { hiddenIndices } from "../facts.ts";
import { count, ramp } from "../words.ts";

const [NONE, FULL] = [6, 20];

export const deepNetwork = defineCheck({
  id: "deep-network",
  title: "A very deep network",
  plain: true,
  thresholds: [
    {
      of: "hidden layers",
      value: [NONE, FULL],
      origin: "by hand",
      source: "networks of up to six layers in sequence train well here; at twenty the initialization decides",
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
      says: `The network has ${count(hidden, "hidden layer")} in sequence${eased ? "" : ", without normalization or skip connections"}.`,
      values: { hidden, eased },
      limit: { deep: hidden },
    };
  },
});
