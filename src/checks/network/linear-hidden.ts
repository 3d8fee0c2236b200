/** Hidden layers without a nonlinearity: together they are one linear layer. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { activationsAfter, hiddenIndices, layerAt, nameOf } from "../facts.ts";
import { capital, list } from "../words.ts";

const SOME = 0.5;

export const linearHidden = defineCheck({
  id: "linear-hidden",
  title: "Hidden layers without a nonlinearity",
  plain: true,
  thresholds: [
    {
      of: "strength of some layers, and of all",
      value: [SOME, 1],
      origin: "by hand",
      source: "with all, the network is one linear map; a single one is a narrow place at most",
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
        // Pooling by maximum bends too.
        !network.slice(i, next(i)).some((layer) => traitsOf(layer.layer).pools === "maximum"),
    );
    if (linear.length === 0) return;
    return {
      strength: linear.length === hidden.length ? 1 : SOME,
      says: `${capital(list(linear.map((i) => layerAt(network, i))))} ha${linear.length === 1 ? "s" : "ve"} no activation${linear.length === hidden.length ? ": the whole network is one linear map" : ""}.`,
      where: linear.map((i) => nameOf(network, i)),
      values: { layers: linear.length, of: hidden.length },
    };
  },
});
