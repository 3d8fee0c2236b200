/** The same training with every input zero: one that scores as well does not use its inputs (Karpathy, 2019). */
import type { Probe } from "./probe.ts";

export const zeroedInputs: Probe = {
  id: "zeroed-inputs",
  whole: true,
  jobs: ({ plan, seed }) => [
    { plan, seed, variation: { kind: "zeroed-inputs" }, options: { scores: 1, trainScores: false } },
    { plan, seed, options: { scores: 1, trainScores: false } },
  ],
  read(runs) {
    const [zeroed, plain] = runs.map(({ end }) => {
      const judged = end?.validation ?? end?.train;
      return { score: judged?.score ?? Number.NaN, loss: judged?.loss ?? Number.NaN };
    });
    return { zeroedInputs: { ...zeroed, plain } };
  },
};
