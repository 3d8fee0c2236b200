/** Some training images before and after augmentation, as pictures for the page. */
import { augmentBatch } from "../data/augment/augment.ts";
import { isImages, product, sourceRow } from "../data/dataset.ts";
import { picture } from "../errors/pictures.ts";
import type { Subject } from "./subject.ts";

/** `of`: the plan with the augmentation; `row`: the row of the file, from 0; `file`: its file in a folder. The pictures are data URIs. */
export type Augmented = {
  of: "given" | "prescribed";
  names: string[];
  samples: { row: number; file?: string; original: string; changed: string[] }[];
};

/** The number that fits a line of the page. Chosen by hand. */
const [IMAGES, DRAWS] = [4, 6];

/**
 * Some training images, each unchanged and as the first steps of a training with that seed would augment it; null where no images are
 * augmented.
 */
export function augmentedSamples({ plan, data }: Subject, seed: number): Augmented["samples"] | null {
  if (!data || plan.data.augment.length === 0) return null;
  const { dataset } = data;
  const { table } = dataset;
  if (!isImages(table) || table.shape.length !== 3) return null;
  const { x, stored, augment, train } = data.prepared(seed);
  if (!augment) return null;
  const size = product(table.shape);
  const count = Math.min(IMAGES, train.length);
  const rows = Array.from({ length: count }, (_, i) => train[Math.floor((i * train.length) / count)]);
  const originals = new Float32Array(count * size);
  rows.forEach((row, i) => {
    if (stored) stored.read(row, originals, i * size);
    else originals.set(x.subarray(row * size, (row + 1) * size), i * size);
  });
  const drawn = Array.from({ length: DRAWS }, (_, step) => {
    const batch = { x: originals.slice(), y: new Float32Array(count), rows: count, real: count };
    augmentBatch(augment, batch, seed, step);
    return batch.x;
  });
  const shown = (of: Float32Array, i: number): string =>
    picture(of.subarray(i * size, (i + 1) * size), table.shape, [augment.low, augment.high]);
  return rows.map((origin, i) => {
    const { part: _source, ...row } = sourceRow(dataset, origin);
    return { ...row, original: shown(originals, i), changed: drawn.map((of) => shown(of, i)) };
  });
}

/** The images of the given plan, or else of the prescribed one. */
export function augmentedOf(base: Subject, prescribed: Subject | undefined, seed: number): Augmented | undefined {
  for (const [of, subject] of [
    ["given", base],
    ["prescribed", prescribed],
  ] as const) {
    const samples = subject && augmentedSamples(subject, seed);
    if (samples) return { of, names: subject.plan.data.augment.map(({ name }) => name), samples };
  }
  return undefined;
}
