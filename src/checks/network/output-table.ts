/** The combinations of task, output activation, loss and units that cannot work or work badly, and whether the activation or the loss is at fault. */
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

type Found<Kind> = { kind: Kind; says: string } | undefined;

const REGRESSION = new Set(["meanSquaredError", "meanAbsoluteError", "huber"]);
const SATURATES = new Set(["softmax", "sigmoid", "hardSigmoid", "tanh", "softsign"]);

const outputOf = (activation: string): string =>
  activation === "linear" ? "the output has no activation" : `the output activation is ${activation}`;

function wrongActivation(
  task: Task,
  activation: string,
  loss: Loss,
  units: number | undefined,
): Found<keyof typeof ACTIVATION_STRENGTHS> {
  if (activation === "softmax" && units === 1)
    return { kind: "softmax-of-one", says: "Softmax over a single unit always gives 1, whatever the input." };
  if (task === "regression") {
    if (activation === "softmax")
      return {
        kind: "softmax-regression",
        says: "Softmax forces the outputs of a regression to sum to 1.",
      };
    if (activation === "relu")
      return {
        kind: "relu-regression",
        says: "The output activation is ReLU: where its input is negative, the prediction is 0 and the gradient is 0.",
      };
    return;
  }
  if (task === "multilabel") {
    if (activation === "softmax")
      return {
        kind: "softmax-multilabel",
        says: "Softmax forces the probabilities of independent labels to sum to 1.",
      };
    if (activation !== "sigmoid" && !loss.fromLogits)
      return {
        kind: "logits-multilabel",
        says: `The outputs are not probabilities: ${outputOf(activation)}.`,
      };
    return;
  }
  const probability = activation === "softmax" || activation === "sigmoid" || activation === "hardSigmoid";
  if (isCrossEntropy(loss.name) && loss.fromLogits) {
    // Such a loss expects logits; a softmax or sigmoid before it is found by a check of its own, softmax-twice.
    return activation === "relu"
      ? { kind: "relu-logits", says: "The logits pass through ReLU, so none of them can be negative." }
      : undefined;
  }
  if (isCrossEntropy(loss.name) && !probability)
    return {
      kind: "no-probability",
      says: `${loss.name} expects probabilities, but ${outputOf(activation)}.`,
    };
  if (activation === "relu")
    return {
      kind: units === 1 ? "relu-class" : "relu-classes",
      says: "The output activation is ReLU: where its input is negative, the score of a class is 0 and has no gradient.",
    };
  if (units === 1) {
    if (activation === "linear" && REGRESSION.has(loss.name))
      return {
        kind: "linear-class",
        says: "The class is predicted by a single output without an activation, which is not limited to 0 to 1.",
      };
    return;
  }
  if (activation === "sigmoid" && loss.name !== "binaryCrossentropy" && isCrossEntropy(loss.name))
    return {
      kind: "sigmoid-classes",
      says: "Each class has an independent sigmoid, although every row belongs to exactly one class.",
    };
  if (activation === "linear" && REGRESSION.has(loss.name))
    return {
      kind: "linear-classes",
      says: "The outputs for the classes have no activation, so they are not probabilities.",
    };
  if (activation === "tanh")
    return {
      kind: "tanh-classes",
      says: "The outputs for the classes have tanh (−1 to 1), but the targets are 0 and 1.",
    };
}

function wrongLoss(
  task: Task,
  activation: string,
  name: string,
  units: number | undefined,
): Found<keyof typeof LOSS_STRENGTHS> {
  const categorical = name === "categoricalCrossentropy" || name === "sparseCategoricalCrossentropy";
  if (task === "regression") {
    if (isCrossEntropy(name) || name === "kullbackLeiblerDivergence" || name === "hinge")
      return { kind: "class-loss", says: `${name} is a classification loss, but the targets are numbers.` };
    if (name === "cosineSimilarity")
      return { kind: "scale-free", says: "cosineSimilarity ignores the magnitude of the predictions." };
    if (name === "poisson") return { kind: "counts", says: "poisson is a loss for counts." };
    return;
  }
  if (categorical && units === 1)
    return {
      kind: "categorical-of-one",
      says: `${name} needs one output for each class. With a single output unit, it does not depend on the prediction.`,
    };
  if (task === "multilabel") {
    if (categorical)
      return {
        kind: "categorical-multilabel",
        says: `${name} expects exactly one label per row, but the rows can have several.`,
      };
    return;
  }
  if (name === "kullbackLeiblerDivergence") return;
  if (REGRESSION.has(name)) {
    return {
      kind: name === "meanAbsoluteError" ? "absolute-error" : "squared-error",
      says: SATURATES.has(activation)
        ? `${name} is a regression loss. After ${activation}, its gradient vanishes where a prediction is most wrong.`
        : `${name} is a regression loss, but the targets are classes.`,
    };
  }
  if (name === "poisson" || name === "cosineSimilarity")
    return { kind: "no-class-loss", says: `${name} is not a classification loss.` };
  if (name === "hinge")
    return activation === "linear" || activation === "tanh"
      ? undefined
      : {
          kind: "hinge",
          says: `hinge expects labels of −1 and 1 and scores without limits, but the output activation is ${activation}.`,
        };
  if (name === "binaryCrossentropy" && activation === "softmax" && (units ?? 2) > 2)
    return {
      kind: "binary-of-many",
      says: "binaryCrossentropy evaluates each class separately, but softmax makes their probabilities depend on each other.",
    };
}

/** What is wrong with the output activation for this task and loss. */
export function activationMismatch(...asked: Parameters<typeof wrongActivation>): Mismatch | undefined {
  const found = wrongActivation(...asked);
  return found && { ...found, strength: ACTIVATION_STRENGTHS[found.kind] };
}

/** What is wrong with the loss for this task. */
export function lossMismatch(...asked: Parameters<typeof wrongLoss>): Mismatch | undefined {
  const found = wrongLoss(...asked);
  return found && { ...found, strength: LOSS_STRENGTHS[found.kind] };
}
