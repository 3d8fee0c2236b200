/** Parquet and large CSV files: read by DuckDB in a process of its own, within limits of time, memory, rows, columns and line length. */

import { spawn } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { cut } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import type { Sheet } from "../sheet.ts";
import { parseCsv } from "../sources/csv.ts";
import { asUtf8, dialectOf, LONGEST_LINE, MOST_COLUMNS } from "../sources/dialect.ts";
import { LF } from "../sources/records.ts";
import { Assembly } from "./assembly.ts";
import { FRAME, type Job } from "./frames.ts";
import { damaged, type Found } from "./read.ts";
import { Records, recordsIn } from "./scan.ts";

const CHILD = new URL(`./duckdb-child${extname(import.meta.url)}`, import.meta.url);

/** The size in bytes from which a table is large: our own reader takes half a second for it. */
export const LARGE = 5e7;
/** The memory limits of DuckDB itself and of its whole process: 436 MB of CSV took 380 MB. */
const MEMORY = 2 ** 29;
const MOST_MEMORY = 2 ** 30;
/** The bytes per cell, in the Sheet and the Dataset, and per row, in what is computed from it: 1.2 GB for 1 million × 50, 2.1 GB for 15 million × 2. */
const [BYTES_PER_CELL, BYTES_PER_ROW] = [16, 100];
const MEMORY_SHARE = 0.5;
/** The time limit: a busy machine with two cores reads 100 MB per second; this is ten times that, and half a minute to start. */
const [SECONDS, BYTES_PER_SECOND] = [30, 1e7];
const A_PART = "Use a part of its rows: the causes are the same.";

/** Limits that a test may lower; `memory`: of the reading process; `table`: of the table in this process. */
type Limits = { seconds: number; memory: number; table: number };

const limitsOf = ({ size }: Found): Limits => ({
  seconds: SECONDS + size / BYTES_PER_SECOND,
  memory: MOST_MEMORY,
  table: MEMORY_SHARE * totalmem(),
});

export async function readParquet(found: Found, limits = limitsOf(found)): Promise<Sheet> {
  if (found.packed) throw new UserError("a gzipped Parquet file cannot be read.", "Unpack it first.", found.file);
  return run(found, { what: "A Parquet file", csv: null, header: [] }, limits, { comma: false, expected: 0 });
}

/** A CSV file in the dialect of its first million bytes. */
export async function readLargeCsv(found: Found, limits = limitsOf(found)): Promise<Sheet> {
  // A compressed file that is damaged at its beginning has no readable head.
  if (found.packed && found.head.length === 0) throw damaged(found.file);
  const { bytes, notes } = asUtf8(wholeLines(found.head));
  const encoding = found.head[0] >= 0xfe ? "utf-16" : notes.length > 0 ? "latin-1" : "utf-8";
  const dialect = dialectOf(bytes, found.file, false);
  const sample = parseCsv(bytes, found.file);
  const numbers = (sample.notes ?? []).filter((sentence) => sentence.startsWith("Numbers"));
  const comma = numbers.some((sentence) => sentence.includes("decimal comma"));
  const form = {
    what: "A table of this size",
    header: dialect.header,
    csv: {
      separator: String.fromCharCode(dialect.separator),
      skip: dialect.firstLine - 1,
      encoding,
      decimal: comma ? "," : ".",
      thousands: comma ? "." : "",
      texts: sample.columns.flatMap(({ texts }, c) => (texts ? [c] : [])),
    },
  };
  const perByte = sample.rows / Math.max(1, bytes.length - dialect.rows);
  // A twentieth more, because rows differ in length; at most the limit.
  const expected = Math.min(1.05 * found.unpacked * perByte, limits.table / (BYTES_PER_CELL * dialect.header.length));
  const above = new Records();
  above.take(Buffer.from(bytes.subarray(0, dialect.rows)));
  const lines = encoding !== "utf-16" && bytes.includes(LF);
  const end = new AbortController();
  try {
    const [sheet, records] = await Promise.all([
      run(found, form, limits, { comma: dialect.separator !== 44, expected, end: end.signal }),
      lines ? recordsIn(found, end.signal) : 0,
    ]);
    if (sheet.rows < records - above.count)
      throw new UserError(
        `only ${sheet.rows} of its ${records - above.count} rows could be read.`,
        "Check it for a quote that is never closed.",
        found.file,
      );
    return { ...sheet, notes: [...notes, ...dialect.notes, ...numbers] };
  } finally {
    // Where one of the two has failed, the other is stopped.
    end.abort();
  }
}

