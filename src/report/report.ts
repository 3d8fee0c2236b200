/** The Report, version 1: the one value that terminal, page, HTML file and `--json` show. */

import { z } from "zod";
import { writeJson } from "../json.ts";
import { UserError } from "../user-error.ts";
import { errorsSchema, rowPlace } from "./errors.ts";

// The type is written out, since the one that the compiler would declare, with a key -Infinity, is not valid TypeScript.
const real: z.ZodType<number> = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);
const reals = z.array(real);
const effect = z.object({
  mean: real.describe("Mean over the seeds."),
  low: real.describe("Lower end of the 95 % interval; NaN when too few seeds ran to give one."),
  high: real.describe("Upper end of the 95 % interval."),
});
const estimate = effect.extend({ values: reals.describe("One per seed, in the order of the seeds.") });
const reference = z.object({ name: z.string(), value: real });

const metric = z.object({
  name: z.string().describe("As in the plan: accuracy, r2, …"),
  split: z
    .enum(["validation", "training"])
    .describe("The rows that the metric is evaluated on; training for a plan without validation rows."),
  better: z.enum(["higher", "lower"]),
  before: estimate.nullable().describe("The plan as it was given; null when nothing was trained."),
  after: estimate.nullable().describe("With the prescription; null without one."),
  own: estimate
    .optional()
    .describe(
      "The plan as it was given, on all rows with the labels as given, where before and after leave out rows whose labels are in doubt.",
    ),
  baseline: reference
    .nullable()
    .describe("What one gets without learning from the inputs, such as the majority class."),
  ceiling: reference.nullable().describe("The best baseline that sees the inputs, on the same rows."),
  naive: reference.optional().describe("For rows in time order: the last known value, repeated."),
  byClass: z
    .object({
      balancedAccuracy: real.describe("Mean recall over the classes that occur in the evaluated rows."),
      classes: z.array(
        z.object({
          name: z.string(),
          share: real.describe("Of the evaluated rows."),
          recall: real
            .nullable()
            .describe("Share of its rows that are predicted as this class; null where it has no rows."),
          precision: real
            .nullable()
            .describe("Share of the rows predicted as this class that belong to it; null where none are."),
        }),
      ),
    })
    .optional()
    .describe("The plan as it was given, on one seed."),
  test: z
    .object({ before: estimate.nullable(), after: estimate.nullable() })
    .describe("Held-out test rows, evaluated once, at the end."),
});

const cause = z.object({
  id: z.string().describe("From the catalogue of causes."),
  suspicion: real.describe("0 … 1."),
  proof: z
    .enum(["verified", "evident", "refuted", "unclear", "untried"])
    .describe("verified: its remedy improves the score on paired seeds. evident: measured directly."),
  says: z.string().describe("One sentence: the fact, with its number."),
  findings: z.array(z.string()).describe("The checks that support it."),
  gain: effect.nullable().describe("Of its remedy, in the direction that is better; null when none was tried."),
  gainOf: z
    .enum(["alone", "with the others"])
    .optional()
    .describe("What the gain is measured against: the plan as given, or the other changes without this one."),
});

const finding = z.object({
  check: z.string(),
  state: z.enum(["present", "absent", "unknown", "failed"]),
  strength: real.default(0).describe("0 … 1; 0 unless present."),
  says: z.string().default("").describe("One sentence, or empty."),
  where: z.array(z.string()).default([]).describe("Columns, layers or rows."),
  missing: z.array(z.string()).optional().describe("For unknown: the parts of the Case that were missing."),
});

const trial = z.object({
  remedies: z.array(z.string()).describe("Ids of the remedies that were applied together."),
  stage: z.enum(["screen", "proof"]).describe("A screen proves nothing by itself."),
  values: reals.describe("Score of each seed with the edits."),
  gain: effect
    .nullable()
    .describe("Mean paired difference, positive is better; null when it was stopped before it could be measured."),
  verdict: z.enum(["helps", "hurts", "unclear", "cut"]),
});

