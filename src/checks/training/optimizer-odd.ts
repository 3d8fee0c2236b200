/** A setting of the optimizer is far from its usual value. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

const MOMENTUM = 0.98;
const EPSILON = [1e-9, 1e-2] as const;
const BETA1 = [0.3, 0.98] as const;
const STRENGTH = 0.7;

export const optimizerOdd = defineCheck({
  id: "optimizer-odd",
  title: "An unusual setting of the optimizer",
  thresholds: [
    {
      of: "momentum of sgd",
      value: MOMENTUM,
      origin: "by hand",
      source: "0.9 is usual; at 0.98 a step lives on for fifty",
    },
    { of: "epsilon", value: EPSILON, origin: "published", source: "Keras gives 1e−7, PyTorch 1e−8" },
    { of: "beta1 of Adam", value: BETA1, origin: "published", source: "Kingma & Ba 2015 give 0.9" },
    { of: "strength", value: STRENGTH, origin: "by hand", source: "unusual settings often work" },
  ],
  needs: ["plan"],
  detect({ plan: { training } }) {
    const { name, momentum, beta1, epsilon } = training.optimizer;
    const odd =
      name === "sgd"
        ? momentum > MOMENTUM && `momentum ${number(momentum)}`
        : epsilon < EPSILON[0] || epsilon > EPSILON[1]
          ? `epsilon ${number(epsilon)}`
          : /^(adam|nadam)/.test(name) && (beta1 < BETA1[0] || beta1 > BETA1[1]) && `beta1 ${number(beta1)}`;
    if (!odd) return;
    return { strength: STRENGTH, says: `${name} is used with ${odd}.`, values: { name, momentum, beta1, epsilon } };
  },
});
