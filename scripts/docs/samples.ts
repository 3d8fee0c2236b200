/** Plans with faults, for the pages of the catalogue: every remedy finds something to do in one of them. */
import type { Case } from "../../src/case/case.ts";
import { fromPlan } from "../../src/case/from-plan.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { applyRemedy, type Context, type Remedy } from "../../src/remedies/remedy.ts";
import { cases } from "../../test/causes/cases.ts";
import { accuracy, classes, column, epochs, falling, given, known, numbers, profile } from "../../test/checks/parts.ts";

type Parts = Omit<Case, "version">;
type Written = Record<string, unknown>;

const dense = (units: number, activation = "relu", rest: object = {}) => ({
  layer: "dense",
  units,
  activation,
  ...rest,
});

function sample(plan: Written, parts: Parts = {}): Context {
  const complete = parsePlan(plan);
  const usual: Parts = { ...fromPlan(complete), task: "classification", metric: accuracy, profile: profile() };
  return { plan: complete, given: plan, known: known({ ...usual, ...parts }) };
}
const regression = (network: unknown[], parts: Parts = {}): Context =>
  sample(given({ network, training: { loss: "meanSquaredError" } }), {
    task: "regression",
    metric: { name: "r2", better: "higher", split: "validation" },
    profile: profile({ target: numbers(20, 9) }),
    ...parts,
  });

const SAMPLES: Context[] = [
  sample(given(), {
    learningRateSweep: {
      rates: [1e-4, 1e-3, 1e-2, 1e-1],
      losses: [0.9, 0.6, 0.2, 0.9],
      own: 1e-3,
      steps: 100,
      start: 1,
    },
    suspectLabels: { share: 0.1, rows: [{ row: 17, given: "0", likely: "1", confidence: 0.9 }] },
    groups: { column: "patient", groups: 40, nearest: 0.9, chance: 0.1, score: 1, apart: 0.5 },
    singleFeature: { column: "b", score: 1, others: 0.5 },
    profile: profile({ inputs: { constant: ["b"] }, duplicates: { within: 3, across: 2 } }),
  }),
  sample(given(), { profile: profile({ images: true, shape: [28, 28, 1], inputs: { maxAbs: 255 } }) }),
  sample(given(), { profile: profile({ inTime: { column: "day", overlapping: false } }) }),
  sample(
    given({
      data: { validation: { fraction: 0.3, split: "tail" }, augment: [{ name: "noise", amount: 0.5 }] },
      training: {
        shuffle: false,
        batchSize: 256,
        optimizer: { name: "sgd", learningRate: 1, decay: 0.01, weightDecay: 0.1 },
        schedule: { name: "exponential", factor: 0.1 },
      },
    }),
  ),
  sample(
    given({
      network: [dense(16, "relu", { l2: 0.1 }), { layer: "dropout", rate: 0.8 }, dense(3, "softmax")],
      training: { batchSize: 1, optimizer: { name: "adam", learningRate: 0.5, epsilon: 1e-16 } },
    }),
  ),
  sample(given({ network: [dense(16, "sigmoid"), dense(16, "sigmoid"), dense(3, "softmax")] })),
  sample(given({ network: [dense(16, "linear", { kernelInit: "zeros" }), dense(3, "softmax")] })),
  sample(given({ network: [dense(16, "relu", { trainable: false }), dense(3, "softmax")] })),
  sample(given({ network: [dense(16), dense(3, "softmax"), { layer: "dropout", rate: 0.2 }] })),
  sample(given({ network: [dense(16), dense(3, "softmax"), { layer: "batchNormalization" }] })),
  sample(given({ training: { loss: { name: "categoricalCrossentropy", fromLogits: true } } })),
  sample(given({ training: { loss: { name: "categoricalCrossentropy", reduction: "sum" } } })),
  sample(given({ network: [dense(16), dense(3, "linear")], training: { loss: "meanSquaredError" } })),
  sample(given({ network: [dense(16), dense(1, "softmax")], training: { loss: "binaryCrossentropy" } }), {
    profile: profile({ target: classes([1, 100, 10], [2, 100, 10]) }),
  }),
  sample(given({ network: [dense(16), dense(1, "sigmoid")], training: { loss: "binaryCrossentropy" } }), {
    profile: profile({ target: classes([1, 100, 10], [2, 100, 10], [3, 100, 10]) }),
  }),
  sample(given(), { metric: { ...accuracy, name: "r2" } }),
  sample(given(), { profile: profile({ target: classes([0, 900, 90], [1, 250, 25]) }) }),
  sample(
    given({
      network: [
        { layer: "conv2d", filters: 8, kernelSize: 3, activation: "relu" },
        { layer: "maxPooling2d" },
        { layer: "flatten" },
        dense(3, "softmax"),
      ],
    }),
  ),
  sample(given({ network: [...[1, 2, 3, 4, 5, 6].map(() => dense(64)), dense(3, "softmax")] })),
  regression([dense(16), dense(1, "linear")], { metric: accuracy }),
  regression([dense(16), dense(1, "sigmoid")]),
  regression([dense(16), dense(1, "linear")], {
    profile: profile({ target: numbers(20, 9), columns: [column("a"), column("b")] }),
    epochs: epochs(falling(9), { validation: [9, 5, 3, 2, 3, 4, 5, 6, 7] }),
  }),
];

/** The Case that the tests lead to a cause with, as the plan of somebody who has that fault. */
export function caseOf(cause: string): Case {
  const entry = cases.find(([id]) => id === cause);
  if (!entry) throw new Error(`test/causes/cases.ts has no Case for ${cause}`);
  return known(entry[2]);
}

// A page need not show forty layers.
const SHORT = 8;

/** A plan to which the remedy applies, and what it becomes: that of the cause's own Case where it can be. */
export function example(remedy: Remedy, cause: string): { context: Context; edited: Written } {
  const own = caseOf(cause);
  const { dataPlan: data, network, training } = own;
  const plan = { data, network, training } as Plan;
  const first = network && network.length <= SHORT ? [{ plan, given: plan as Written, known: own }] : [];
  for (const context of [...first, ...SAMPLES]) {
    const edited = applyRemedy(remedy, context);
    if (edited) return { context, edited };
  }
  throw new Error(`no sample plan that ${remedy.id} applies to: add one to scripts/docs/samples.ts`);
}
