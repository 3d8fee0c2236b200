/** Reads one table with DuckDB in a process of its own, so that the limits hold for any file, and writes its columns to standard output. */
import { createInterface } from "node:readline";
import type { DuckDBConnection, DuckDBVector } from "@duckdb/node-api";
import { optional } from "../../files/node/optional.ts";
import { mix } from "../../random.ts";
import { quoted, value as shown } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { FRAME, type Head, type Job } from "./frames.ts";

type DuckDb = typeof import("@duckdb/node-api");
type Chosen = { name: string; text: boolean; select: string };

/** The most cached levels of a text column: a column with more is not a category, and its texts are sent again. */
const MOST_LEVELS = 2 ** 16;

/** Texts up to this many bytes are in the vector itself, after their length; for longer ones there is a pointer. */
const MOST_INLINE = 12;
/** The most short texts that are cached by their bytes. */
const RECENT = 1024;
const placeOf = (a: number, b: number, c: number, d: number): number => mix(a ^ mix(b ^ mix(c ^ mix(d)))) % RECENT;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

async function connect(job: Job): Promise<DuckDBConnection> {
  const { DuckDBInstance } = await optional<DuckDb>("@duckdb/node-api", job.what, job.file);
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(job.threads),
    memory_limit: `${Math.floor(job.memory / 2 ** 20)}MiB`,
    // Nothing is written to disk, because a table is read in one pass.
    temp_directory: "",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  // From here on DuckDB can open only this one file.
  for (const line of [
    `SET allowed_paths = [${literal(job.path)}]`,
    "SET enable_external_access = false",
    "SET streaming_buffer_size = '128MiB'",
    "SET lock_configuration = true",
  ])
    await connection.run(line);
  return connection;
}

/** The words for an empty cell; with rarer spellings a column is read as text, and the parent process interprets its words. */
const MISSING = ["", "NA", "N/A", "?", "null", "NULL"];

function csvTable(job: Job, texts: ReadonlySet<number> | "all"): string {
  const { csv, header, path } = job;
  const type = (c: number) => (texts === "all" || texts.has(c) ? "VARCHAR" : "DOUBLE");
  const options = [
    `columns = {${header.map((_, c) => `'c${c}': '${type(c)}'`).join(", ")}}`,
    "auto_detect = false",
    "header = false",
    `skip = ${csv!.skip}`,
    `delim = ${literal(csv!.separator)}`,
    `quote = '"'`,
    `escape = '"'`,
    `encoding = ${literal(csv!.encoding)}`,
    `decimal_separator = ${literal(csv!.decimal)}`,
    ...(csv!.thousands ? [`thousands = ${literal(csv!.thousands)}`] : []),
    `nullstr = [${MISSING.map(literal).join(", ")}]`,
    `max_line_size = ${job.longestLine}`,
    "strict_mode = true",
  ];
  return `read_csv(${literal(path)}, ${options.join(", ")})`;
}

const NUMBER = "coalesce(CAST(# AS DOUBLE), 'nan'::DOUBLE)";
const select = (column: string, text: boolean): string =>
  text ? `coalesce(CAST(${column} AS VARCHAR), '')` : NUMBER.replace("#", column);

const csvColumns = ({ header }: Job, texts: ReadonlySet<number>): Chosen[] =>
  header.map((name, c) => ({ name, text: texts.has(c), select: select(`c${c}`, texts.has(c)) }));

/** The columns of a CSV file with a cell that is not a number, found in one pass over the whole file. */
async function textColumns(connection: DuckDBConnection, job: Job): Promise<ReadonlySet<number>> {
  const tests = job.header.map(
    (_, c) => `coalesce(bool_or(c${c} IS NOT NULL AND TRY_CAST(c${c} AS DOUBLE) IS NULL), false)`,
  );
  const rows = await (await connection.run(`SELECT ${tests.join(", ")} FROM ${csvTable(job, "all")}`)).getRows();
  return new Set(job.header.map((_, c) => c).filter((c) => rows[0]?.[c]));
}

const NUMERIC = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|BOOLEAN)$/;
const TEXTUAL = /^(VARCHAR|ENUM.*|DATE|TIME.*|UUID)$/;
/** The name under which pandas stores its index, which is not a column. */
const INDEX = /^__index_level_\d+__$/;

async function parquetColumns(connection: DuckDBConnection, table: string, job: Job): Promise<Chosen[]> {
  const rows = await (await connection.run(`DESCRIBE SELECT * FROM ${table}`)).getRows();
  const columns = rows.map(([name, type]) => ({ name: String(name), type: String(type) }));
  return columns
    .filter(({ name }) => !INDEX.test(name))
    .map(({ name, type }) => {
      if (!NUMERIC.test(type) && !TEXTUAL.test(type))
        throw new UserError(
          `column ${quoted(name)} contains ${shown(type)} values.`,
          "Give every number a column of its own, and remove what is neither a number nor text.",
          job.file,
        );
      const text = !NUMERIC.test(type);
      return { name, text, select: select(`"${name.replaceAll('"', '""')}"`, text) };
    });
}

