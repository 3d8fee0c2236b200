/** Texts as sequences of tokens: characters or words, numbered from 1 in sorted order; 0 pads to the longest. */

import type { Plan } from "../plan/plan.ts";
import { listed } from "../text.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { sharedFloats, type Target } from "./dataset.ts";
import { splitColumns } from "./features.ts";
import { type Column, cellText, kindOf, names, type Sheet } from "./sheet.ts";
import { columnOf } from "./source.ts";
import { targetNames } from "./target.ts";

type Data = Plan["data"];

/** The tokens of a column, and the length of the longest text of the training source. */
type Tokens = { column: string; words: string[]; length: number };
/** The columns of the inputs and of the target. */
type TokenPair = { input: Tokens; target: Tokens };
/** The tokens of the inputs, and those of the target where it is a sequence too. */
export type TokensRead = { input: Tokens; target: Tokens | null };

const split = (text: string, how: Data["tokens"]): string[] =>
  how === "word" ? text.split(/\s+/).filter((word) => word !== "") : Array.from(text);

/** By code point, as Python sorts; UTF-16 would put some rare characters first. */
function byCodePoint(a: string, b: string): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  const at = x.findIndex((sign, i) => sign !== y[i]);
  if (at < 0) return x.length - y.length;
  return y[at] === undefined ? 1 : x[at].codePointAt(0)! - y[at].codePointAt(0)!;
}

/** The one column of inputs and the one of the target. */
export function fitTokens(data: Data, sheet: Sheet, rows: Uint32Array): TokenPair {
  const targets = targetNames(data);
  if (targets.length > 1)
    throw new UserError("a sequence task has one target column of text.", "Name one column.", "data.target");
  const { groups, times } = splitColumns(data);
  const inputs = data.features ?? names(sheet).filter((name) => ![...targets, ...groups, ...times].includes(name));
  if (inputs.length !== 1)
    throw new UserError(
      `a sequence task has one input column of text, but there ${inputs.length === 1 ? "is" : "are"} ${inputs.length || "none"}.`,
      "Name one column in data.features.",
      "data.features",
    );
  return {
    input: fitColumn(columnOf(sheet, inputs[0], "data.features"), data, rows),
    target: fitColumn(columnOf(sheet, targets[0], "data.target"), data, rows),
  };
}

/** The column of text that an embedding reads where the target is not a sequence; null: it reads numbers. */
export function fitText(data: Data, sheet: Sheet, rows: Uint32Array): Tokens | null {
  const { groups, times } = splitColumns(data);
  const aside = [...targetNames(data), ...groups, ...times];
  const inputs = data.features ?? names(sheet).filter((name) => !aside.includes(name));
  const column = inputs.length === 1 ? columnOf(sheet, inputs[0], "data.features") : null;
  return column && kindOf(column) === "text" ? fitColumn(column, data, rows) : null;
}

function fitColumn(column: Column, data: Data, rows: Uint32Array): Tokens {
  const words = new Set<string>();
  let length = 1;
  for (const row of rows) {
    const found = split(cellText(column, row), data.tokens);
    length = Math.max(length, found.length);
    for (const word of found) words.add(word);
  }
  return { column: column.name, words: [...words].sort(byCodePoint), length };
}

/**
 * rows × length. A token that is not in the training source gets a number after all others in a target, for which there is no output, and is 0 in an input; a text
 * that is too long is cut. Both are added to `notes`.
 */
export function encodeTokens(
  tokens: Tokens,
  sheet: Sheet,
  rows: Uint32Array,
  { tokens: how }: Data,
  notes: string[],
  unknown = 0,
): Float32Array {
  const { column: name, words, length } = tokens;
  const column = columnOf(sheet, name, "the file");
  const number = new Map(words.map((word, i) => [word, i + 1]));
  const values = sharedFloats(rows.length * length);
  const unseen = new Set<string>();
  let cut = 0;
  rows.forEach((row, i) => {
    const found = split(cellText(column, row), how);
    if (found.length > length) cut++;
    for (const [k, word] of found.slice(0, length).entries()) {
      if (!number.has(word)) unseen.add(word);
      values[i * length + k] = number.get(word) ?? unknown;
    }
  });
  if (unseen.size > 0)
    notes.push(`Column ${name} has tokens that do not occur in the training source: ${listed([...unseen], 5)}.`);
  if (cut > 0)
    notes.push(`Column ${name}: ${count(cut, "row is", "rows are")} longer than the longest training row and cut.`);
  return values;
}

export const stepNames = ({ column, length }: Tokens): string[] =>
  Array.from({ length }, (_, i) => `${column} ${i + 1}`);

export function tokenTarget(
  tokens: Tokens,
  sheet: Sheet,
  rows: Uint32Array,
  data: Data,
  notes: string[],
): Extract<Target, { kind: "tokens" }> {
  const values = encodeTokens(tokens, sheet, rows, data, notes, tokens.words.length + 1);
  return { kind: "tokens", columns: stepNames(tokens), values, words: tokens.words };
}
