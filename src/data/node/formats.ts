/** The formats of a source, in the order in which they are tried: by the first bytes where these are sufficient, else by the name. */

import { isInstalled } from "../../files/node/optional.ts";
import { UserError } from "../../user-error.ts";
import type { Loaded } from "../source.ts";
import { parseCsv } from "../sources/csv.ts";
import { parseJson, parseJsonLines } from "../sources/json.ts";
import { isNpy, readNpy, readNpz } from "./arrays.ts";
import { readCifar } from "./cifar.ts";
import type { Within } from "./disk.ts";
import { LARGE, readLargeCsv, readParquet } from "./duckdb.ts";
import { readFolder } from "./folder.ts";
import { type Found, LARGEST } from "./read.ts";

type Format = {
  name: string;
  recognises: (found: Found) => boolean;
  /** @param targets the plan's target columns; [] where they are not known yet. */
  read: (found: Found, targets: readonly string[], within: Within) => Loaded | Promise<Loaded>;
};

const text = ({ head }: Found): string => Buffer.from(head.subarray(0, 64)).toString("latin1");
const table = (sheet: Loaded["sheet"]): Loaded => ({ sheet, tensor: null });

/** The target of a source without columns may have any name, but only one. */
function one(targets: readonly string[]): string {
  if (targets.length > 1)
    throw new UserError("a folder of pictures or sounds has a single target.", "Name one target.", "data.target");
  return targets[0] ?? "class";
}

const refused = (fact: string, todo: string) => (found: Found) => {
  throw new UserError(fact, todo, found.file);
};

/** Without the optional package, our own reader reads a large table, as long as Node can read its file in one piece. */
const byDuckDb = ({ unpacked }: Found): boolean =>
  unpacked >= LARGE && (unpacked > LARGEST || isInstalled("@duckdb/node-api"));

export const FORMATS: readonly Format[] = [
  {
    name: "a folder",
    recognises: ({ folder }) => folder,
    read: ({ full, path }, targets, within) => readFolder(full, path, one(targets), within),
  },
  {
    name: "Parquet",
    recognises: (found) => text(found).startsWith("PAR1") || /\.parquet$/i.test(found.name),
    read: async (found) => table(await readParquet(found)),
  },
  { name: "npy", recognises: isNpy, read: readNpy },
  { name: "npz", recognises: ({ name }) => /\.npz$/i.test(name), read: readNpz },
  {
    name: "Excel",
    recognises: (found) => text(found).startsWith("PK\x03\x04") || /\.xlsx?$/i.test(found.name),
    read: refused("Excel files are not supported.", "Save the table as CSV."),
  },
  {
    name: "CIFAR-10 binary",
    recognises: ({ name }) => /\.bin$/i.test(name),
    read: (found, targets, within) => readCifar([found], found.path, one(targets), within),
  },
  {
    name: "IDX",
    recognises: ({ head }) => head[0] === 0 && head[1] === 0,
    read: refused("this is one of a pair of IDX files.", 'Write "source": { "images": …, "labels": … } in a plan.'),
  },
  {
    name: "something else",
    recognises: ({ head }) => head[0] < 0xfe && head.subarray(0, 4096).includes(0),
    read: refused(
      "this is not a table.",
      "Give a CSV, TSV, JSON, JSON lines, .npy or .npz file, or a pair of IDX files.",
    ),
  },
  {
    name: "JSON lines",
    recognises: ({ name }) => /\.(jsonl|ndjson)$/i.test(name),
    read: (found) => table(parseJsonLines(found.bytes(), found.file)),
  },
  {
    name: "JSON",
    recognises: (found) =>
      /\.json$/i.test(found.name) ||
      (!/\.(csv|tsv|txt|data)$/i.test(found.name) && /^(\xef\xbb\xbf)?\s*[[{]/.test(text(found))),
    read: (found) => table(parseJson(found.bytes(), found.file)),
  },
  {
    name: "CSV",
    recognises: () => true,
    read: async (found) => table(await (byDuckDb(found) ? readLargeCsv(found) : parseCsv(found.bytes(), found.file))),
  },
];
