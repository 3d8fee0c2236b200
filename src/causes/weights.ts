/** Fitted weights of the signs, by cause; made by bench/fit.ts. What is not here keeps the number chosen by hand. */
import type { CheckId } from "../checks/index.ts";
import type { Weight } from "./cause.ts";
import type { CauseId } from "./index.ts";

export type Weights = Partial<Record<CauseId, { prior: number; signs: Partial<Record<CheckId, Weight>> }>>;

export const weights: Weights = {};
