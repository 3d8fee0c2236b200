/** A plan as a program that runs by itself: it loads the data, prepares them, builds the network, trains it and says how it does. */

import { UserError } from "../../errors.ts";
import { kerasProgram } from "./keras.ts";
import { pytorchProgram } from "./pytorch.ts";
import { isSequence, refuseOddLoss } from "./sequence.ts";
import type { Subject } from "./subject.ts";

export { isPictures } from "./pictures.ts";
export type { Subject } from "./subject.ts";

export const FRAMEWORKS = ["keras", "pytorch"] as const;
export type Framework = (typeof FRAMEWORKS)[number];

/** @throws UserError for a plan, or a layer, that is not told in that framework yet. */
export function program(subject: Subject, framework: Framework): string {
  const { data } = subject.plan;
  const left = data.window ? "data.window" : data.augment.length > 0 ? "data.augment" : undefined;
  if (left !== undefined) throw new UserError(`a program for ${left} is not written yet.`, "Take it out of the plan.");
  if (isSequence(subject)) refuseOddLoss(subject);
  return framework === "keras" ? kerasProgram(subject) : pytorchProgram(subject);
}