const prescription = z.object({
  changes: z.array(
    z.object({
      path: z.string().describe("Place in the plan."),
      from: z.unknown().describe("null when the entry is new."),
      to: z.unknown().describe("null when the entry is taken out."),
      cause: z.string().describe("The cause that this edit undoes."),
    }),
  ),
  plan: z.record(z.string(), z.unknown()).describe("The whole plan with the edits made."),
  snippets: z.object({ keras: z.string(), pytorch: z.string(), tfjs: z.string() }),
});

const series = z.object({ points: z.number(), first: real, last: real });
const readLog = z.object({
  path: z.string(),
  format: z.string().describe("The reader that read it."),
  run: z.string().nullable().describe("The run within the file, where it holds several."),
  series: z.record(z.string(), series),
  skipped: z.number().describe("Lines or records that were not understood."),
});

const curve = z.object({
  seed: z.number(),
  epochs: z.array(z.number()),
  train: reals.describe("Training loss."),
  validation: reals.nullable().describe("Validation loss; null without a validation part."),
  trainScore: reals.describe("The metric on the training rows."),
  score: reals.describe("The metric on the evaluated rows."),
});
const sweep = z.object({
  rates: reals,
  losses: reals.describe("Training loss after `steps` steps at each learning rate; NaN where it diverged."),
  own: real.describe("The learning rate of the plan."),
  steps: z.number(),
  start: real.optional().describe("The training loss before the first step."),
});
const heat = z
  .array(z.array(real.nullable()))
  .describe("One row a layer, one column an epoch; null where not measured.");
const heatMap = z.object({
  epochs: z.array(z.number()),
  names: z.array(z.string()),
  dead: heat.describe("Share of the units whose output is 0 for every row."),
  gradient: heat.describe("Norm of the gradient."),
  update: heat.describe("Norm of the update over the norm of the weights."),
});

const part = z.object({ name: z.string(), train: z.number(), validation: z.number() });
const distribution = z.object({ name: z.string(), min: real, max: real, mean: real, std: real });
const data = z.object({
  source: z.string(),
  target: z.array(z.string()),
  rows: z.number(),
  features: z.number().describe("Numbers that a network sees of each row."),
  task: z.enum(["classification", "multilabel", "regression", "sequence"]),
  split: z.object({ kind: z.string(), train: z.number(), validation: z.number(), test: z.number() }),
  classes: z.array(part).nullable().describe("Rows of each class; null for numbers."),
  targets: z.array(distribution).nullable().describe("The targets of the training rows; null for classes."),
  unknown: z.number().describe("Targets that are missing."),
  columns: z
    .array(distribution.extend({ missing: z.number(), distinct: z.number().describe("Counted up to 1,000.") }))
    .describe("The training rows as a network sees them; at most 200, for images one of all pixels."),
  duplicates: z.object({ within: z.number(), across: z.number() }),
  references: z.array(reference).describe("Baselines, scored like the network."),
  balance: z
    .object({ evenness: real, rarest: z.string(), share: real })
    .optional()
    .describe("Entropy of the classes by that of as many equal ones, and the rarest class."),
  interval: z
    .object({ score: real, rows: z.number(), low: real, high: real })
    .optional()
    .describe("95 % interval (Wilson) of the best baseline's score, given the number of validation rows."),
  facts: z
    .object({
      rows: z.number().describe("How many rows were examined."),
      columns: z.array(
        z.object({
          name: z.string(),
          type: z.enum(["number", "integer", "flag", "category", "identifier", "constant", "empty"]),
          quartiles: z.tuple([real, real, real]),
          far: real.describe("Share of the cells beyond Tukey's outer fences."),
          held: real.describe("Share of the variance that these cells make."),
        }),
      ),
    })
    .optional()
    .describe("The columns used as features."),
  written: z
    .array(
      z.object({
        name: z.string(),
        kind: z.enum(["numbers", "category", "date", "identifier", "text", "stray"]),
        missing: z.number(),
      }),
    )
    .optional()
    .describe("All columns of the file, as written."),
});

