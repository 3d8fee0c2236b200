/** Weight penalties or weight decay are large compared with the loss. */
import { defineCheck } from "../check.ts";
import { layerAt, nameOf } from "../facts.ts";
import { count, form, logRamp, number } from "../words.ts";

const L1 = [2e-4, 5e-3] as const;
const L2 = [2e-3, 5e-2] as const;
const DECAY = [0.02, 0.3] as const;

export const strongPenalty = defineCheck({
  id: "strong-penalty",
  title: "Strong weight penalties",
  plain: true,
  thresholds: [
    {
      of: "L1 penalty",
      value: L1,
      origin: "published",
      source: "the default of Keras is 0.01, which is large; usual are 1e−6 to 1e−4",
    },
    {
      of: "L2 penalty",
      value: L2,
      origin: "published",
      source: "the default of Keras is 0.01; usual are 1e−5 to 1e−3",
    },
    {
      of: "weight decay",
      value: DECAY,
      origin: "published",
      source: "the default of AdamW is 0.01 in PyTorch and 0.004 in Keras",
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
      kind: of(layer.l1, L1) >= of(layer.l2, L2) ? ("l1" as const) : ("l2" as const),
    }));
    const { weightDecay } = training.optimizer;
    const decay = of(weightDecay, DECAY);
    const worst = Math.max(decay, ...layers.map((layer) => layer.strength));
    if (worst === 0) return;
    const held = layers.filter((layer) => layer.strength > 0);
    const one = held.reduce((a, b) => (b.strength > a.strength ? b : a), held[0]);
    const others = held.length - 1;
    const also =
      others > 0 ? `, and ${count(others, "other layer")} ${form(others, "has", "have")} strong penalties` : "";
    const says =
      decay === worst
        ? `The weight decay is ${number(weightDecay)}; usual are 0.004 to 0.01.`
        : `The weights of ${layerAt(network, one.name)} have an ${one.kind.toUpperCase()} penalty of ${number(one[one.kind] ?? 0)}${also}.`;
    return { strength: worst, says, where: held.map((layer) => layer.name), values: { decay: weightDecay } };
  },
});
