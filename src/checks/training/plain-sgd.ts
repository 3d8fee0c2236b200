/** The optimizer is plain gradient descent, or one whose steps die away. */
import { defineCheck } from "../check.ts";
import { number } from "../words.ts";

export const plainSgd = defineCheck({
  id: "plain-sgd",
  title: "A plain optimizer",
  needs: ["plan"],
  detect({ plan: { training } }) {
    const { name, momentum, learningRate } = training.optimizer;
    // Adadelta with the 0.001 that Keras gives it hardly moves; Adagrad's steps shrink from the first on.
    if (name === "adadelta" && learningRate < 0.1)
      return { strength: 1, says: `adadelta at rate ${number(learningRate)} hardly moves.`, values: { name } };
    if (name === "adagrad")
      return { strength: 0.6, says: "adagrad's steps shrink from the first on.", values: { name } };
    if (name !== "sgd" || momentum > 0) return;
    return { strength: 0.7, says: "The optimizer is sgd without momentum.", values: { name } };
  },
});
