/** A plan as a program that runs by itself: it loads the data, prepares them, builds the network, trains it and prints its score. */

import { refuseUnequal } from "./augment.ts";
import { kerasProgram } from "./keras.ts";
import { pytorchProgram } from "./pytorch.ts";
import { isSequence, refuseOddLoss } from "./sequence.ts";
import type { Framework, Subject } from "./subject.ts";

/** @throws UserError for a plan, or a layer, that is not supported in that framework. */
export function program(subject: Subject, framework: Framework): string {
  refuseUnequal(subject, framework);
  if (isSequence(subject)) refuseOddLoss(subject);
  return framework === "keras" ? kerasProgram(subject) : pytorchProgram(subject);
}
