/** What terminal and page both say of wrong predictions. */

import { rowName } from "../data/dataset.ts";
import type { Condition } from "../errors/attributes.ts";
import type { ErrorSlice, Errors, Mistake } from "../errors/errors.ts";
import { are, count, list, number, percent } from "../words.ts";
import { LONGEST, shortened } from "./verdict/headline.ts";

/** "flipper_length 190 … 197", "island = Biscoe", "missing age". */
function conditionText(condition: Condition): string {
  const { attribute } = condition;
  if ("missing" in condition) return `missing ${attribute}`;
  if ("is" in condition) {
    const groups = groupsOf(attribute);
    if (groups) return `images that look alike (group ${condition.is} of ${groups})`;
    if (/^“.*” in the target$/s.test(attribute)) return condition.is === "yes" ? attribute : `no ${attribute}`;
    return `${attribute} = ${condition.is}`;
  }
  const { from, to } = condition;
  return `${attribute} ${from === to ? number(from) : `${number(from)} … ${number(to)}`}`;
}

/** How many groups images were put into. */
const groupsOf = (attribute: string): string | undefined => attribute.match(/^cluster of (\d+)$/)?.[1];

/** "40 rows with age 18 … 30", "277 images that look alike (group 8 of 20)"; of a later slice, those that the ones before leave. */
function rowsWith({ rows, where }: ErrorSlice, later: boolean): string {
  const other = later ? "other " : "";
  const alike = groupsOf(where[0].attribute) !== undefined;
  return alike
    ? `${count(rows)} ${other}${sliceText({ where })}`
    : `${count(rows, `${other}row`)} with ${sliceText({ where })}`;
}

export const sliceText = ({ where }: Pick<ErrorSlice, "where">): string => list(where.map(conditionText));

/** "p ≤ 0.001": 999 permutations can show no smaller one. */
const pText = (p: number): string => (p <= 0.001 ? "p ≤ 0.001" : `p = ${number(p)}`);

const rowsText = ({ rows, split, networks }: Pick<Errors, "rows" | "split" | "networks">): string =>
  `${count(rows, `${split} row`)}${networks > 1 ? ` of ${networks} seeds` : ""}`;

/** Mean absolute error of each column. */
export function meanErrors({ ranges = [] }: Pick<Errors, "ranges">): { column: string; mae: number }[] {
  const columns = [...new Set(ranges.map(({ column }) => column))];
  return columns.map((column) => {
    const own = ranges.filter((range) => range.column === column);
    const rows = own.reduce((sum, range) => sum + range.rows, 0);
    return { column, mae: own.reduce((sum, range) => sum + range.mae * range.rows, 0) / rows };
  });
}

/** The sentence before all: how many, or by how much. */
export function missedText(errors: Errors): string {
  const { missed, rows } = errors;
  if (missed === 0) return `No wrong prediction among ${rowsText(errors)}.`;
  if (missed !== null)
    return `${count(missed)} of the ${rowsText(errors)} ${are(missed)} predicted incorrectly (${percent(missed / rows)}).`;
  const means = meanErrors(errors);
  const off = means.map(({ column, mae }) => (means.length > 1 ? `${number(mae)} (${column})` : number(mae)));
  return `The mean absolute error on ${rowsText(errors)} is ${list(off)}.`;
}

/** An error of numbers: with several columns, in standard deviations of each. */
const offText = (error: number, errors: Pick<Errors, "ranges">): string =>
  `${number(error)}${meanErrors(errors).length > 1 ? " standard deviations" : ""}`;

/** The error rate, or mean error, of a slice beside that of the other rows. */
export const slicePart = ({ missed, error, rest, p }: ErrorSlice, errors: Pick<Errors, "ranges">): string =>
  missed === undefined
    ? `mean absolute error ${offText(error, errors)}, elsewhere ${offText(rest, errors)}; ${pText(p)}`
    : `error rate ${percent(error)}, elsewhere ${percent(rest)}; ${pText(p)}`;

/** One slice: how much of the error lies in how many rows. */
export function sliceSentence(slice: ErrorSlice, errors: Errors): string {
  const where = rowsWith(slice, errors.slices.indexOf(slice) > 0);
  const part = slicePart(slice, errors);
  if (slice.missed === undefined) return `Errors are larger on the ${where} (${part}).`;
  return `${count(slice.missed)} of the ${count(errors.missed ?? 0, "wrong prediction")} ${are(slice.missed)} among the ${where} (${part}).`;
}

/** What to do about them. */
export const next = ({ missed, rows }: Pick<Errors, "missed" | "rows">): string =>
  missed !== null && missed > rows / 2
    ? "most rows are predicted incorrectly, so find out first why the network does not learn"
    : `collect more such rows, and check their ${missed === null ? "targets" : "labels"}`;

/** What to collect next, and why. */
export function collectText(errors: Errors): string {
  const { slices, classes = [], missed, rows, looked } = errors;
  if (missed === 0) return "Every row is predicted correctly.";
  if (slices.length > 0) return `${sliceSentence(slices[0], errors).replace(/\.$/, "")}: ${next(errors)}.`;
  const hardest = classes.find((one) => one.rows > 0 && missed !== null && one.low > missed / rows);
  if (hardest) {
    const mostly = hardest.mostly ? `, ${count(hardest.mostly.rows)} of them as ${hardest.mostly.name}` : "";
    return `${count(hardest.missed)} of the ${count(hardest.rows, "row")} of ${hardest.name} ${are(hardest.missed)} predicted incorrectly${mostly}: ${next(errors)}.`;
  }
  return looked > 0
    ? `The errors share nothing that ${count(rows, "row")} could show (${count(looked, "slice")} tested).`
    : `${count(rows, "row")} ${are(rows)} too few to show what the errors share.`;
}

/** "row 18 (line 19): Adelie, predicted Chinstrap (99 %)"; of a folder "cats/17.png: …". */
export function mistakeText(mistake: Mistake): string {
  const { part, column, truth, answer, confidence } = mistake;
  const of = part === "source" ? "" : ` of the ${part} file`;
  const [t, a] = [truth, answer].map((value) => (typeof value === "number" ? number(value) : value));
  const sure = confidence === null ? "" : ` (${percent(confidence)})`;
  return `${rowName(mistake)}${of}: ${column ? `${column} ` : ""}${t}, predicted ${a}${sure}`;
}

/** The headline of a page about errors alone. */
export function headlineOfErrors(errors: Errors & { collect: string }): string {
  const { slices, missed } = errors;
  if (missed === 0) return missedText(errors);
  if (slices.length === 0) return shortened([missedText(errors), errors.collect]);
  const [slice] = slices;
  const fact = missedText(errors).replace(/\.$/, "");
  const where = rowsWith(slice, false);
  const part =
    slice.missed === undefined
      ? `${offText(slice.error, errors)} on the ${where}`
      : `${count(slice.missed)} of them among the ${where}`;
  const text = `${fact}, ${part}: ${next(errors)}.`;
  return text.length <= LONGEST ? text : missedText(errors);
}
