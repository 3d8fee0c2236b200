/** Audits a table of a million rows as CSV and as Parquet: seconds and memory of the process and its children; beside pandas where a Python has it. With --hostile: what large hostile files cost. */
import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync, statSync, type WriteStream } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { bits, normal, PURPOSE, stream, uniform } from "../src/random.ts";
import { type Cost, cost } from "./process.ts";

const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    python: { type: "string", default: "python3" },
    hostile: { type: "boolean", default: false },
  },
});
const ROWS = Number(options.rows);
const [FLOATS, INTEGERS, MISSING, REPEATED] = [42, 4, 0.02, 0.01];
const LEVELS = [4, 8, 12];
const PROGRAM = resolve(import.meta.dirname, "../bin/unstuck.mjs");
const folder = mkdtempSync(join(tmpdir(), "unstuck-bench-"));

/** One row: the label follows the first two numbers, with a fifth of it by chance. */
function row(i: number): string {
  const base = stream(1, PURPOSE.sample, i);
  const cells: (string | number)[] = [];
  let sum = 0;
  for (let c = 0; c < FLOATS; c++) {
    const value = normal(base, 2 * c);
    if (c < 2) sum += value;
    cells.push(uniform(base, 1000 + c) < MISSING ? "" : value.toFixed(6));
  }
  for (let c = 0; c < INTEGERS; c++) cells.push(bits(base, 2000 + c) % 1000);
  for (const [c, levels] of LEVELS.entries()) cells.push(`level${bits(base, 3000 + c) % levels}`);
  cells.push(uniform(base, 4000) < 0.2 ? bits(base, 4001) % 2 : Number(sum > 0));
  return cells.join(",");
}

const range = (n: number, name: string) => Array.from({ length: n }, (_, i) => `${name}${i}`);

/** Writes pieces of text to a stream that ends up in a file. */
async function put(file: string, pieces: Iterable<string>, through?: ReturnType<typeof createGzip>): Promise<string> {
  const path = join(folder, file);
  const out: WriteStream = createWriteStream(path);
  const into = through ?? out;
  through?.pipe(out);
  for (const piece of pieces) if (!into.write(piece)) await once(into, "drain");
  into.end();
  await once(out, "finish");
  return path;
}

function* table(): Generator<string> {
  yield `${[...range(FLOATS, "f"), ...range(INTEGERS, "i"), ...range(LEVELS.length, "s"), "label"].join(",")}\n`;
  const own = Math.round(ROWS * (1 - REPEATED));
  for (let i = 0; i < ROWS; i++) yield `${row(i < own ? i : i - own)}\n`;
}

const tell = (what: string, { seconds, processor, peak, code, says }: Cost) =>
  console.log(
    `${what.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s, processor ${processor.toFixed(1).padStart(5)} s ${(peak / 1e6).toFixed().padStart(6)} MB  exit ${code} ${code === 0 ? "" : says}`,
  );
const audited = (file: string) => cost(process.execPath, [PROGRAM, "audit", file, "--target", "label"]);
const megabytes = (file: string) => `${(statSync(file).size / 1e6).toFixed()} MB`;

const PANDAS = `
import sys, pandas as pd
t = pd.read_csv(sys.argv[1]) if sys.argv[1].endswith("csv") else pd.read_parquet(sys.argv[1])
t.describe(); t.isna().sum(); t.nunique(); t.duplicated().sum(); t["label"].value_counts()
`;

async function large(): Promise<void> {
  const csv = await put("large.csv", table());
  const parquet = join(folder, "large.parquet");
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (FROM '${csv}') TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`);
  connection.closeSync();
  for (const file of [csv, parquet]) {
    tell(`audit, ${megabytes(file)} ${file.endsWith("csv") ? "CSV" : "Parquet"}`, await audited(file));
    const pandas = await cost(options.python, ["-c", PANDAS, file]);
    tell("pandas, a part of it", pandas);
  }
}

function* repeat(piece: string, times: number, tail = ""): Generator<string> {
  for (let i = 0; i < times; i++) yield piece;
  yield tail;
}
const wide = (cell: string) => `${new Array<string>(200_000).fill(cell).join(",")}\n`;

async function hostile(): Promise<void> {
  const lines = "1,2\n".repeat(250_000);
  const files: [string, Iterable<string>, ReturnType<typeof createGzip>?][] = [
    ["bomb.csv.gz", repeat(lines, 1200, ""), createGzip()],
    ["line.csv", repeat("a".repeat(1e6), 600)],
    ["late-line.csv", repeat(lines, 60, "9".repeat(5e8))],
    ["wide.csv", [wide("a"), wide("1"), wide("2")]],
    ["quote.csv", repeat(lines, 60, `3,"4\n${lines.repeat(40)}`)],
    ["many-rows.csv", repeat(lines, 1200)],
  ];
  for (const [name, pieces, zip] of files) {
    const file = await put(name, name.startsWith("w") || name.startsWith("line") ? pieces : headed(pieces), zip);
    tell(`${name}, ${megabytes(file)}`, await audited(file));
    rmSync(file);
  }
}

function* headed(pieces: Iterable<string>): Generator<string> {
  yield "a,label\n";
  yield* pieces;
}

try {
  await (options.hostile ? hostile() : large());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
