/** A small plan to vary, and the message of a refusal. */

import { UserError } from "../../src/user-error.ts";

export const base = {
  data: { source: "a.csv", target: "y" },
  network: [
    { layer: "dense", units: 8, activation: "sigmoid" },
    { layer: "dropout", rate: 0.5 },
    { layer: "dense", units: 3, activation: "softmax" },
  ],
};

export const withData = (data: object) => ({ ...base, data: { ...base.data, ...data } });
export const withTraining = (training: unknown) => ({ ...base, training });
export const withLayers = (...network: unknown[]) => ({ ...base, network });

/** The user's error that `run` ends in. */
export function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}
