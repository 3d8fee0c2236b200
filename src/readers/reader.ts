/** A reader: how the log of a training becomes a Case. */
import type { Case } from "../case/case.ts";
import type { Files } from "./files.ts";

/** One entry of a Report's `read`: what of the log was understood. */
export type ReadEntry = {
  path: string;
  /** Of the reader. */
  format: string;
  /** The run within the log, where it holds several. */
  run: string | null;
  series: Record<string, { points: number; first: number; last: number }>;
  /** Lines or records that were not understood. */
  skipped: number;
};

/** `notes`: what else is to be reported of it, in sentences. */
export type Reading = { known: Case; notes: string[]; read: ReadEntry[] };

export type Reader = {
  /** Its name in a report, and that of its file. */
  id: string;
  /** Whether it can read them, told from names and first bytes: quick, and never throws for what is damaged. */
  recognises(files: Files): boolean;
  /** Trains nothing; what it cannot understand is a `UserError`. */
  read(files: Files): Reading;
};

/** What a report shows of a curve. */
export const seriesOf = (values: readonly number[]): ReadEntry["series"][string] => ({
  points: values.length,
  first: values[0],
  last: values[values.length - 1],
});
