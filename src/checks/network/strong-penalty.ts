/** Penalties on the weights, or weight decay, that are large beside the loss. */
import { defineCheck } from "../check.ts";
import { layerAt, nameOf } from "../facts.ts";
import { capital, list, logRamp, number } from "../words.ts";

const L1 = [2e-4, 5e-3] as const;
const L2 = [2e-3, 5e-2] as const;
const DECAY = [0.02, 0.3] as const;

export const strongPenalty = defineCheck({
  id: "strong-penalty",
  title: "Strong penalties on the weights",
  plain: true,
  thresholds: [
    {
      of: "l1",
      value: L1,
      origin: "published",
      source: "Keras gives 0.01 when asked for one, which is much: usual are 1e−6 to 1e−4",
    },
    { of: "l2", value: L2, origin: "published", source: "Keras gives 0.01 when asked for one: usual are 1e−5 to 1e−3" },
    {
      of: "weight decay",
      value: DECAY,
      origin: "published",
      source: "AdamW's default in PyTorch is 0.01, in Keras 0.004",
    },
  ],
  needs: ["network", "training.optimizer.weightDecay"],
  detect({ network, training }) {
    const of = (value: number | undefined, [none, full]: readonly [number, number]) =>
      logRamp(Math.max(value ?? 0, 1e-12), none, full);
    const layers = network.map((layer, i) => ({
      name: nameOf(network, i),
      l1: layer.l1,
      l2: layer.l2,
      strength: Math.max(of(layer.l1, L1), of(layer.l2, L2)),
    }));
    const { weightDecay } = training.optimizer;
    const decay = of(weightDecay, DECAY);
    const worst = Math.max(decay, ...layers.map((layer) => layer.strength));
    if (worst === 0) return;
    const held = layers.filter((layer) => layer.strength > 0);
    const one = held.reduce((a, b) => (b.strength > a.strength ? b : a), held[0]);
    const says =
      decay === worst
        ? `Every step takes ${number(weightDecay)} × rate off the weights.`
        : `${capital(list(held.map((layer) => layerAt(network, layer.name))))} carr${held.length === 1 ? "ies" : "y"} a penalty of ${number(one.l1 || one.l2 || 0)} × the ${one.l1 ? "size" : "square"} of every weight.`;
    return { strength: worst, says, where: held.map((layer) => layer.name), values: { decay: weightDecay } };
  },
});