/** Assigns numbers to the texts of one column; new texts are added to `fresh`. */
class Dictionary {
  private codes = new Map<string, number>();
  private next = 1;
  private readonly recent = new Int32Array(RECENT * 5);
  fresh: string[] = [];

  /** Numbers from 1; 0 is an empty cell. */
  code(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    if (this.codes.size >= MOST_LEVELS) this.codes.clear();
    this.codes.set(text, this.next);
    this.fresh.push(text);
    return this.next++;
  }

  /** Returns the numbers of the texts of a vector, none of them null; short texts are cached by their 16 bytes, which are length and characters. */
  coded(vector: DuckDBVector, count: number): Uint8Array {
    const { dataView } = vector as DuckDBVector & { dataView: DataView };
    const cells = new Int32Array(dataView.buffer, dataView.byteOffset, 4 * count);
    // As wide as the numbers, so that these stay aligned.
    const codes = new Uint32Array(2 * count);
    const { recent } = this;
    for (let i = 0, at = 0; i < count; i++, at += 4) {
      const length = cells[at];
      if (length === 0) continue;
      const place = 5 * placeOf(length, cells[at + 1], cells[at + 2], cells[at + 3]);
      if (
        recent[place] === length &&
        recent[place + 1] === cells[at + 1] &&
        recent[place + 2] === cells[at + 2] &&
        recent[place + 3] === cells[at + 3]
      ) {
        codes[i] = recent[place + 4];
        continue;
      }
      codes[i] = this.code(String(vector.getItem(i)));
      if (length > MOST_INLINE) continue;
      recent.set(cells.subarray(at, at + 4), place);
      recent[place + 4] = codes[i];
    }
    return new Uint8Array(codes.buffer);
  }
}

async function send(kind: number, ...parts: Uint8Array[]): Promise<void> {
  const head = new Uint32Array([kind, parts.reduce((sum, part) => sum + part.length, 0)]);
  // In one system call.
  process.stdout.cork();
  for (const part of [new Uint8Array(head.buffer), ...parts]) process.stdout.write(part);
  process.stdout.uncork();
  if (process.stdout.writableNeedDrain) await new Promise((resolve) => process.stdout.once("drain", resolve));
}

const sendJson = (kind: number, value: unknown): Promise<void> => send(kind, Buffer.from(JSON.stringify(value)));

async function sendRows(connection: DuckDBConnection, table: string, columns: Chosen[], rows: number | null) {
  const result = await connection.stream(`SELECT ${columns.map((column) => column.select).join(", ")} FROM ${table}`);
  const head: Head = { columns: columns.map(({ name, text }) => ({ name, text })), rows };
  await sendJson(FRAME.head, head);
  const dictionaries = columns.map(({ text }) => (text ? new Dictionary() : null));
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const count = chunk.rowCount;
    const parts = columns.map((_, c) => {
      const vector = chunk.getColumnVector(c);
      const dictionary = dictionaries[c];
      return dictionary ? dictionary.coded(vector, count) : numbersOf(vector, count);
    });
    for (const [column, dictionary] of dictionaries.entries())
      if (dictionary && dictionary.fresh.length > 0) {
        await sendJson(FRAME.levels, { column, texts: dictionary.fresh });
        dictionary.fresh = [];
      }
    await send(FRAME.rows, new Uint8Array(new Uint32Array([count, 0]).buffer), ...parts);
  }
  await send(FRAME.end);
}

function numbersOf(vector: DuckDBVector, count: number): Uint8Array {
  const { items } = vector as DuckDBVector & { items: Float64Array };
  return new Uint8Array(items.buffer, items.byteOffset, count * 8);
}

async function read(job: Job): Promise<void> {
  const connection = await connect(job);
  if (!job.csv) {
    const table = `read_parquet(${literal(job.path)}, hive_partitioning = false)`;
    const columns = await parquetColumns(connection, table, job);
    const counted = await (await connection.run(`SELECT count(*) FROM ${table}`)).getRows();
    return sendRows(connection, table, columns, Number(counted[0]?.[0]));
  }
  const texts: ReadonlySet<number> = new Set(job.csv.texts);
  try {
    await sendRows(connection, csvTable(job, texts), csvColumns(job, texts), null);
  } catch (error) {
    // There is text after the sampled rows: the whole file is searched for columns of text and then read again.
    if (!/convert|cast/i.test(String(error))) throw error;
    const all = await textColumns(connection, job);
    await sendRows(connection, csvTable(job, all), csvColumns(job, all), null);
  }
}

/** Ends the process when its parent ends or when it exceeds its memory limit. */
function watch(most: number): void {
  process.stdin.on("close", () => process.exit(1));
  process.stdout.on("error", () => process.exit(1));
  setInterval(() => {
    if (process.memoryUsage.rss() > most) process.exit(FRAME.memory);
  }, 20).unref();
}

createInterface({ input: process.stdin }).once("line", async (line) => {
  const job: Job = JSON.parse(line);
  watch(job.most);
  try {
    await read(job);
  } catch (error) {
    const { fact, todo, message } = error as UserError;
    await sendJson(FRAME.error, error instanceof UserError ? { fact, todo } : { message });
  }
  process.stdout.end(() => process.exit(0));
});
