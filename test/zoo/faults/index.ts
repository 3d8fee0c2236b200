/** One fault for each cause that an edit of a plan or of its data can plant. */
import { dataFaults } from "./data.ts";
import type { Fault } from "./edits.ts";
import { networkFaults } from "./network.ts";
import { trainingFaults } from "./training.ts";

export type { Fault };

export const FAULTS: readonly Fault[] = [...dataFaults, ...networkFaults, ...trainingFaults];
