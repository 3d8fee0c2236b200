/** A table in time order as sequences: the last rows are the inputs, the target is in a later row. */

import type { Plan } from "../plan/plan.ts";
import { upTo } from "../random.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { sharedFloats, type Table, type Target } from "./dataset.ts";
import { isDate, splitColumns } from "./features.ts";
import { cellText, names, type Sheet } from "./sheet.ts";
import { columnOf } from "./source.ts";
import { timeOf, timesOf } from "./time.ts";

type Data = Plan["data"];
type Window = NonNullable<Data["window"]>;

/** `rows` of the file in time order, dropped ones left out; `targets`: the indices into `rows` of those with a whole sequence before them. */
type Sequences = { rows: Uint32Array; targets: Uint32Array };

/** The most bytes of one array. */
const MOST_BYTES = 2 ** 31;

/**
 * Which rows can be predicted from the rows before them. The file is in time order, or is sorted by the column of a split
 * (rows of one time stay in the order of the file). No sequence crosses a dropped row or, where a split keeps groups together, the border
 * of a group.
 *
 * @throws UserError where no row has enough rows before it.
 */
export function sequencesOf(data: Data, window: Window, sheet: Sheet, kept: Uint32Array): Sequences {
  const { times, groups } = splitColumns(data);
  const known = new Uint8Array(sheet.rows);
  for (const row of kept) known[row] = 1;
  const has = (name: string | undefined): name is string => name !== undefined && names(sheet).includes(name);
  const order = has(times[0]) ? inTimeOrder(sheet, times[0], kept) : upTo(sheet.rows);
  const apart = groups.filter(has).map((name) => columnOf(sheet, name, "data.validation.split"));
  const rows = new Uint32Array(kept.length);
  const targets: number[] = [];
  const whole = window.steps + window.ahead;
  let [placed, run] = [0, 0];
  order.forEach((row, i) => {
    if (!known[row]) run = 0;
    else {
      if (i > 0 && apart.some((column) => cellText(column, row) !== cellText(column, order[i - 1]))) run = 0;
      if (++run >= whole) targets.push(placed);
      rows[placed++] = row;
    }
  });
  if (targets.length === 0)
    throw new UserError(
      `${sheet.file} has too few consecutive rows for sequences of ${count(window.steps, "step")}, ${count(window.ahead, "row")} ahead.`,
      "Use fewer steps, or give more rows.",
      "data.window",
    );
  return { rows, targets: Uint32Array.from(targets) };
}

function inTimeOrder(sheet: Sheet, name: string, kept: Uint32Array): Uint32Array {
  const column = columnOf(sheet, name, "data.validation.split");
  const times = Float64Array.from({ length: sheet.rows }, (_, row) => timeOf(column, row) || 0);
  const known = timesOf(sheet, column, kept);
  kept.forEach((row, i) => {
    times[row] = known[i];
  });
  return ordered(times);
}

const ordered = (times: Float64Array): Uint32Array =>
  Uint32Array.from(times, (_, row) => row).sort((a, b) => times[a] - times[b] || a - b);

/** The table whose rows are sequences: inputs [steps, features], row of the file and target those of the row to be predicted. */
export function cut(table: Table, { rows, targets }: Sequences, { steps, ahead }: Window): Table {
  const [width] = table.shape;
  const size = steps * width;
  if (4 * size * targets.length > MOST_BYTES)
    throw new UserError(
      `${count(targets.length, "sequence")} of ${steps} × ${width} numbers would need about ${Math.ceil((4 * size * targets.length) / 1e9)} GB.`,
      "Take fewer steps, columns or rows.",
      "data.window",
    );
  const x = sharedFloats(targets.length * size);
  targets.forEach((at, i) => {
    const end = at - ahead + 1;
    x.set(table.x.subarray((end - steps) * width, end * width), i * size);
  });
  return {
    ...table,
    rows: targets.length,
    shape: [steps, width],
    x,
    target: targetsAt(table.target, targets),
    fileRows: targets.map((at) => rows[at]),
  };
}