/** The bytes up to the last line end. */
function wholeLines(head: Uint8Array): Uint8Array {
  const end = Math.max(head.lastIndexOf(10), head.lastIndexOf(13));
  return end < 0 ? head : head.subarray(0, end + 1);
}

function run(
  found: Found,
  form: Pick<Job, "what" | "csv" | "header">,
  limits: Limits,
  { comma, expected, end }: { comma: boolean; expected: number; end?: AbortSignal },
): Promise<Sheet> {
  const { full, file } = found;
  const job: Job = {
    ...form,
    path: full,
    file,
    threads: availableParallelism(),
    memory: Math.min(MEMORY, limits.memory / 2),
    most: limits.memory,
    longestLine: LONGEST_LINE,
  };
  const child = spawn(process.execPath, [fileURLToPath(CHILD)], { stdio: ["pipe", "pipe", "pipe"] });
  const assembly = new Assembly(expected);
  let [stopped, stderr]: [UserError | null, string] = [null, ""];
  const stop = (fact: string, todo: string): void => {
    stopped ??= new UserError(fact, todo, file);
    child.kill("SIGKILL");
  };
  end?.addEventListener("abort", () => child.kill("SIGKILL"));
  const timer = setTimeout(
    () => stop(`reading it took longer than ${limits.seconds.toFixed()} s.`, A_PART),
    limits.seconds * 1000,
  );
  child.stdout.on("data", (bytes: Buffer) => {
    if (stopped) return;
    assembly.take(bytes);
    const size = assembly.rows * (BYTES_PER_ROW + assembly.columns * BYTES_PER_CELL);
    if (assembly.columns > MOST_COLUMNS)
      stop(
        `it has ${count(assembly.columns, "column")}; at most 65,536 can be read.`,
        "Save the data as .npy or IDX files.",
      );
    else if (size > limits.table)
      stop(
        `the table needs more than ${(limits.table / 1e9).toFixed(1)} GB of memory (after ${count(assembly.rows, "row")}).`,
        A_PART,
      );
  });
  child.stderr.on("data", (bytes: Buffer) => {
    stderr = (stderr + bytes).slice(-2000);
  });
  child.stdin.on("error", () => {});
  child.stdin.write(`${JSON.stringify(job)}\n`);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      if (stopped) reject(stopped);
      else if (code === FRAME.memory)
        reject(new UserError(`reading it took more than ${limits.memory / 1e9} GB of memory.`, A_PART, file));
      else if (assembly.failure) reject(failureOf(assembly.failure, file));
      else if (!assembly.done)
        reject(new UserError(`it could not be read${stderr ? ` (${cut(lastLine(stderr), 120)})` : ""}.`, A_PART, file));
      else if (assembly.rows === 0) reject(new UserError("the file has no rows.", "Add rows to it.", file));
      else resolve(assembly.sheet(file, comma));
    });
  });
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";

/** The error of DuckDB, in our words where it is a known one. */
function failureOf(failure: { fact: string; todo: string } | { message: string }, file: string): UserError {
  if ("fact" in failure) return new UserError(failure.fact, failure.todo, file);
  const { message } = failure;
  const line = /Line: (\d+)/.exec(message)?.[1];
  const at = line ? `line ${line} ` : "";
  const [, expected, cells] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  const known: [RegExp, string, string][] = [
    [
      /unterminated quote|quote.*not.*closed/i,
      `the quote that opens in ${at || "some line "}is never closed.`,
      "Close or remove the quote.",
    ],
    [
      /Expected Number of Columns/,
      `${at}has ${count(Number(cells), "cell")}, but the header has ${expected}.`,
      "Give every row one cell per column; text that contains the separator needs quotes.",
    ],
    [/maximum line size|max_line_size/i, `${at}is longer than 2 MB.`, "Write each row on a line of its own."],
    [/unicode|utf-?8/i, `${at}contains bytes that are not valid UTF-8.`, "Save it as UTF-8."],
    [/out of memory|memory limit|could not allocate/i, "reading it needs too much memory.", A_PART],
    [
      /footer|No magic bytes|not a parquet|too small to be a Parquet/i,
      "this is not a Parquet file, or it is cut off.",
      "Get it again.",
    ],
    [/references/i, "its columns are stored in other files.", "Give the file that contains them."],
  ];
  const found = known.find(([pattern]) => pattern.test(message));
  if (found) return new UserError(found[1], found[2], file);
  return new UserError(
    `it cannot be read (${cut(message.split("\n")[0], 120)}).`,
    "Get it again, or save it as CSV.",
    file,
  );
}
