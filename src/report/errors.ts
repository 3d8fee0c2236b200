/** The part of a Report that tells which rows are missed and what they share. */
import { z } from "zod";

// As in report.ts: the compiler's own declaration of it is no TypeScript.
const real: z.ZodType<number> = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);
const value = z.union([z.string(), real]);

const condition = z
  .union([
    z.object({ attribute: z.string(), from: real, to: real }),
    z.object({ attribute: z.string(), is: z.string() }),
    z.object({ attribute: z.string(), missing: z.literal(true) }),
  ])
  .describe("from … to: values that occur, both included.");

const mistake = z.object({
  row: z.number().describe("Row of the file, from 0, the header not counted."),
  part: z.enum(["source", "validation", "test"]).describe("Which of the plan's sources it is a row of."),
  file: z.string().optional().describe("Of a folder: which file it is."),
  column: z.string().optional().describe("Of several target columns: the one that is farthest off."),
  truth: value,
  answer: value,
  confidence: real.nullable().describe("How sure the network was, 0 … 1; null where its outputs are no probabilities."),
  values: z.record(z.string(), value.nullable()).describe("What the row holds; null: missing."),
  picture: z.string().optional().describe("A small bitmap, as a data URI."),
});

const slice = z.object({
  where: z.array(condition).describe("Each holds."),
  rows: z.number(),
  missed: z.number().optional(),
  error: real.describe("Share of its rows that is missed; of numbers, mean absolute error."),
  rest: real.describe("The same of all other rows."),
  p: real.describe("Corrected over all slices that were looked at (Westfall & Young)."),
  examples: z.array(z.number()).describe("Rows of the file, the worst first."),
  files: z.array(z.string()).optional().describe("Of a folder: which files these are."),
  pictures: z.array(z.string()).optional().describe("The mean of its images, then some that are missed."),
});

const byClass = z.object({
  name: z.string(),
  rows: z.number(),
  missed: z.number(),
  low: real.describe("Of the 95 % interval of the share that is missed (Wilson)."),
  high: real,
  mostly: z.object({ name: z.string(), rows: z.number() }).nullable().describe("What the missed rows are called."),
  wrongly: z.number().optional().describe("Of a label: rows that it was wrongly given."),
});

export const errorsSchema = z.object({
  task: z.enum(["classification", "multilabel", "regression", "sequence"]),
  of: z.enum(["given", "prescribed"]).describe("The plan whose network answered: as it was given, or as prescribed."),
  split: z.enum(["validation", "training"]),
  rows: z.number().describe("Rows that were judged, each once."),
  networks: z.number().describe("How many networks (seeds) it took to judge them."),
  unanswered: z.number().describe("Rows of numbers that got no number as an answer."),
  missed: z.number().nullable().describe("null for numbers."),
  mistakes: z.array(mistake).describe("The surest first; of numbers the farthest off; at most 24."),
  slices: z.array(slice).describe("Where the error is significantly higher; at most three, without overlap."),
  looked: z.number().describe("How many slices were looked at."),
  confusion: z
    .object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) })
    .optional()
    .describe("counts[truth][answer]; absent with more than 100 classes."),
  pairs: z.array(z.object({ truth: z.string(), answer: z.string(), rows: z.number() })).optional(),
  classes: z.array(byClass).optional().describe("The hardest first."),
  ranges: z
    .array(z.object({ column: z.string(), from: real, to: real, rows: z.number(), bias: real, mae: real }))
    .optional()
    .describe("Fifths by what is true: mean of answer − truth, mean absolute error."),
  tokens: z.array(z.object({ truth: z.string(), answer: z.string(), times: z.number(), of: z.number() })).optional(),
  lengths: z
    .array(z.object({ length: z.number(), rows: z.number(), missed: z.number(), tokensWrong: real }))
    .optional(),
  collect: z.string().describe("What they share and what to collect next, in a sentence."),
});

export type ReportErrors = z.output<typeof errorsSchema>;
