/** The static table task × output activation × loss × units: what of it cannot work, and whose fault that is. */
import type { Task } from "../../case/case.ts";
import { isCrossEntropy, type Loss } from "../facts.ts";

export type Mismatch = { strength: number; says: string; kind: string };

const REGRESSION = new Set(["meanSquaredError", "meanAbsoluteError", "huber"]);

/** What is wrong with the output activation for this task and loss. Strengths: 1 cannot work, 0.5 works badly; chosen by hand. */
export function activationMismatch(
  task: Task,
  activation: string,
  loss: Loss,
  units: number | undefined,
): Mismatch | undefined {
  if (activation === "softmax" && units === 1)
    return { strength: 1, kind: "softmax-of-one", says: "A softmax over one unit is always 1, whatever the input." };
  if (task === "regression") {
    if (activation === "softmax")
      return {
        strength: 0.9,
        kind: "softmax-regression",
        says: "A softmax makes the outputs of a regression add up to 1.",
      };
    if (activation === "relu")
      return {
        strength: 0.4,
        kind: "relu-output",
        says: "The output passes a relu: below 0 it has no gradient, and a row that starts there never leaves.",
      };
    return;
  }
  if (task === "multilabel") {
    if (activation === "softmax")
      return {
        strength: 0.9,
        kind: "softmax-multilabel",
        says: "A softmax makes labels that are independent share one sum of 1.",
      };
    if (activation !== "sigmoid" && !loss.fromLogits)
      return {
        strength: 0.9,
        kind: "no-probability",
        says: `The outputs pass ${activation}, so they are no probabilities.`,
      };
    return;
  }
  const probability = activation === "softmax" || activation === "sigmoid" || activation === "hardSigmoid";
  if (isCrossEntropy(loss.name) && loss.fromLogits) {
    // Raw numbers are what such a loss wants; twice-squashed ones are the double softmax, a check of its own.
    return activation === "relu"
      ? { strength: 0.8, kind: "relu-logits", says: "The logits pass a relu, so none is below 0." }
      : undefined;
  }
  if (isCrossEntropy(loss.name) && !probability)
    return {
      strength: 1,
      kind: "no-probability",
      says: `The loss takes probabilities; the outputs pass ${activation === "linear" ? "no activation" : activation}.`,
    };
  if (activation === "relu")
    return {
      strength: units === 1 ? 0.6 : 0.7,
      kind: "relu-output",
      says: "The class scores pass a relu: below 0 they have no gradient.",
    };
  if (units === 1) {
    if (activation === "linear" && REGRESSION.has(loss.name))
      return { strength: 0.4, kind: "linear-class", says: "A class is answered by one unbounded number." };
    return;
  }
  if (activation === "sigmoid" && loss.name !== "binaryCrossentropy" && isCrossEntropy(loss.name))
    return {
      strength: 0.4,
      kind: "sigmoid-classes",
      says: "Classes that exclude each other are answered by independent sigmoids.",
    };
  if (activation === "linear" && REGRESSION.has(loss.name))
    return { strength: 0.5, kind: "linear-classes", says: "Classes are answered by unbounded numbers." };
  if (activation === "tanh")
    return { strength: 0.5, kind: "tanh-classes", says: "Classes 0 and 1 are answered by a tanh." };
}

/** What is wrong with the loss for this task. */
export function lossMismatch(
  task: Task,
  activation: string,
  loss: Loss,
  units: number | undefined,
): Mismatch | undefined {
  const { name } = loss;
  const categorical = name === "categoricalCrossentropy" || name === "sparseCategoricalCrossentropy";
  if (task === "regression") {
    if (isCrossEntropy(name) || name === "kullbackLeiblerDivergence" || name === "hinge")
      return { strength: 1, kind: "class-loss", says: `${name} is a loss of classes; the targets are numbers.` };
    if (name === "cosineSimilarity")
      return { strength: 0.9, kind: "scale-free", says: "cosineSimilarity does not see the size of the answer." };
    if (name === "poisson") return { strength: 0.4, kind: "counts", says: "poisson is a loss of counts." };
    return;
  }
  if (categorical && units === 1)
    return {
      strength: 1,
      kind: "categorical-of-one",
      says: `${name} over one unit is 0 for class 1 whatever the answer is, and has nothing to learn from.`,
    };
  if (task === "multilabel") {
    if (categorical)
      return {
        strength: 0.8,
        kind: "categorical-multilabel",
        says: `${name} expects one label per row; rows have several.`,
      };
    return;
  }
  if (name === "kullbackLeiblerDivergence") return;
  if (REGRESSION.has(name)) {
    const strength = name === "meanAbsoluteError" ? 0.8 : 0.55;
    return {
      strength,
      kind: "number-loss",
      says: `${name} measures distances between numbers; behind a ${activation} its gradient fades where the answer is most wrong.`,
    };
  }
  if (name === "poisson" || name === "cosineSimilarity")
    return { strength: 0.7, kind: "number-loss", says: `${name} is no loss of classes.` };
  if (name === "hinge")
    return activation === "linear" || activation === "tanh"
      ? undefined
      : { strength: 0.6, kind: "hinge", says: "hinge speaks of −1 and 1; the answers lie between 0 and 1." };
  if (name === "binaryCrossentropy" && activation === "softmax" && (units ?? 2) > 2)
    return {
      strength: 0.25,
      kind: "binary-of-many",
      says: "binaryCrossentropy judges the classes one by one; a softmax ties them together.",
    };
}
