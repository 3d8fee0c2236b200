/** The optimizer is SGD without momentum, or one whose steps become very small. */
import { defineCheck, unknown } from "../check.ts";
import { number } from "../words.ts";

const [SGD, ADAGRAD, ADADELTA] = [0.7, 0.6, 0.1];

export const plainSgd = defineCheck({
  id: "plain-sgd",
  title: "A slow optimizer",
  thresholds: [
    {
      of: "strength for SGD without momentum, and for Adagrad",
      value: [SGD, ADAGRAD],
      origin: "by hand",
      source: "both train many plans well; the steps of Adagrad shrink from the beginning",
    },
    {
      of: "learning rate of Adadelta",
      value: ADADELTA,
      origin: "published",
      source: "Zeiler 2012 uses 1; with the default of Keras, 0.001, the weights hardly change",
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
        says: `With a learning rate of ${number(learningRate)}, Adadelta hardly changes the weights.`,
        values: { name },
      };
    }
    if (name === "adagrad")
      return {
        strength: ADAGRAD,
        says: "The optimizer is Adagrad, whose steps shrink from the beginning.",
        values: { name },
      };
    if (name !== "sgd") return;
    if (momentum === undefined) return unknown("training.optimizer.momentum");
    if (momentum > 0) return;
    return { strength: SGD, says: "The optimizer is SGD without momentum.", values: { name } };
  },
});
