/** The catalogue of causes: a plain array, one entry a file. */
import { dyingRelu } from "./dying-relu.ts";
import { inputsNotScaled } from "./inputs-not-scaled.ts";
import { learningRateTooHigh } from "./learning-rate-too-high.ts";
import { learningRateTooLow } from "./learning-rate-too-low.ts";
import { missingValues } from "./missing-values.ts";
import { poorInitialisation } from "./poor-initialisation.ts";
import { targetsNotScaled } from "./targets-not-scaled.ts";
import { tooFewEpochs } from "./too-few-epochs.ts";
import { wrongLoss } from "./wrong-loss.ts";
import { wrongOutputActivation } from "./wrong-output-activation.ts";

export const causes = [
  dyingRelu,
  inputsNotScaled,
  learningRateTooHigh,
  learningRateTooLow,
  missingValues,
  poorInitialisation,
  targetsNotScaled,
  tooFewEpochs,
  wrongLoss,
  wrongOutputActivation,
] as const;

export type CauseId = (typeof causes)[number]["id"];
