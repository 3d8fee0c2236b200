/** The part of a Report that lists the rows that are predicted incorrectly, and what they share. */
import { z } from "zod";

// Written out, as in report.ts, since the type that the compiler would declare is not valid TypeScript.
const real: z.ZodType<number> = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"]).transform(Number)]);
const value = z.union([z.string(), real]);

const condition = z
  .union([
    z.object({ attribute: z.string(), from: real, to: real }),
    z.object({ attribute: z.string(), is: z.string() }),
    z.object({ attribute: z.string(), missing: z.literal(true) }),
  ])
  .describe("from … to: values that occur, both included.");

/** Where a row stands. JSON counts rows from 0, as `data.drop` does; every sentence and table counts them from 1. */
export const rowPlace = {
  row: z
    .number()
    .describe("Row of the file, counted from 0, without the header. What is shown to people counts from 1."),
  line: z.number().optional().describe("Its line in a text file, counted from 1."),
  file: z.string().optional().describe("For a folder: which file it is."),
};

const mistake = z.object({
  ...rowPlace,
  part: z.enum(["source", "validation", "test"]).describe("Which of the plan's sources it is a row of."),
  column: z.string().optional().describe("With several target columns: the one with the largest error."),
  truth: value,
  answer: value.describe("What the network predicted."),
  confidence: real.nullable().describe("Predicted probability, 0 … 1; null where the outputs are not probabilities."),
  values: z.record(z.string(), value.nullable()).describe("The values of the row; null: missing."),
  picture: z.string().optional().describe("A small bitmap, as a data URI."),
});

const slice = z.object({
  where: z.array(condition).describe("Each holds."),
  rows: z.number(),
  missed: z.number().optional(),
  error: real.describe("Share of its rows predicted incorrectly; for regression, mean absolute error."),
  rest: real.describe("The same for all other rows."),
  p: real.describe("p-value, corrected for all slices tested (Westfall & Young)."),
  examples: z.array(z.number()).describe("Rows of the file, counted from 0, the worst first."),
  lines: z.array(z.number()).optional().describe("Their lines in a text file, counted from 1."),
  files: z.array(z.string()).optional().describe("For a folder: which files these are."),
  pictures: z
    .array(z.string())
    .optional()
    .describe("The mean of its images, then some that are predicted incorrectly."),
});

const byClass = z.object({
  name: z.string(),
  rows: z.number(),
  missed: z.number(),
  low: real.describe("Lower end of the 95 % interval of the error rate (Wilson)."),
  high: real,
  mostly: z
    .object({ name: z.string(), rows: z.number() })
    .nullable()
    .describe("The class most often predicted instead."),
  wrongly: z.number().optional().describe("For a label: its false positives."),
});

export const errorsSchema = z.object({
  task: z.enum(["classification", "multilabel", "regression", "sequence"]),
  of: z.enum(["given", "prescribed"]).describe("The plan whose network predicted: as given, or as prescribed."),
  split: z.enum(["validation", "training"]),
  rows: z.number().describe("Rows that were evaluated, each once."),
  networks: z.number().describe("How many networks (seeds) it took to evaluate them."),
  unanswered: z.number().describe("For regression: rows whose prediction is not a finite number."),
  missed: z.number().nullable().describe("Rows predicted incorrectly; null for regression."),
  mistakes: z.array(mistake).describe("The most confident first; for regression the largest error first; at most 24."),
  slices: z.array(slice).describe("Where the error is significantly higher; at most three, without overlap."),
  looked: z.number().describe("How many slices were tested."),
  confusion: z
    .object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) })
    .optional()
    .describe("counts[true class][predicted class]; absent with more than 100 classes."),
  pairs: z.array(z.object({ truth: z.string(), answer: z.string(), rows: z.number() })).optional(),
  classes: z.array(byClass).optional().describe("The highest error rate first."),
  ranges: z
    .array(z.object({ column: z.string(), from: real, to: real, rows: z.number(), bias: real, mae: real }))
    .optional()
    .describe("Fifths of the rows by true value: mean of prediction − truth, mean absolute error."),
  tokens: z.array(z.object({ truth: z.string(), answer: z.string(), times: z.number(), of: z.number() })).optional(),
  lengths: z
    .array(z.object({ length: z.number(), rows: z.number(), missed: z.number(), tokensWrong: real }))
    .optional(),
  collect: z.string().describe("What they share and what to collect next, in a sentence."),
});

export type ReportErrors = z.output<typeof errorsSchema>;
