/** A sample of wrong predictions in which every count is 1. */
import type { ReportErrors } from "../../src/report/errors.ts";
import { collectText } from "../../src/report/words-errors.ts";

const errors: Omit<ReportErrors, "collect"> = {
  task: "classification",
  of: "given",
  split: "validation",
  rows: 40,
  networks: 1,
  unanswered: 0,
  missed: 1,
  mistakes: [{ part: "source", row: 0, line: 2, truth: "a", answer: "b", confidence: 0.9, values: { x: 1, y: null } }],
  slices: [
    {
      where: [{ attribute: "x", from: 1, to: 2 }],
      rows: 1,
      missed: 1,
      error: 1,
      rest: 0,
      p: 0.01,
      examples: [0],
      lines: [2],
    },
  ],
  looked: 1,
  confusion: {
    classes: ["a", "b"],
    counts: [
      [19, 1],
      [0, 20],
    ],
  },
  pairs: [{ truth: "a", answer: "b", rows: 1 }],
  classes: [{ name: "a", rows: 1, missed: 1, low: 0.2, high: 1, mostly: { name: "b", rows: 1 } }],
  tokens: [{ truth: "a", answer: "b", times: 1, of: 1 }],
  lengths: [{ length: 1, rows: 1, missed: 1, tokensWrong: 1 }],
};

export const errorsSample: ReportErrors = { ...errors, collect: collectText(errors) };
