/** The head of a run that tests keep. */
import type { RunHead } from "../../src/run/head.ts";

export const head: RunHead = {
  version: 1,
  unstuck: "0.0.0",
  plan: "plan.json",
  given: {},
  seed: 3,
  threads: 1,
  task: "regression",
  data: "x",
};
