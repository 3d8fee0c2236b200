/** JSON (an array of objects) and JSON lines: bytes → Sheet. */
import { quoted, value as shown } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { type Column, cellNumber, isMissing, type Sheet } from "../sheet.ts";

type Row = { [column: string]: unknown };

const SHAPE = 'Write an array of objects, [{ "a": 1, "b": 2 }, …], or one object per line.';

/** Replaces NaN and Infinity, which Python writes and JSON does not have; words inside strings stay. */
const pythonNumbers = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g, (found) =>
    found.startsWith('"') ? found : found === "NaN" ? "null" : `"${found}"`,
  );

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const repaired = pythonNumbers(text);
    if (repaired === text) throw error;
    return JSON.parse(repaired);
  }
}

export function parseJson(bytes: Uint8Array, file: string): Sheet {
  let value: unknown;
  try {
    value = parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (looksLikeLines(bytes)) return parseJsonLines(bytes, file);
    throw new UserError(`this is not valid JSON (${shown((error as Error).message)}).`, SHAPE, file);
  }
  if (!Array.isArray(value) && looksLikeLines(bytes)) return parseJsonLines(bytes, file);
  if (!Array.isArray(value)) throw new UserError("the file does not contain an array.", SHAPE, file);
  value.forEach((row, i) => {
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new UserError(`row ${i + 1} is not an object.`, SHAPE, file);
  });
  return sheetOf(value as Row[], null, file);
}

export function parseJsonLines(bytes: Uint8Array, file: string): Sheet {
  const decoder = new TextDecoder();
  const rows: Row[] = [];
  const lines: number[] = [];
  let line = 0;
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    const text = decoder.decode(bytes.slice(at, end)).trim();
    at = end + 1;
    line++;
    if (text === "") continue;
    let row: unknown;
    try {
      row = parse(text);
    } catch (error) {
      throw new UserError(`line ${line} is not valid JSON (${shown((error as Error).message)}).`, SHAPE, file);
    }
    if (typeof row !== "object" || row === null || Array.isArray(row))
      throw new UserError(`line ${line} is not an object.`, SHAPE, file);
    rows.push(row as Row);
    lines.push(line);
  }
  return sheetOf(rows, Uint32Array.from(lines), file);
}

function looksLikeLines(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(10);
  const first = new TextDecoder().decode(bytes.slice(0, end < 0 ? bytes.length : end)).trim();
  return first.startsWith("{") && first.endsWith("}");
}

function sheetOf(rows: Row[], lines: Uint32Array | null, file: string): Sheet {
  if (rows.length === 0) throw new UserError("the file has no rows.", SHAPE, file);
  const header = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) header.add(name);
  return { file, rows: rows.length, columns: [...header].map((name) => columnOf(rows, lines, name, file)), lines };
}

function columnOf(rows: Row[], lines: Uint32Array | null, name: string, file: string): Column {
  const numbers = new Float64Array(rows.length);
  let hasText = false;
  for (let i = 0; i < rows.length; i++) {
    const cell = cellIn(rows[i], name);
    if (typeof cell === "object" && cell !== null)
      throw new UserError(
        `row ${i + 1}${lines ? ` (line ${lines[i]})` : ""}, column ${quoted(name)} contains ${Array.isArray(cell) ? "an array" : "an object"}.`,
        "Give every number a column of its own.",
        file,
      );
    const number = typeof cell === "string" ? cellNumber(cell) : cell === null ? Number.NaN : Number(cell);
    numbers[i] = number ?? Number.NaN;
    if (number === undefined) hasText = true;
  }
  const texts = hasText ? rows.map((row) => written(cellIn(row, name))) : null;
  return { name, numbers, texts };
}

/** Only own fields are read, so that a missing "constructor" is not that of every object. */
const cellIn = (row: Row, name: string): unknown => (Object.hasOwn(row, name) ? row[name] : null);

function written(cell: unknown): string {
  const text = cell === null ? "" : String(cell);
  return isMissing(text) ? "" : text;
}
