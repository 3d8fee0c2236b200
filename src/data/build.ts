/** From a loaded source to a Dataset: features, target, dropped rows, and what the splits need. */

import { readsTokens, weightFiles } from "../plan/describe.ts";
import type { Plan } from "../plan/plan.ts";
import { upTo } from "../random.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { type Dataset, product, sharedFloats, type Table, type Target, type Task } from "./dataset.ts";
import { repeats, targetKeys } from "./duplicates.ts";
import { encodeFeatures, type Feature, featureNames, fitFeatures, splitColumns } from "./features.ts";
import { type Column, cellText, names, noRow, type Sheet } from "./sheet.ts";
import { columnOf, type Loaded } from "./source.ts";
import { hashed } from "./stored.ts";
import { encodeTarget, targetColumns, targetNames } from "./target.ts";
import { hints, inferTask } from "./task.ts";
import { timesOf } from "./time.ts";
import { encodeTokens, fitText, fitTokens, stepNames, type TokensRead, tokenTarget } from "./tokens.ts";
import { clockOf, cut, latestBefore, latestKnown, sequenceNotes, sequencesOf } from "./window.ts";

type Data = Plan["data"];
type Sources = { source: Loaded; validation: Loaded | null; test: Loaded | null };

export function buildDataset(plan: Plan, { source, validation, test }: Sources): Dataset {
  const { data } = plan;
  const notes: string[] = [...(source.sheet.notes ?? [])];
  const sequence = data.task === "sequence";
  if (sequence && source.tensor)
    throw new UserError("images cannot be used in a sequence task.", "Use another task.", "data.task");
  if (data.window && (sequence || source.tensor))
    throw new UserError("a window needs a table whose rows are in time order.", "Remove data.window.", "data.window");
  const columns = sequence ? [] : targetColumns(data, source.sheet, true);
  const inferred = data.task ? null : inferTask(plan, columns);
  if (inferred) notes.push(inferred.says);
  const task = data.task ?? inferred!.task;
  const kept = keptRows(data.drop, source.sheet);
  const tokens = sequence ? fitTokens(data, source.sheet, kept) : textOf(plan, source, kept);
  if (tokens) notes.push(...tokenNotes(tokens, data));
  const features = source.tensor ? tensorFeatures(data) : tokens ? [] : fitFeatures(data, source.sheet, notes);
  const fit = { data, task, features, tokens, notes };
  const { window } = data;
  const sequences = window && sequencesOf(data, window, source.sheet, kept);
  let table = tableOf(fit, source, columns, sequences?.rows ?? kept, null);
  if (sequences) {
    table = cut(table, sequences, window!);
    notes.push(...sequenceNotes(data, window!, source.sheet, sequences, features.some(isTarget(data))));
  }
  if (data.drop === "duplicates") table = withoutRepeats(table, notes);
  const own = (other: Loaded | null): Table | null => {
    if (!other) return null;
    if (other.tensor) notes.push(...(other.sheet.notes ?? []).map((says) => `${other.sheet.file}: ${says}`));
    const all = upTo(other.sheet.rows);
    const own = sequence ? [] : targetColumns(data, other.sheet, false);
    const later = window && sequencesOf(data, window, other.sheet, all);
    const whole = tableOf(fit, sameShape(source, other), own, later?.rows ?? all, table.target);
    return later ? cut(whole, later, window!) : whole;
  };
  const keys = splitKeys(data, source, table, features);
  const [times] = Object.values(keys.times);
  // Where duplicates are dropped, the sequences no longer match those that were numbered.
  const whole = sequences && table.rows === sequences.targets.length;
  const before = whole ? latestKnown(sequences, window!) : times ? latestBefore(times) : null;
  return {
    task,
    table,
    validation: own(validation),
    test: own(test),
    ...keys,
    clock: source.tensor ? null : (clockOf(source.sheet)?.column ?? null),
    ...(before && { before }),
    notes,
  };
}

/** Two Plans with the same key (and folder) have the same Dataset. */
export function datasetKey(plan: Plan): string {
  const { source, target, features, task, validation, test, labels, drop, relabel, tokens, window } = plan.data;
  const own = [validation, test].map((part) => (part && "source" in part ? part.source : null));
  return JSON.stringify([
    source,
    target,
    features,
    task ?? hints(plan),
    own,
    splitColumns(plan.data),
    labels,
    drop,
    relabel,
    tokens,
    readsTokens(plan),
    window,
    weightFiles(plan),
  ]);
}

/** Whether a feature is also a target, which is then predicted from its own past. */
const isTarget =
  (data: Data) =>
  ({ column }: Feature): boolean =>
    targetNames(data).includes(column);

/** The input of an embedding in a table: the tokens of its one column of text. */
function textOf(plan: Plan, { sheet, tensor }: Loaded, kept: Uint32Array): TokensRead | null {
  const input = tensor || !readsTokens(plan) ? null : fitText(plan.data, sheet, kept);
  return input && { input, target: null };
}

const tokenNotes = ({ input, target }: TokensRead, { tokens = "character" }: Data): string[] =>
  [input, ...(target ? [target] : [])].map(
    ({ column, words, length }) =>
      `Column ${column}: ${count(words.length, `distinct ${tokens}`)}, at most ${length} per row.`,
  );

type Fit = { data: Data; task: Task; features: Feature[]; tokens: TokensRead | null; notes: string[] };

