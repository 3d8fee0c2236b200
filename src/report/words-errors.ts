/** What terminal and page both say of missed rows. */

import { rowName } from "../data/dataset.ts";
import type { Condition } from "../errors/attributes.ts";
import type { ErrorSlice, Errors, Mistake } from "../errors/errors.ts";
import { count, list, number, percent } from "../words.ts";

/** "flipper_length 190 … 197", "island = Biscoe", "age missing". */
export function conditionSays(condition: Condition): string {
  const { attribute } = condition;
  if ("missing" in condition) return `${attribute} missing`;
  if ("is" in condition) {
    const groups = groupsOf(attribute);
    if (groups) return `pictures that look alike (group ${condition.is} of ${groups})`;
    if (/^“.*” in the target$/s.test(attribute)) return condition.is === "yes" ? attribute : `no ${attribute}`;
    return `${attribute} = ${condition.is}`;
  }
  const { from, to } = condition;
  return `${attribute} ${from === to ? number(from) : `${number(from)} … ${number(to)}`}`;
}

/** How many groups pictures were put into. */
const groupsOf = (attribute: string): string | undefined => attribute.match(/^cluster of (\d+)$/)?.[1];

/** "40 rows with age 18 … 30", "277 pictures that look alike (group 8 of 20)"; of a later slice, those that the ones before leave. */
function rowsWith({ rows, where }: ErrorSlice, later: boolean): string {
  const alike = groupsOf(where[0].attribute) !== undefined;
  return `${count(rows)}${later ? " other" : ""} ${alike ? "" : "rows with "}${sliceSays({ where })}`;
}

export const sliceSays = ({ where }: Pick<ErrorSlice, "where">): string => list(where.map(conditionSays));

/** "p ≤ 0.001": no smaller one can be told from 999 permutations. */
export const pSays = (p: number): string => (p <= 0.001 ? "p ≤ 0.001" : `p = ${number(p)}`);

const rowsSays = ({ rows, split }: Pick<Errors, "rows" | "split">): string => count(rows, `${split} row`);

/** Mean absolute error of each column. */
export function meanErrors({ ranges = [] }: Pick<Errors, "ranges">): { column: string; mae: number }[] {
  const columns = [...new Set(ranges.map(({ column }) => column))];
  return columns.map((column) => {
    const own = ranges.filter((range) => range.column === column);
    const rows = own.reduce((sum, range) => sum + range.rows, 0);
    return { column, mae: own.reduce((sum, range) => sum + range.mae * range.rows, 0) / rows };
  });
}

/** How rows are told, where they are. */
export const counted = (files: boolean): string => (files ? "" : " Rows are counted from 0.");

/** The sentence before all: how many, or how far. */
export function missedSays(errors: Errors): string {
  const { missed, rows, networks } = errors;
  const by = networks > 1 ? `, judged by the networks of ${networks} seeds` : "";
  if (missed !== null) {
    const share = missed > 0 ? ` (${percent(missed / rows)})` : "";
    return `${count(missed)} of the ${rowsSays(errors)} ${missed === 1 ? "is" : "are"} missed${share}${by}.`;
  }
  const means = meanErrors(errors);
  const off = means.map(({ column, mae }) => (means.length > 1 ? `${number(mae)} (${column})` : number(mae)));
  return `On the ${rowsSays(errors)} the answers are off by ${list(off)} on average${by}.`;
}

/** An error of numbers: of several columns, in units of the spread of each. */
export const offSays = (error: number, errors: Pick<Errors, "ranges">): string =>
  `${number(error)}${meanErrors(errors).length > 1 ? " standard deviations" : ""}`;

/** One slice: how much of the error lies in how many rows. */
export function sliceSentence(slice: ErrorSlice, errors: Errors): string {
  const where = rowsWith(slice, errors.slices.indexOf(slice) > 0);
  if (slice.missed === undefined)
    return `The ${where} are off by ${offSays(slice.error, errors)} on average, the others by ${offSays(slice.rest, errors)} (${pSays(slice.p)}).`;
  const shares = `${percent(slice.error)} of them, elsewhere ${percent(slice.rest)}; ${pSays(slice.p)}`;
  const are = slice.missed === 1 ? "is" : "are";
  return `${count(slice.missed)} of the ${count(errors.missed ?? 0)} misses ${are} among ${where} (${shares}).`;
}

/** What to do about them. */
export const next = ({ missed, rows }: Errors): string =>
  missed !== null && missed > rows / 2
    ? "most rows are missed, so find out first why it does not learn"
    : `collect more of these, and check their ${missed === null ? "targets" : "labels"}`;

/** What to collect next, and why. */
export function collectSays(errors: Errors): string {
  const { slices, classes = [], missed, rows, looked } = errors;
  if (missed === 0) return "No judged row is missed.";
  if (slices.length > 0) return `${sliceSentence(slices[0], errors).replace(/\.$/, "")}: ${next(errors)}.`;
  const hardest = classes.find((one) => one.rows > 0 && missed !== null && one.low > missed / rows);
  if (hardest) {
    const mostly = hardest.mostly ? `, ${count(hardest.mostly.rows)} of them as ${hardest.mostly.name}` : "";
    return `${count(hardest.missed)} of the ${count(hardest.rows, "row")} of ${hardest.name} are missed${mostly}: ${next(errors)}.`;
  }
  return looked > 0
    ? `In ${count(looked, "slice")} that were looked at, the errors share nothing that ${count(rows, "row")} could show.`
    : `${count(rows, "row")} are too few to show what the errors share.`;
}

/** "row 17: Adelie, called Chinstrap (99 %)"; of a folder "cats/17.png: …". */
export function mistakeSays(mistake: Mistake): string {
  const { part, column, truth, answer, confidence } = mistake;
  const of = part === "source" ? "" : ` of the ${part} file`;
  const [t, a] = [truth, answer].map((value) => (typeof value === "number" ? number(value) : value));
  const sure = confidence === null ? "" : ` (${percent(confidence)})`;
  return `${rowName(mistake)}${of}: ${column ? `${column} ` : ""}${t}, ${typeof answer === "number" ? "answered" : "called"} ${a}${sure}`;
}

/** The sentence that says everything. */
export function headlineOfErrors(errors: Errors & { collect: string }): string {
  const { slices, missed } = errors;
  if (missed === 0 || slices.length === 0)
    return missed === 0 ? missedSays(errors) : `${missedSays(errors)} ${errors.collect}`;
  const [slice] = slices;
  const where = rowsWith(slice, false);
  const part =
    slice.missed === undefined
      ? `by ${offSays(slice.error, errors)} on ${where}`
      : `${count(slice.missed)} of them among ${where}`;
  return `${missedSays(errors).replace(/\.$/, "")}, ${part}: ${next(errors)}.`;
}
