/** Which rows are for training, which for validation and which are held out for the test. */

import type { Plan, Split } from "../plan/plan.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import { quoted } from "../text.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { type Dataset, fileRow } from "./dataset.ts";

export type Parts = { train: Uint32Array; validation: Uint32Array; test: Uint32Array };
type Part = Plan["data"]["validation"];

/**
 * Splits the given rows of the table (ascending); all parts stay in the order of the file. The test rows are taken first
 * and are the same for every seed: no other seed may train on the rows that one holds out.
 */
export function splitRows(plan: Plan, dataset: Dataset, rows: Uint32Array, seed: number): Parts {
  const { validation, test } = plan.data;
  const testRows = heldOut("data.test", test, dataset, rows, stream(0, PURPOSE.split, 1));
  const rest = without(rows, testRows);
  const validationRows = heldOut("data.validation", validation, dataset, rest, stream(seed, PURPOSE.split));
  return { train: without(rest, validationRows), validation: validationRows, test: testRows };
}

function without(rows: Uint32Array, taken: Uint32Array): Uint32Array {
  if (taken.length === 0) return rows;
  const gone = new Uint8Array(rows[rows.length - 1] + 1);
  for (const row of taken) gone[row] = 1;
  return rows.filter((row) => gone[row] === 0);
}

function heldOut(place: string, part: Part, dataset: Dataset, rows: Uint32Array, base: number): Uint32Array {
  if (!part || "source" in part) return new Uint32Array(0);
  if (rows.length < 2)
    throw new UserError(`${count(rows.length, "row")} cannot be split.`, "Give more rows, or set it to null.", place);
  const size = Math.min(rows.length - 1, Math.max(1, Math.round(part.fraction * rows.length)));
  return choose(place, part.split, dataset, rows, size, base).sort();
}

function choose(
  place: string,
  split: Split,
  dataset: Dataset,
  rows: Uint32Array,
  size: number,
  base: number,
): Uint32Array {
  if (split === "tail") return rows.slice(rows.length - size);
  if (split === "random") return inRandomOrder(dataset, rows, base).slice(0, size);
  if (split === "stratified") return stratified(place, dataset, inRandomOrder(dataset, rows, base), size);
  if ("group" in split) return wholeGroups(`${place}.split`, dataset.groups[split.group], split.group, rows, size);
  return latest(`${place}.split`, dataset.times[split.time], split.time, rows, size);
}

/** The latest rows, as close to the requested number as possible with all rows of one time in the same part. */
function latest(place: string, times: Float64Array, name: string, rows: Uint32Array, size: number): Uint32Array {
  const order = rows.toSorted((a, b) => times[a] - times[b] || a - b);
  const wanted = rows.length - size;
  const begins = (i: number): boolean => i > 0 && i < order.length && times[order[i]] > times[order[i - 1]];
  for (let off = 0; off < order.length; off++)
    for (const cut of [wanted + off, wanted - off]) if (begins(cut)) return order.slice(cut);
  throw new UserError(
    `column ${quoted(name)} has the same time in every row, so no later rows can be held out.`,
    'Use "tail".',
    place,
  );
}

/**
 * The rows in seeded random order. The order is drawn for all rows of the file, so that a Plan that drops rows splits the
 * rest as before, and the two can be compared row by row.
 */
function inRandomOrder(dataset: Dataset, rows: Uint32Array, base: number): Uint32Array {
  const { table } = dataset;
  const rowOf = new Int32Array(table.fileRowCount).fill(-1);
  for (const row of rows) rowOf[fileRow(table, row)] = row;
  const order = new Uint32Array(rows.length);
  let count = 0;
  for (const row of permutation(table.fileRowCount, base)) if (rowOf[row] >= 0) order[count++] = rowOf[row];
  return order;
}

/** The same share of each class; the rest from rounding goes to the classes with the largest remainders. */
function stratified(place: string, dataset: Dataset, order: Uint32Array, size: number): Uint32Array {
  const { target } = dataset.table;
  if (target.kind !== "classes")
    throw new UserError("a stratified split needs classes.", 'Use "random".', `${place}.split`);
  const classes = new Map<number, number[]>();
  for (const row of order) {
    const members = classes.get(target.labels[row]);
    if (members) members.push(row);
    else classes.set(target.labels[row], [row]);
  }
  const shares = [...classes.values()].map((rows) => {
    const exact = (size * rows.length) / order.length;
    return { rows, count: Math.floor(exact), rest: exact - Math.floor(exact) };
  });
  let open = size - shares.reduce((sum, share) => sum + share.count, 0);
  for (const share of shares.toSorted((a, b) => b.rest - a.rest)) if (open-- > 0) share.count++;
  return Uint32Array.from(shares.flatMap((share) => share.rows.slice(0, share.count)));
}

/** Whole groups, in an order that no seed changes, up to a quarter more rows than requested. */
function wholeGroups(place: string, groups: Uint32Array, name: string, rows: Uint32Array, size: number): Uint32Array {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(groups[row], (counts.get(groups[row]) ?? 0) + 1);
  if (counts.size < 2)
    throw new UserError(`column ${quoted(name)} has a single group, so none can be held out.`, 'Use "random".', place);
  const all = [...counts.keys()];
  const order = Array.from(permutation(all.length, stream(0, PURPOSE.split, 2)), (i) => all[i]);
  const taken = new Set<number>();
  let sum = 0;
  for (const group of order) {
    const count = counts.get(group)!;
    if (sum >= size || sum + count > 1.25 * size) continue;
    taken.add(group);
    sum += count;
  }
  if (taken.size === 0) taken.add(order.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a)));
  return rows.filter((row) => taken.has(groups[row]));
}
