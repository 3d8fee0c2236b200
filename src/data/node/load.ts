/** Loads the Dataset of a Plan from the files that it names. */
import { basename } from "node:path";
import { UserError } from "../../errors.ts";
import { readWeights } from "../../plan/node/weights.ts";
import type { Plan, Source } from "../../plan/plan.ts";
import { buildDataset } from "../build.ts";
import type { Dataset } from "../dataset.ts";
import type { Sheet } from "../sheet.ts";
import { imageSource, type Loaded } from "../source.ts";
import { parseCsv } from "../sources/csv.ts";
import { parseIdx } from "../sources/idx.ts";
import { parseJson, parseJsonLines } from "../sources/json.ts";
import { targetNames } from "../target.ts";
import { weightFiles } from "../weights.ts";
import { readBytes } from "./read.ts";

/** `folder` is where the plan file lies; `said` what is to be told beside what the data tell. */
export async function loadDataset(plan: Plan, folder: string, said: readonly string[] = []): Promise<Dataset> {
  const { data } = plan;
  const targets = targetNames(data);
  const read = (part: Plan["data"]["validation"]): Loaded | null =>
    part && "source" in part ? readSource(part.source, targets, folder) : null;
  const dataset = buildDataset(plan, {
    source: readSource(data.source, targets, folder),
    validation: read(data.validation),
    test: read(data.test),
  });
  const files = weightFiles(plan);
  const weights = Object.fromEntries(files.map((file) => [file, readWeights(folder, file)]));
  return { ...dataset, said: [...said, ...dataset.said], ...(files.length > 0 && { weights }) };
}

/** What a source holds, before it is known which columns matter. */
export function readSource(source: Source, targets: readonly string[], folder: string): Loaded {
  if (typeof source === "string") return { sheet: parse(readBytes(folder, source), source), images: null };
  if (targets.length > 1) throw new UserError("images have one target.", "Give it one name.", "data.target");
  const images = parseIdx(readBytes(folder, source.images), source.images);
  const labels = parseIdx(readBytes(folder, source.labels), source.labels);
  return imageSource(images, labels, targets[0], source);
}

const UNSUPPORTED: { name: string; ending: RegExp; magic: string }[] = [
  { name: "Parquet", ending: /\.parquet$/i, magic: "PAR1" },
  { name: "npy", ending: /\.npy$/i, magic: "\x93NUMPY" },
  { name: "npz", ending: /\.npz$/i, magic: "\0none" },
  { name: "Excel", ending: /\.xlsx?$/i, magic: "PK\x03\x04" },
  { name: "CIFAR-10 binary", ending: /\.bin$/i, magic: "\0none" },
];

function parse(bytes: Uint8Array, path: string): Sheet {
  const file = basename(path);
  const name = path.replace(/\.gz$/i, "");
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  const unsupported = UNSUPPORTED.find((format) => format.ending.test(name) || head.startsWith(format.magic));
  if (unsupported)
    throw new UserError(`${unsupported.name} is not supported yet.`, "Save the data as CSV or JSON lines.", file);
  if (bytes[0] === 0 && bytes[1] === 0)
    throw new UserError(
      "this looks like one of a pair of IDX files.",
      'Write "source": { "images": …, "labels": … }.',
      file,
    );
  if (head.charCodeAt(0) < 0xfe && bytes.subarray(0, 4096).includes(0))
    throw new UserError("this is no table.", "Name a CSV, TSV, JSON or JSON lines file, or a pair of IDX files.", file);
  if (/\.(jsonl|ndjson)$/i.test(name)) return parseJsonLines(bytes, file);
  const isTable = /\.(csv|tsv|txt|data)$/i.test(name);
  if (/\.json$/i.test(name) || (!isTable && /^[[{]/.test(head.trim()))) return parseJson(bytes, file);
  return parseCsv(bytes, file);
}
