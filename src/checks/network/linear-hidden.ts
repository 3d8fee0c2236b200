/** Hidden layers without an activation: together they are one linear layer. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { activationsAfter, hiddenIndices, layerAt, nameOf } from "../facts.ts";
import { list } from "../words.ts";

const SOME = 0.5;

export const linearHidden = defineCheck({
  id: "linear-hidden",
  title: "Hidden layers without an activation",
  plain: true,
  thresholds: [
    {
      of: "strength where some hidden layers have none, and where all have none",
      value: [SOME, 1],
      origin: "by hand",
      source: "without any, the network is one linear map; a single linear layer is a bottleneck at most",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const hidden = hiddenIndices(network);
    const next = (i: number) => hidden.find((other) => other > i) ?? network.length;
    const linear = hidden.filter(
      (i) =>
        !traitsOf(network[i].layer).bends &&
        activationsAfter(network, i).length === 0 &&
        // Max pooling is nonlinear too.
        !network.slice(i, next(i)).some((layer) => traitsOf(layer.layer).pools === "maximum"),
    );
    if (linear.length === 0) return;
    return {
      strength: linear.length === hidden.length ? 1 : SOME,
      says: `There is no activation after ${list(linear.map((i) => layerAt(network, i)))}${linear.length === hidden.length ? ", so the whole network is one linear map" : ""}.`,
      where: linear.map((i) => nameOf(network, i)),
      values: { layers: linear.length, of: hidden.length },
    };
  },
});
