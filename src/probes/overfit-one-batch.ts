/** Trains on a single batch without regularization: a network that cannot fit even that has a fault other than its data. */
import type { Layer, Plan } from "../plan/plan.ts";
import { type Probe, type ProbeContext, shortened } from "./probe.ts";

/** The default batch size of Keras. */
const ROWS = 32;
// TheDeepChecker (TOSEM 2022) trains 1,000 steps on a batch of 16 rows; here half as many on twice the rows.
const STEPS = 500;

const rowsOf = ({ plan, rows }: ProbeContext) => Math.min(ROWS, plan.training.batchSize, rows);
const stepsOf = ({ steps }: ProbeContext) => Math.max(50, Math.min(STEPS, steps));

/** Dropout and noise off, weight penalties 0; batch normalization takes its statistics from the only batch. */
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
