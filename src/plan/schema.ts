/** The form of a plan: every field, what may stand in it, and the defaults (those of Keras, except for validation). */

import * as z from "zod";
import { chainSchema, count } from "./layers.ts";
import {
  AUGMENTATIONS,
  COMMON_OPTIMIZER,
  LOSS_FIELDS,
  LOSSES,
  METRICS,
  OPTIMIZER_DEFAULTS,
  OPTIMIZER_FIELDS,
  OPTIMIZERS,
  type SCHEDULES,
  TASKS,
} from "./names.ts";

const word = (what: string) => z.string().min(1).describe(what);
const choice = <const Names extends readonly [string, ...string[]]>(title: string, names: Names) =>
  z.enum(names).meta({ title });

const source = z
  .union([
    word("the path of a file or folder"),
    z.strictObject({ images: word("the path of the images"), labels: word("the path of the labels") }),
  ])
  .describe('a path relative to the plan, or { "images": …, "labels": … }');
export type Source = z.output<typeof source>;

const split = z
  .union([
    choice("split", ["random", "stratified", "tail"]),
    z.strictObject({ group: word("the column whose groups stay together") }),
    z.strictObject({ time: word("the column with the time") }),
  ])
  .describe('"random", "stratified", "tail", { "group": column } or { "time": column }');

const part = z
  .union([
    z.null(),
    z.strictObject({
      fraction: z.number().gt(0).lt(1).default(0.2).describe("a number between 0 and 1: the share of the rows"),
      split: split.default("random"),
    }),
    z.strictObject({ source }),
  ])
  .describe('{ "fraction": 0.2, "split": "random" }, { "source": path } or null');

const data = z.strictObject({
  source,
  target: z
    .union([word("a column"), z.array(word("a column")).min(1)])
    .describe("the name of the column to predict, or a list of them"),
  features: z.array(word("a column")).min(1).optional().describe("a list of columns; absent: all but the target"),
  task: choice("task", TASKS).optional().describe("absent: inferred from the target"),
  validation: part.prefault({}),
  test: part.default(null),
  missing: choice("missing", ["none", "drop", "mean", "median"])
    .default("none")
    .describe("how missing values are handled"),
  labels: z
    .record(z.string(), z.number())
    .nullable()
    .default(null)
    .describe('the number for each value of the file: { "1": 0, "2": 1 }, or null'),
  drop: z
    .union([z.null(), choice("drop", ["duplicates"]), z.array(z.int().min(0))])
    .default(null)
    .describe('"duplicates", a list of row numbers from 0, or null'),
  relabel: z
    .record(z.string().regex(/^\d+$/), z.union([z.string(), z.number()]))
    .nullable()
    .default(null)
    .describe('row numbers and their label: { "17": "setosa" }, or null'),
  resample: choice("resample", ["none", "over", "under"])
    .default("none")
    .describe("balances the classes of the training rows"),
  scale: z
    .union([
      choice("scale", ["none", "standard", "minmax"]),
      z.strictObject({
        divideBy: z
          .number()
          .refine((n) => n !== 0, "the divisor is 0.")
          .describe("a number, such as 255"),
      }),
    ])
    .default("none")
    .describe('"none", "standard", "minmax" or { "divideBy": 255 }'),
  scaleTarget: choice("scaleTarget", ["none", "standard", "minmax"]).default("none").describe("for regression"),
  classWeights: choice("classWeights", ["none", "balanced"]).default("none").describe("gives rare classes more weight"),
  window: z
    .union([
      z.null(),
      z.strictObject({
        steps: count("rows in a sequence"),
        ahead: count("rows from the sequence to the target").default(1),
      }),
    ])
    .default(null)
    .describe('{ "steps": 20, "ahead": 1 } or null'),
  augment: z
    .array(
      z.strictObject({
        name: choice("augmentation", AUGMENTATIONS),
        amount: z.number().min(0).optional().describe("a number of 0 or more: how strong"),
      }),
    )
    .default([])
    .describe('a list such as [{ "name": "flip" }]'),
  tokens: choice("tokens", ["character", "word"]).optional().describe("what a token of a sequence is"),
});

/** Refuses what the named thing does not have, unless it is the value that it would have anyway. */
function only<Named extends { name: string }>(
  fields: (name: Named["name"]) => readonly string[],
  silent: (name: Named["name"]) => object,
) {
  return (given: Named, context: z.core.$RefinementCtx<Named>) => {
    const plain = Object.entries(silent(given.name));
    for (const [field, value] of plain)
      if (given[field as keyof Named] !== value && !fields(given.name).includes(field))
        context.addIssue({
          code: "custom",
          path: [field],
          input: given,
          message: `${given.name} has no ${field}.`,
          params: { todo: "Remove it." },
        });
  };
}

/** The name first, then what is given, then what silence means. */
function byName<Name extends string, Silent extends object>(
  given: Name | ({ name: Name } & { [Key in keyof Silent]?: Silent[Key] }),
  silent: Silent,
): { name: Name } & Silent {
  return typeof given === "string" ? { name: given, ...silent } : Object.assign({ name: given.name }, silent, given);
}

