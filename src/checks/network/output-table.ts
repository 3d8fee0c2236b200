/** The static table task × output activation × loss × units: what of it cannot work, and whose fault that is. */
import type { Task } from "../../case/case.ts";
import { isCrossEntropy, type Loss } from "../facts.ts";

type Mismatch = { strength: number; says: string; kind: string };

export const ACTIVATION_STRENGTHS = {
  "softmax-of-one": 1,
  "softmax-regression": 0.9,
  "relu-regression": 0.4,
  "softmax-multilabel": 0.9,
  "logits-multilabel": 0.9,
  "relu-logits": 0.8,
  "no-probability": 1,
  "relu-class": 0.6,
  "relu-classes": 0.7,
  "linear-class": 0.4,
  "sigmoid-classes": 0.4,
  "linear-classes": 0.5,
  "tanh-classes": 0.5,
};

export const LOSS_STRENGTHS = {
  "class-loss": 1,
  "scale-free": 0.9,
  counts: 0.4,
  "categorical-of-one": 1,
  "categorical-multilabel": 0.8,
  "absolute-error": 0.8,
  "squared-error": 0.55,
  "no-class-loss": 0.7,
  hinge: 0.6,
  "binary-of-many": 0.25,
};

type Seen<Kind> = { kind: Kind; says: string } | undefined;

const REGRESSION = new Set(["meanSquaredError", "meanAbsoluteError", "huber"]);

function activationSeen(
  task: Task,
  activation: string,
  loss: Loss,
  units: number | undefined,
): Seen<keyof typeof ACTIVATION_STRENGTHS> {
  if (activation === "softmax" && units === 1)
    return { kind: "softmax-of-one", says: "A softmax over one unit is always 1, whatever the input." };
  if (task === "regression") {
    if (activation === "softmax")
      return {
        kind: "softmax-regression",
        says: "A softmax makes the outputs of a regression add up to 1.",
      };
    if (activation === "relu")
      return {
        kind: "relu-regression",
        says: "The output passes a relu: below 0 it has no gradient, and a row that starts there never leaves.",
      };
    return;
  }
  if (task === "multilabel") {
    if (activation === "softmax")
      return {
        kind: "softmax-multilabel",
        says: "A softmax makes labels that are independent share one sum of 1.",
      };
    if (activation !== "sigmoid" && !loss.fromLogits)
      return {
        kind: "logits-multilabel",
        says: `The outputs pass ${activation}, so they are no probabilities.`,
      };
    return;
  }
  const probability = activation === "softmax" || activation === "sigmoid" || activation === "hardSigmoid";
  if (isCrossEntropy(loss.name) && loss.fromLogits) {
    // Raw numbers are what such a loss wants; twice-squashed ones are the double softmax, a check of its own.
    return activation === "relu"
      ? { kind: "relu-logits", says: "The logits pass a relu, so none is below 0." }
      : undefined;
  }
  if (isCrossEntropy(loss.name) && !probability)
    return {
      kind: "no-probability",
      says: `The loss takes probabilities; the outputs pass ${activation === "linear" ? "no activation" : activation}.`,
    };
  if (activation === "relu")
    return {
      kind: units === 1 ? "relu-class" : "relu-classes",
      says: "The class scores pass a relu: below 0 they have no gradient.",
    };
  if (units === 1) {
    if (activation === "linear" && REGRESSION.has(loss.name))
      return { kind: "linear-class", says: "A class is answered by one unbounded number." };
    return;
  }
  if (activation === "sigmoid" && loss.name !== "binaryCrossentropy" && isCrossEntropy(loss.name))
    return {
      kind: "sigmoid-classes",
      says: "Classes that exclude each other are answered by independent sigmoids.",
    };
  if (activation === "linear" && REGRESSION.has(loss.name))
    return { kind: "linear-classes", says: "Classes are answered by unbounded numbers." };
  if (activation === "tanh") return { kind: "tanh-classes", says: "Classes 0 and 1 are answered by a tanh." };
}

function lossSeen(
  task: Task,
  activation: string,
  name: string,
  units: number | undefined,
): Seen<keyof typeof LOSS_STRENGTHS> {
  const categorical = name === "categoricalCrossentropy" || name === "sparseCategoricalCrossentropy";
  if (task === "regression") {
    if (isCrossEntropy(name) || name === "kullbackLeiblerDivergence" || name === "hinge")
      return { kind: "class-loss", says: `${name} is a loss of classes; the targets are numbers.` };
    if (name === "cosineSimilarity")
      return { kind: "scale-free", says: "cosineSimilarity does not see the size of the answer." };
    if (name === "poisson") return { kind: "counts", says: "poisson is a loss of counts." };
    return;
  }
  if (categorical && units === 1)
    return {
      kind: "categorical-of-one",
      says: `${name} over one unit is 0 for class 1 whatever the answer is, and has nothing to learn from.`,
    };
  if (task === "multilabel") {
    if (categorical)
      return {
        kind: "categorical-multilabel",
        says: `${name} expects one label per row; rows have several.`,
      };
    return;
  }
  if (name === "kullbackLeiblerDivergence") return;
  if (REGRESSION.has(name)) {
    return {
      kind: name === "meanAbsoluteError" ? "absolute-error" : "squared-error",
      says: `${name} measures distances between numbers; behind a ${activation} its gradient fades where the answer is most wrong.`,
    };
  }
  if (name === "poisson" || name === "cosineSimilarity")
    return { kind: "no-class-loss", says: `${name} is no loss of classes.` };
  if (name === "hinge")
    return activation === "linear" || activation === "tanh"
      ? undefined
      : { kind: "hinge", says: "hinge speaks of −1 and 1; the answers lie between 0 and 1." };
  if (name === "binaryCrossentropy" && activation === "softmax" && (units ?? 2) > 2)
    return {
      kind: "binary-of-many",
      says: "binaryCrossentropy judges the classes one by one; a softmax ties them together.",
    };
}

/** What is wrong with the output activation for this task and loss. */
export function activationMismatch(...asked: Parameters<typeof activationSeen>): Mismatch | undefined {
  const seen = activationSeen(...asked);
  return seen && { ...seen, strength: ACTIVATION_STRENGTHS[seen.kind] };
}

/** What is wrong with the loss for this task. */
export function lossMismatch(...asked: Parameters<typeof lossSeen>): Mismatch | undefined {
  const seen = lossSeen(...asked);
  return seen && { ...seen, strength: LOSS_STRENGTHS[seen.kind] };
}
