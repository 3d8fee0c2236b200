/** The optimizer is plain gradient descent, or one whose steps die away. */
import { defineCheck, unknown } from "../check.ts";
import { number } from "../words.ts";

const [SGD, ADAGRAD, ADADELTA] = [0.7, 0.6, 0.1];

export const plainSgd = defineCheck({
  id: "plain-sgd",
  title: "A plain optimizer",
  thresholds: [
    {
      of: "strength of sgd without momentum, of adagrad",
      value: [SGD, ADAGRAD],
      origin: "by hand",
      source: "both train many plans well; adagrad's steps shrink from the first on",
    },
    {
      of: "rate of adadelta",
      value: ADADELTA,
      origin: "published",
      source: "Zeiler 2012 uses 1; with the 0.001 that Keras gives it hardly moves",
    },
  ],
  needs: ["training.optimizer.name"],
  also: ["training.optimizer.momentum", "training.optimizer.learningRate"],
  detect({ training }) {
    const { name, momentum, learningRate } = training.optimizer;
    if (name === "adadelta") {
      if (learningRate === undefined) return unknown("training.optimizer.learningRate");
      if (learningRate >= ADADELTA) return;
      return {
        strength: 1,
        says: `adadelta hardly moves with learning rate ${number(learningRate)}.`,
        values: { name },
      };
    }
    if (name === "adagrad")
      return { strength: ADAGRAD, says: "adagrad's steps shrink from the first on.", values: { name } };
    if (name !== "sgd") return;
    if (momentum === undefined) return unknown("training.optimizer.momentum");
    if (momentum > 0) return;
    return { strength: SGD, says: "The optimizer is sgd without momentum.", values: { name } };
  },
});
