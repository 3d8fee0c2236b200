/** The same training with the training labels permuted: labels that carry a signal make it worse. */
import type { Probe } from "./probe.ts";

export const shuffledLabels: Probe = {
  id: "shuffled-labels",
  whole: true,
  jobs: ({ plan, seed }) => [
    { plan, seed, variation: { kind: "shuffled-labels" }, options: { scores: 1, trainScores: false } },
    { plan, seed, options: { scores: 1, trainScores: false } },
  ],
  read(runs) {
    const [shuffled, plain] = runs.map(({ end }) => {
      const judged = end?.validation ?? end?.train;
      return { score: judged?.score ?? Number.NaN, loss: judged?.loss ?? Number.NaN };
    });
    return { shuffledLabels: { ...shuffled, plain } };
  },
};
