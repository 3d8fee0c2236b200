/** A setting of the optimizer is far from its usual value. */
import { defineCheck, unknown } from "../check.ts";
import { number } from "../words.ts";

const MOMENTUM = 0.98;
const EPSILON = [1e-9, 1e-2] as const;
const BETA1 = [0.3, 0.98] as const;
const STRENGTH = 0.7;

export const optimizerOdd = defineCheck({
  id: "optimizer-odd",
  title: "An unusual optimizer setting",
  thresholds: [
    {
      of: "momentum of SGD",
      value: MOMENTUM,
      origin: "by hand",
      source: "0.9 is usual; at 0.98 a step has an effect for fifty more",
    },
    { of: "epsilon", value: EPSILON, origin: "published", source: "the default is 1e−7 in Keras and 1e−8 in PyTorch" },
    { of: "beta1 of Adam", value: BETA1, origin: "published", source: "0.9 in Kingma & Ba 2015" },
    { of: "strength", value: STRENGTH, origin: "by hand", source: "unusual settings often work" },
  ],
  needs: ["training.optimizer.name"],
  also: ["training.optimizer.momentum", "training.optimizer.epsilon", "training.optimizer.beta1"],
  detect({ training }) {
    const { name, momentum, beta1, epsilon } = training.optimizer;
    const settings = [
      ...(name === "sgd" ? [{ of: "momentum", value: momentum, low: 0, high: MOMENTUM }] : []),
      ...(name !== "sgd" ? [{ of: "epsilon", value: epsilon, low: EPSILON[0], high: EPSILON[1] }] : []),
      ...(/^(adam|nadam)/.test(name) ? [{ of: "beta1", value: beta1, low: BETA1[0], high: BETA1[1] }] : []),
    ];
    const odd = settings.find(({ value, low, high }) => value !== undefined && (value < low || value > high));
    const open = settings.filter(({ value }) => value === undefined);
    if (!odd) return open.length > 0 ? unknown(...open.map(({ of }) => `training.optimizer.${of}`)) : undefined;
    return {
      strength: STRENGTH,
      says: `The optimizer ${name} has an unusual ${odd.of}: ${number(odd.value ?? 0)}.`,
      values: { name, momentum, beta1, epsilon },
    };
  },
});
