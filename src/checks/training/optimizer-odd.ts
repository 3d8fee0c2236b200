/** A setting of the optimizer is far from its usual value. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

// Keras and PyTorch: epsilon 1e-7 and 1e-8, beta1 0.9, momentum 0.9. The bounds are chosen by hand.
export const optimizerOdd = defineCheck({
  id: "optimizer-odd",
  title: "An unusual setting of the optimizer",
  needs: ["plan"],
  detect({ plan: { training } }) {
    const { name, momentum, beta1, epsilon } = training.optimizer;
    const odd =
      name === "sgd"
        ? momentum > 0.98 && `momentum ${number(momentum)}`
        : epsilon < 1e-9 || epsilon > 1e-2
          ? `epsilon ${number(epsilon)}`
          : /^(adam|nadam)/.test(name) && (beta1 > 0.98 || beta1 < 0.3) && `beta1 ${number(beta1)}`;
    if (!odd) return;
    return { strength: 0.7, says: `${name} is used with ${odd}.`, values: { name, momentum, beta1, epsilon } };
  },
});
