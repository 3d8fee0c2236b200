/** Hidden activations that squash: softmax anywhere, sigmoid and tanh in many layers. */
import { defineCheck } from "../check.ts";
import { activationsAfter, hiddenIndices, isRecurrent, layerAt, nameOf } from "../facts.ts";
import { capital, list, ramp } from "../words.ts";

const SIGMOIDS = [1, 6] as const;
const TANHS = [3, 12] as const;
const ENDS: Record<string, readonly [number, number]> = {
  sigmoid: SIGMOIDS,
  hardSigmoid: SIGMOIDS,
  tanh: TANHS,
  softsign: TANHS,
};

export const squashingHidden = defineCheck({
  id: "squashing-hidden",
  title: "Hidden activations that squash",
  plain: true,
  thresholds: [
    {
      of: "layers with sigmoid",
      value: SIGMOIDS,
      origin: "derived",
      source: "each passes at most a quarter of the gradient; one or two train well, six leave 1/4⁶",
    },
    {
      of: "layers with tanh or softsign",
      value: TANHS,
      origin: "by hand",
      source: "each passes at most all of the gradient, and less where it saturates",
    },
  ],
  needs: ["network"],
  detect({ network }) {
    const found = hiddenIndices(network)
      .filter((i) => !isRecurrent(network[i]) && network[i].layer !== "multiHeadAttention")
      .flatMap((i) => activationsAfter(network, i).map(({ activation }) => ({ i, activation })));
    const softmax = found.filter((one) => one.activation === "softmax");
    if (softmax.length > 0)
      return {
        strength: 1,
        says: `${capital(list(softmax.map((one) => layerAt(network, one.i))))} ${softmax.length > 1 ? "have" : "has"} softmax as hidden activation, which makes the outputs of the layer add up to 1.`,
        where: softmax.map((one) => nameOf(network, one.i)),
        values: { activation: "softmax", layers: softmax.length },
      };
    const kinds = Object.keys(ENDS).map((activation) => ({
      activation,
      at: found.filter((one) => one.activation === activation),
    }));
    const worst = kinds
      .map((one) => ({ ...one, strength: ramp(one.at.length, ...ENDS[one.activation]) }))
      .sort((a, b) => b.strength - a.strength)[0];
    if (!(worst.strength > 0)) return;
    return {
      strength: worst.strength,
      says: `${worst.at.length} hidden layers pass a ${worst.activation} one after the other.`,
      where: worst.at.map((one) => nameOf(network, one.i)),
      values: { activation: worst.activation, layers: worst.at.length },
    };
  },
});
