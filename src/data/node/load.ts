/** Loads the Dataset of a Plan from the files that it names. */

import { weightFiles } from "../../plan/describe.ts";
import { readWeights } from "../../plan/node/weights.ts";
import type { Plan, Source } from "../../plan/plan.ts";
import { UserError } from "../../user-error.ts";
import { buildDataset } from "../build.ts";
import type { Dataset } from "../dataset.ts";
import { imageSource, type Loaded } from "../source.ts";
import { parseIdx } from "../sources/idx.ts";
import { targetNames } from "../target.ts";
import { isNpy, readNpyPair } from "./arrays.ts";
import { memoryForRows, type Within } from "./disk.ts";
import { FORMATS } from "./formats.ts";
import { find } from "./read.ts";

/** `folder`: that of the plan file; `notes`: those before the notes on the data; `memory`: the most bytes for the rows of a source in memory. */
export async function loadDataset(
  plan: Plan,
  folder: string,
  notes: readonly string[] = [],
  memory = memoryForRows(),
): Promise<Dataset> {
  const { data } = plan;
  const targets = targetNames(data);
  const source = await readSource(data.source, targets, folder, { like: null, memory });
  const read = async (part: Plan["data"]["validation"]): Promise<Loaded | null> =>
    part && "source" in part ? readSource(part.source, targets, folder, { like: source, memory }) : null;
  const dataset = buildDataset(plan, {
    source,
    validation: await read(data.validation),
    test: await read(data.test),
  });
  const files = weightFiles(plan);
  const weights = Object.fromEntries(files.map((file) => [file, readWeights(folder, file)]));
  return { ...dataset, notes: [...notes, ...dataset.notes], ...(files.length > 0 && { weights }) };
}

/** The contents of a source, before columns are selected. */
export async function readSource(
  source: Source,
  targets: readonly string[],
  folder: string,
  within: Within = { like: null, memory: memoryForRows() },
): Promise<Loaded> {
  if (typeof source === "string") {
    const found = find(folder, source);
    return FORMATS.find((format) => format.recognises(found))!.read(found, targets, within);
  }
  if (targets.length > 1) throw new UserError("images have a single target.", "Name one target.", "data.target");
  const pair = [find(folder, source.images), find(folder, source.labels)];
  if (pair.every(isNpy)) return readNpyPair(pair[0], pair[1], targets[0]);
  const [images, labels] = pair.map((found) => parseIdx(found.bytes(), found.path));
  return imageSource(images, labels, targets[0], source);
}
