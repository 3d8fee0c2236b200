/** Says which large files and folders are being read: until they are, nothing else can be told. */
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Dataset } from "../data/dataset.ts";
import { loadDataset } from "../data/node/load.ts";
import { namesIn, statOf } from "../files/node/read.ts";
import { refusing } from "../files/node/system-error.ts";
import type { Plan, Source } from "../plan/plan.ts";
import { note, signals } from "./console.ts";

/** Bytes that take a second, at the 40 MB/s at which a busy machine read a table. */
const LARGE = 4e7;
/** Small pictures that a busy machine decoded in a second. */
const MANY = 1000;

const filesOf = (source: Source): string[] => (typeof source === "string" ? [source] : [source.images, source.labels]);

/** The files in the sub-folders of a folder. */
const filesIn = (folder: string): number =>
  refusing(folder, "read", () => readdirSync(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .reduce((sum, { name }) => sum + namesIn(join(folder, name)).length, 0);

export function tellReading(sources: readonly Source[], folder: string, quiet = false): void {
  if (quiet) return;
  for (const file of new Set(sources.flatMap(filesOf))) {
    const full = resolve(folder, file);
    const stat = statOf(full, file);
    const size = stat?.size ?? 0;
    const files = stat?.isDirectory() ? filesIn(full) : 0;
    if (files >= MANY) note(`reading ${file} (${files} files) …`);
    if (size >= LARGE) note(`reading ${file} (${Math.round(size / 1e6)} MB) …`);
  }
}

/** Loads the Dataset of a Plan whose file lies in `folder`; says so where that takes a while. */
export async function loadTold(
  plan: Plan,
  folder: string,
  { notes, quiet }: { notes?: readonly string[]; quiet?: boolean },
): Promise<Dataset> {
  const { source, validation, test } = plan.data;
  const parts = [validation, test].flatMap((part) => (part && "source" in part ? [part.source] : []));
  tellReading([source, ...parts], folder, quiet);
  await signals();
  return loadDataset(plan, folder, notes);
}
