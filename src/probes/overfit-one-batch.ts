/** Trains on one batch alone, nothing holding back: a network that cannot learn even that has a fault before its data. */
import type { Layer, Plan } from "../plan/plan.ts";
import { type Probe, type ProbeContext, shortened } from "./probe.ts";

/** Keras' default batch. */
const ROWS = 32;
// TheDeepChecker (TOSEM 2022) gives a batch of 16 rows 1,000 iterations; half of that tells as much for twice the rows.
const STEPS = 500;

const rowsOf = ({ plan, rows }: ProbeContext) => Math.min(ROWS, plan.training.batchSize, rows);
const stepsOf = ({ steps }: ProbeContext) => Math.max(50, Math.min(STEPS, steps));

/** Dropout and noise off, penalties at zero; batch normalisation judges by the only batch that it sees. */
function unrestrained<Kind extends Layer>(layer: Kind): Kind {
  const off = {
    ...("l1" in layer && { l1: 0, l2: 0 }),
    ...("dropout" in layer && { dropout: 0 }),
    ...(layer.layer === "dropout" && { rate: 0 }),
    ...(layer.layer === "gaussianNoise" && { std: 0 }),
    ...(layer.layer === "batchNormalization" && { momentum: 0 }),
    ...("of" in layer && { of: unrestrained(layer.of) }),
  };
  return { ...layer, ...off };
}

function planFor(context: ProbeContext): Plan {
  const plan = shortened(context.plan, stepsOf(context));
  const network = typeof plan.network === "string" ? plan.network : plan.network.map(unrestrained);
  const data = { ...plan.data, augment: [] };
  return { ...plan, data, network, training: { ...plan.training, batchSize: rowsOf(context), averageWeights: null } };
}

export const overfitOneBatch: Probe = {
  id: "overfit-one-batch",
  jobs: (context) => [
    {
      plan: planFor(context),
      seed: context.seed,
      variation: { kind: "one-batch", rows: rowsOf(context) },
      options: { scores: 1, trainScores: false, predictions: true },
    },
  ],
  read([run], context) {
    const { loss } = run.steps;
    return {
      overfitOneBatch: {
        rows: rowsOf(context),
        steps: loss.length,
        first: loss[0],
        last: run.end?.validation?.loss ?? loss[loss.length - 1],
        score: run.end?.score ?? Number.NaN,
        baselineLoss: run.start?.constantLoss ?? Number.NaN,
      },
    };
  },
};
