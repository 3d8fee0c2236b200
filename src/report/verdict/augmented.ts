/** What augmentation makes of some training images: pictures for the page. */
import { augmentBatch } from "../../data/augment/augment.ts";
import { type Dataset, isImages, product, sourceRow } from "../../data/dataset.ts";
import { prepare } from "../../data/prepare.ts";
import { picture } from "../../errors/pictures.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Report } from "../report.ts";

type Samples = NonNullable<Report["augmented"]>["samples"];

const [IMAGES, DRAWS] = [4, 6];

/**
 * Some training images, each as it is and as the first steps of a training with that seed would change it; null without images that are
 * augmented. `units` is the number of outputs of the network.
 */
export function augmentedSamples(plan: Plan, dataset: Dataset, seed: number, units: number): Samples | null {
  const { table } = dataset;
  if (plan.data.augment.length === 0 || !isImages(table) || table.shape.length !== 3) return null;
  const { x, stored, augment, train } = prepare(plan, dataset, seed, units);
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