const reportSchema = z.object({
  version: z.literal(1),
  verdict: z.enum(["stuck", "healthy", "slow", "data-limit", "misleading", "unknown"]),
  headline: z.string().describe("One sentence of cause and one of remedy, at most 200 characters."),
  metric,
  causes: z.array(cause).describe("Most likely first; only those worth reporting."),
  findings: z.array(finding),
  trials: z.array(trial),
  prescription: prescription.nullable().describe("null when nothing helped."),
  settle: z.array(z.string()).describe("What to bring or run to settle what is open, in sentences."),
  read: z.array(readLog).describe("What was read of foreign logs."),
  cost: z.object({ seconds: real, trainings: z.number() }),
  curves: z
    .object({ before: z.array(curve), after: z.array(curve) })
    .optional()
    .describe("One a seed."),
  sweep: sweep.nullable().optional().describe("The learning-rate sweep."),
  layers: heatMap.nullable().optional().describe("What was measured in each layer of the plan as it was given."),
  data: data.optional().describe("Of an audit: what was measured of the data."),
  suspects: z
    .array(
      z.object({
        ...rowPlace,
        given: z.string(),
        likely: z.string(),
        confidence: real.describe("Probability of the likely class minus that of the given one."),
        picture: z.string().optional().describe("Of an image: a data URI."),
      }),
    )
    .optional()
    .describe("Rows whose labels are in doubt, the most doubtful first, where wrong labels are reported as a cause."),
  errors: errorsSchema.optional().describe("Which evaluated rows are predicted incorrectly, and what they share."),
  augmented: z
    .object({
      of: z.enum(["given", "prescribed"]).describe("The plan that augments them."),
      names: z.array(z.string()),
      samples: z.array(
        z.object({
          ...rowPlace,
          original: z.string().describe("A picture, as a data URI."),
          changed: z.array(z.string()),
        }),
      ),
    })
    .optional()
    .describe("Some training images before and after augmentation."),
  said: z.array(z.string()).optional().describe("What was inferred or reduced, in sentences."),
  reproduce: z
    .object({ version: z.string(), seed: z.number(), command: z.string() })
    .optional()
    .describe("How to reproduce this report."),
});

export type Report = z.output<typeof reportSchema>;
export type Verdict = Report["verdict"];
export type ReportMetric = Report["metric"];
export type Effect = z.output<typeof effect>;
export type Estimate = z.output<typeof estimate>;
export type ReportCause = Report["causes"][number];
export type Proof = ReportCause["proof"];
export type ReportFinding = Report["findings"][number];
export type ReportTrial = Report["trials"][number];
export type Prescription = NonNullable<Report["prescription"]>;
export type Curve = z.output<typeof curve>;
export type ReportData = z.output<typeof data>;
export type Sweep = z.output<typeof sweep>;
export type LayerHeatMap = z.output<typeof heatMap>;

// A line break inside a JSON string is always escaped, so these can only match arrays of plain numbers.
const NUMBER = String.raw`(?:-?\d[\d.eE+-]*|null|"NaN"|"-?Infinity")`;
const NUMBER_ARRAY = new RegExp(String.raw`\[\n\s+${NUMBER}(?:,\n\s+${NUMBER})*\n\s*\]`, "g");

/** JSON, two spaces, arrays of numbers on one line; numbers that are not finite are strings. */
export const toJson = (report: Report): string =>
  writeJson(report, 2).replace(NUMBER_ARRAY, (array) =>
    array.replace(/\n\s*/g, " ").replace("[ ", "[").replace(" ]", "]"),
  );

/** The report that `toJson` wrote, its numbers that are not finite restored. */
export function parseReport(text: string, place = "report"): Report {
  const result = reportSchema.safeParse(readJson(text, place));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new UserError(
    `${issue.path.join(".") || "The value"}: ${issue.message}.`,
    "Give a report of version 1, as --json writes it.",
    place,
  );
}

function readJson(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`This is not JSON (${(error as Error).message}).`, "Give a report as --json writes it.", place);
  }
}