function tableOf(fit: Fit, source: Loaded, columns: Column[], rows: Uint32Array, fitted: Target | null): Table {
  const { sheet, tensor } = source;
  const all = rows.length === sheet.rows;
  const common = {
    rows: rows.length,
    fileRows: all ? null : rows,
    fileRowCount: sheet.rows,
    ...(source.files && { files: source.files }),
    ...(sheet.lines && { lines: sheet.lines }),
  };
  if (fit.tokens) {
    const { input, target: output } = fit.tokens;
    const x = encodeTokens(input, sheet, rows, fit.data, fit.notes);
    const target = output
      ? tokenTarget(output, sheet, rows, fit.data, fit.notes)
      : encodeTarget(fit.data, fit.task, sheet, columns, rows, fitted);
    return { ...common, shape: [input.length], x, features: stepNames(input), target };
  }
  const target = encodeTarget(fit.data, fit.task, sheet, columns, rows, fitted);
  const features = tensor ? [] : featureNames(fit.features);
  const shape = tensor ? tensor.shape.slice(1) : [features.length];
  const x = tensor
    ? pick(tensor.values, product(shape), rows, all || tensor.stored !== undefined)
    : encodeFeatures(fit.features, sheet, rows, fit.notes);
  const stored = tensor?.stored && (all ? tensor.stored : tensor.stored.pick(rows));
  return { ...common, shape, x, features, target, ...(stored && { stored }) };
}

function tensorFeatures(data: Data): Feature[] {
  const split = splitColumns(data);
  if (data.features) throw new UserError("images have no columns to select.", "Remove data.features.", "data.features");
  if (split.groups.length + split.times.length > 0)
    throw new UserError(
      "images have no columns to split by.",
      'Use "random", "stratified" or "tail".',
      "data.validation.split",
    );
  return [];
}

function sameShape(source: Loaded, other: Loaded): Loaded {
  const [a, b] = [source.tensor?.shape.slice(1).join(" × "), other.tensor?.shape.slice(1).join(" × ")];
  if (a !== b)
    throw new UserError(
      `it contains ${b ? `images of ${b}` : "a table"}, but the training source contains ${a ? `images of ${a}` : "a table"}.`,
      "Both sources must have the same form.",
      other.sheet.file,
    );
  return other;
}

function keptRows(drop: Data["drop"], sheet: Sheet): Uint32Array {
  const dropped = new Uint8Array(sheet.rows);
  for (const row of Array.isArray(drop) ? drop : []) {
    if (row >= sheet.rows) throw noRow(sheet, row, "data.drop");
    dropped[row] = 1;
  }
  const rows = upTo(sheet.rows).filter((row) => !dropped[row]);
  if (rows.length === 0)
    throw new UserError("every row is dropped, so none is left to train on.", "Drop fewer rows.", "data.drop");
  return rows;
}

/** The numbers of the given rows, `size` each; without a copy where these are all rows. */
function pick(values: Float32Array, size: number, rows: Uint32Array, all: boolean): Float32Array {
  if (all) return values;
  const picked = sharedFloats(rows.length * size);
  rows.forEach((row, i) => {
    picked.set(values.subarray(row * size, (row + 1) * size), i * size);
  });
  return picked;
}

function withoutRepeats(table: Table, notes: string[]): Table {
  const size = product(table.shape);
  const { stored } = table;
  const { values, width } = targetKeys(table.target);
  const all = upTo(table.rows);
  const found = new Set(
    stored
      ? repeats(hashed(stored, table.rows, size), 2, values, width, all)
      : repeats(table.x, size, values, width, all),
  );
  if (found.size === 0) return table;
  notes.push(`${count(found.size, "duplicate row")} ${found.size === 1 ? "is" : "are"} dropped.`);
  const rows = all.filter((row) => !found.has(row));
  const { target } = table;
  return {
    ...table,
    rows: rows.length,
    ...(stored ? { stored: stored.pick(rows) } : { x: pick(table.x, size, rows, false) }),
    target:
      target.kind === "classes"
        ? { ...target, labels: pick(target.labels, 1, rows, false) }
        : { ...target, values: pick(target.values, width, rows, false) },
    fileRows: table.fileRows ? rows.map((row) => table.fileRows![row]) : rows,
  };
}

/** Groups of the rows of the table, and times for the splits that ask for them. */
function splitKeys(
  data: Data,
  { sheet }: Loaded,
  table: Table,
  features: Feature[],
): Pick<Dataset, "groups" | "times"> {
  const split = splitColumns(data);
  const rows = table.fileRows ?? upTo(table.rows);
  const groups: Dataset["groups"] = Object.create(null);
  const used = new Set([...targetNames(data), ...split.groups, ...split.times, ...features.map((f) => f.column)]);
  const aside = names(sheet).filter((name) => !used.has(name));
  for (const name of [...split.groups, ...aside]) {
    const column = columnOf(sheet, name, "data.validation.split");
    const numbers = new Map<string, number>();
    const groupOf = rows.map((row) => {
      const text = cellText(column, row);
      if (!numbers.has(text)) numbers.set(text, numbers.size);
      return numbers.get(text)!;
    });
    if (numbers.size < rows.length || !aside.includes(name)) groups[name] = groupOf;
  }
  const times: Dataset["times"] = Object.create(null);
  for (const name of split.times) {
    const column = columnOf(sheet, name, "data.validation.split");
    times[name] = timesOf(sheet, column, rows);
  }
  return { groups, times };
}