const COMMON_LOSS = { fromLogits: false as boolean, reduction: "mean" as "mean" | "sum", labelSmoothing: 0 };
const lossName = choice("loss", LOSSES);
const loss = z
  .union([
    lossName,
    z.strictObject({
      name: lossName,
      fromLogits: z.boolean().optional().describe("true or false: the network outputs logits, not probabilities"),
      reduction: choice("reduction", ["mean", "sum"]).optional(),
      labelSmoothing: z.number().min(0).lt(1).optional().describe("a number from 0 to below 1"),
    }),
  ])
  .transform((given) => byName(given, COMMON_LOSS))
  .superRefine(
    only(
      (name) => ["reduction", ...(LOSS_FIELDS[name] ?? [])],
      () => COMMON_LOSS,
    ),
  )
  .describe("the name of a loss, or an object with its name");

type OptimizerName = (typeof OPTIMIZERS)[number];
const optimizerDefaults = (name: OptimizerName) => ({ ...COMMON_OPTIMIZER, ...OPTIMIZER_DEFAULTS[name] });
const optimizerName = choice("optimizer", OPTIMIZERS);
const notNegative = (what: string) => z.number().min(0).optional().describe(`a number of 0 or more: ${what}`);
const share = (what: string) => z.number().min(0).lt(1).optional().describe(`a number from 0 to below 1: ${what}`);
const optimizer = z
  .union([
    optimizerName,
    z.strictObject({
      name: optimizerName.default("rmsprop"),
      learningRate: notNegative("the learning rate"),
      momentum: z.number().min(0).max(1).optional().describe("a number from 0 to 1"),
      nesterov: z.boolean().optional().describe("true or false"),
      decay: notNegative("the learning rate is divided by 1 + decay × step"),
      beta1: share("how slowly the mean changes"),
      beta2: share("how slowly the mean of squares changes"),
      rho: share("how slowly the mean of squares changes"),
      epsilon: notNegative("a small number that prevents division by 0"),
      weightDecay: notNegative("the share of the weights that is subtracted at each step"),
    }),
  ])
  .transform((given) => byName(given, optimizerDefaults(typeof given === "string" ? given : given.name)))
  .superRefine(only((name) => ["learningRate", "decay", "weightDecay", ...OPTIMIZER_FIELDS[name]], optimizerDefaults))
  .describe('the name of an optimizer, or { "name": …, "learningRate": … }');

const every = (silent: number) => count("epochs from one change to the next").default(silent);
const factor = z.number().gt(0).describe("a number above 0: what the learning rate is multiplied by");
const named = <Name extends (typeof SCHEDULES)[number], Shape extends z.core.$ZodLooseShape>(
  name: Name,
  shape: Shape,
) => z.strictObject({ name: z.literal(name), ...shape });
const schedule = z
  .discriminatedUnion("name", [
    named("exponential", { factor }),
    named("step", { factor: factor.default(0.1), every: every(10) }),
    named("cosine", {}),
    named("warmup", { epochs: count("epochs until the full learning rate") }),
    named("oneCycle", {}),
    named("cosineRestarts", { every: count("epochs from one restart to the next") }),
    named("reduceOnPlateau", { factor: factor.default(0.1), patience: count("epochs without progress").default(10) }),
  ])
  .meta({ title: "schedule" })
  .nullable()
  .default(null)
  .describe('null, or a schedule such as { "name": "step", "factor": 0.1, "every": 10 }');

const training = z.strictObject({
  loss: loss.optional(),
  optimizer: optimizer.prefault("rmsprop"),
  batchSize: count("the rows of a step").default(32),
  epochs: count("how often the rows are gone through").default(1),
  shuffle: z.boolean().default(true).describe("true or false: a new order of the rows each epoch"),
  schedule,
  earlyStopping: z
    .union([
      z.null(),
      z.strictObject({
        patience: z.int().min(0).default(0).describe("a whole number of 0 or more: epochs without progress"),
        minDelta: z.number().min(0).default(0).describe("a number of 0 or more: what counts as progress"),
        after: z.int().min(0).default(0).describe("a whole number of 0 or more: epochs before it starts to watch"),
        restoreBest: z.boolean().default(false).describe("true or false: takes the weights of the best epoch"),
      }),
    ])
    .default(null)
    .describe('{ "patience": 3 } or null'),
  clipNorm: z
    .number()
    .gt(0)
    .nullable()
    .default(null)
    .describe("a number above 0: the largest norm of all gradients, or null"),
  averageWeights: z
    .number()
    .gt(0)
    .lt(1)
    .nullable()
    .default(null)
    .describe("a number between 0 and 1, such as 0.999, or null"),
});

const METRIC_K = { k: 5 };
const metricName = choice("metric", METRICS);
const metric = z
  .union([metricName, z.strictObject({ name: metricName, k: count("how many guesses count").optional() })])
  .transform((given) => byName(given, METRIC_K))
  .superRefine(
    only(
      (name) => (name === "topKAccuracy" ? ["k"] : []),
      () => METRIC_K,
    ),
  )
  .describe('the name of a metric, or { "name": "topKAccuracy", "k": 5 }');

export const planSchema = z
  .strictObject({
    data: data.describe('an object with "source" and "target"'),
    network: z.union([chainSchema, word("the path of a model")]).describe("a list of layers, or the path of a model"),
    training: training.prefault({}).describe('an object with "loss", "optimizer", "epochs" …'),
    metric: metric.optional(),
  })
  .describe('an object with "data", "network" and "training"');

let json: object | undefined;

/** The form of what a user may write, as JSON Schema (our names only: aliases are translated before). */
export function planJsonSchema(): object {
  json ??= z.toJSONSchema(planSchema, { io: "input" });
  return json;
}