function targetsAt(target: Target, rows: Uint32Array): Target {
  if (target.kind === "classes") return { ...target, labels: Float32Array.from(rows, (row) => target.labels[row]) };
  const width = target.columns.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    values.set(target.values.subarray(row * width, (row + 1) * width), i * width);
  });
  return { ...target, values };
}

/** For each sequence the latest one whose target is known when its own is to be predicted, `ahead` rows before; −1: none. */
export function latestKnown({ targets }: Sequences, { ahead }: Window): Int32Array {
  let known = -1;
  return Int32Array.from(targets, (at) => {
    while (targets[known + 1] <= at - ahead) known++;
    return known;
  });
}

/** For each row the latest one of an earlier time; −1: none. */
export function latestBefore(times: Float64Array): Int32Array {
  const order = ordered(times);
  const before = new Int32Array(times.length).fill(-1);
  let [earlier, at] = [-1, 0];
  order.forEach((row, i) => {
    if (times[row] > times[order[at]]) [earlier, at] = [order[i - 1], i];
    before[row] = earlier;
  });
  return before;
}

/** The fewest distinct times in order that are not a coincidence: 2⁻⁹ by chance. */
const FEW = 10;
/** The number of rows from which the order of a column is inferred. */
const MOST_SAMPLED = 10_000;
const TIME = /(^|[^a-z])(date|time|timestamp|datetime|year)([^a-z]|$)/i;

/** The first column of times that orders the rows of the file, forwards or backwards. */
export function clockOf(sheet: Sheet): { column: string; backwards: boolean } | null {
  const step = Math.ceil(sheet.rows / MOST_SAMPLED);
  for (const column of sheet.columns) {
    if (!(column.texts ? isDate(column.texts[0] ?? "") : TIME.test(column.name))) continue;
    let [rises, falls, last] = [0, 0, Number.NaN];
    for (let row = 0; row < sheet.rows && Math.min(rises, falls) === 0; row += step) {
      const time = timeOf(column, row);
      if (time > last) rises++;
      if (time < last) falls++;
      if (!Number.isNaN(time)) last = time;
    }
    if (Math.min(rises, falls) === 0 && Math.max(rises, falls) >= FEW)
      return { column: column.name, backwards: falls > 0 };
  }
  return null;
}

/** Notes on the sequences. */
export function sequenceNotes(
  data: Data,
  window: Window,
  sheet: Sheet,
  { targets }: Sequences,
  past: boolean,
): string[] {
  const { steps, ahead } = window;
  const times = splitColumns(data).times;
  const clock = times.length === 0 ? clockOf(sheet) : null;
  const names = [data.target].flat().join(", ");
  return [
    `${count(targets.length, "sequence")} of ${count(steps, "row")}; the target is ${ahead === 1 ? "in the next row" : `${ahead} rows later`}.`,
    ...(past ? [] : [`Past values of ${names} are not used as an input: add the column to data.features to use them.`]),
    ...(steps > 1 && isMixed(data)
      ? [
          'The sequences overlap, and the split mixes them: validation rows lie between training rows. "tail" validates on the last ones.',
        ]
      : []),
    ...(clock?.backwards
      ? [
          `Column ${clock.column} decreases from row to row, so the sequences run backwards in time unless data.validation.split is by it.`,
        ]
      : []),
    ...(times.length > 0 && ties(sheet, times[0])
      ? [`Several rows have the same time in column ${times[0]}: they are taken in the order of the file.`]
      : []),
  ];
}

function isMixed({ validation }: Data): boolean {
  return validation !== null && "split" in validation && ["random", "stratified"].includes(validation.split as string);
}

function ties(sheet: Sheet, name: string): boolean {
  const column = columnOf(sheet, name, "data.validation.split");
  return new Set(Array.from({ length: sheet.rows }, (_, row) => timeOf(column, row))).size < sheet.rows;
}
