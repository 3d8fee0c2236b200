/** The catalogue of causes: a plain array, one entry a file. */
import { badSchedule } from "./bad-schedule.ts";
import { batchTooLarge } from "./batch-too-large.ts";
import { batchTooSmall } from "./batch-too-small.ts";
import type { Cause } from "./cause.ts";
import { classImbalance } from "./class-imbalance.ts";
import { constantFeature } from "./constant-feature.ts";
import { doubleSoftmax } from "./double-softmax.ts";
import { dyingRelu } from "./dying-relu.ts";
import { explodingGradients } from "./exploding-gradients.ts";
import { inputsNotScaled } from "./inputs-not-scaled.ts";
import { inputsScaledTwice } from "./inputs-scaled-twice.ts";
import { labelEncoding } from "./label-encoding.ts";
import { labelNoise } from "./label-noise.ts";
import { labelsUnrelated } from "./labels-unrelated.ts";
import { leakage } from "./leakage.ts";
import { learningRateTooHigh } from "./learning-rate-too-high.ts";
import { learningRateTooLow } from "./learning-rate-too-low.ts";
import { misplacedLayer } from "./misplaced-layer.ts";
import { missingNonlinearity } from "./missing-nonlinearity.ts";
import { missingValues } from "./missing-values.ts";
import { networkTooLarge } from "./network-too-large.ts";
import { networkTooSmall } from "./network-too-small.ts";
import { notShuffled } from "./not-shuffled.ts";
import { overRegularised } from "./over-regularised.ts";
import { overfitting } from "./overfitting.ts";
import { poorInitialisation } from "./poor-initialisation.ts";
import { targetsNotScaled } from "./targets-not-scaled.ts";
import { tooFewEpochs } from "./too-few-epochs.ts";
import { tooFewExamples } from "./too-few-examples.ts";
import { unrepresentativeSplit } from "./unrepresentative-split.ts";
import { vanishingGradients } from "./vanishing-gradients.ts";
import { weakOptimizer } from "./weak-optimizer.ts";
import { wrongHiddenActivation } from "./wrong-hidden-activation.ts";
import { wrongLoss } from "./wrong-loss.ts";
import { wrongMetric } from "./wrong-metric.ts";
import { wrongOutputActivation } from "./wrong-output-activation.ts";
import { wrongPreprocessing } from "./wrong-preprocessing.ts";

export const causes = [
  badSchedule,
  batchTooLarge,
  batchTooSmall,
  classImbalance,
  constantFeature,
  doubleSoftmax,
  dyingRelu,
  explodingGradients,
  inputsNotScaled,
  inputsScaledTwice,
  labelEncoding,
  labelNoise,
  labelsUnrelated,
  leakage,
  learningRateTooHigh,
  learningRateTooLow,
  misplacedLayer,
  missingNonlinearity,
  missingValues,
  networkTooLarge,
  networkTooSmall,
  notShuffled,
  overRegularised,
  overfitting,
  poorInitialisation,
  targetsNotScaled,
  tooFewEpochs,
  tooFewExamples,
  unrepresentativeSplit,
  vanishingGradients,
  weakOptimizer,
  wrongHiddenActivation,
  wrongLoss,
  wrongMetric,
  wrongOutputActivation,
  wrongPreprocessing,
] as const;

export type CauseId = (typeof causes)[number]["id"];

/** The entry of an id. */
export const causeOf = (id: CauseId): Cause<CauseId> => causes.find((cause) => cause.id === id)!;
