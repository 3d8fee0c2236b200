/** Augmentation: training rows changed anew each time they are drawn, after scaling. */

import { type AugmentationName, amountOf, LIMITS } from "../../plan/augmentation.ts";
import { AUGMENTATIONS } from "../../plan/names.ts";
import type { Plan } from "../../plan/plan.ts";
import { PURPOSE, stream } from "../../random.ts";
import { UserError } from "../../user-error.ts";
import { type Dataset, isImages, isWindowed, product } from "../dataset.ts";
import type { RowReader } from "../row-reader.ts";
import { moments, pooled, type Scale } from "../scale.ts";
import type { Augment, Batch } from "./batch.ts";
import { type Move, moved } from "./move.ts";
import { brighten, cutOut, mixUp, noisy } from "./values.ts";

/** The prepared rows, in memory or read from disk, and which of them are trained on. */
type ScaledRows = { x: Float32Array; stored?: RowReader; train: Uint32Array };

/** The number of rows from which range and standard deviation are measured. */
const MOST_ROWS = 2000;

const OF_IMAGES: readonly AugmentationName[] = AUGMENTATIONS.filter((name) => name !== "stretch");
const OF_SOUNDS: readonly AugmentationName[] = ["shift", "noise", "stretch", "mixup"];
const OF_TABLES: readonly AugmentationName[] = ["noise", "mixup"];

/** @throws UserError for an augmentation that does not fit the inputs or the targets, or whose amount is out of range. */
export function augmentOf(
  plan: Plan,
  { table, task }: Dataset,
  data: ScaledRows & { inputScale: Scale },
): Augment | null {
  const { augment } = plan.data;
  if (augment.length === 0) return null;
  if (task === "sequence") refuse("tokens are numbers without a size.", "Take it out.");
  const [kind, names] = isImages(table)
    ? table.shape.length === 3
      ? (["images", OF_IMAGES] as const)
      : (["sounds", OF_SOUNDS] as const)
    : (["rows of a table", OF_TABLES] as const);
  augment.forEach((one, i) => {
    if (!names.includes(one.name)) refuse(`${one.name} is not for ${kind}.`, `Use ${names.join(", ")}.`, i);
    const limit = LIMITS[one.name];
    if (
      limit !== undefined &&
      (one.name === "flip" || one.name === "cutout" ? amountOf(one) > limit : amountOf(one) >= limit)
    )
      refuse(`${one.name} of ${amountOf(one)} leaves nothing.`, `Give it less than ${limit}.`, i);
    if (one.name === "mixup" && plan.training.loss?.name === "sparseCategoricalCrossentropy")
      refuse(
        "mixup mixes the targets, and sparseCategoricalCrossentropy takes whole numbers.",
        "Use categoricalCrossentropy.",
        i,
      );
  });
  const { shift, factor } = data.inputScale;
  const steps = augment.map((one) => ({ name: one.name, amount: amountOf(one) }));
  return { shape: table.shape, steps, blank: (0 - shift[0]) / factor[0], ...measured(table, data) };
}

function refuse(fact: string, todo: string, at?: number): never {
  throw new UserError(fact, todo, at === undefined ? "data.augment" : `data.augment[${at}]`);
}

/** The moments of some evenly sampled training rows: images and sounds as one column, sequences by feature. */
function measured(table: Dataset["table"], { x, stored, train }: ScaledRows): Pick<Augment, "low" | "high" | "std"> {
  const size = product(table.shape);
  const count = Math.min(MOST_ROWS, train.length);
  const rows = Uint32Array.from({ length: count }, (_, i) => train[Math.floor((i * train.length) / count)]);
  const each = moments(stored ?? x, size, rows);
  const all = pooled(each);
  const std = isImages(table) ? [...all.std] : isWindowed(table) ? overSteps(each.std, table.shape[1]) : [...each.std];
  return { low: all.min[0], high: all.max[0], std: std.map((one) => (Number.isFinite(one) ? one : 0)) };
}

/** The root mean square over the steps, repeated for every step. */
function overSteps(std: Float64Array, features: number): number[] {
  const steps = std.length / features;
  const own = Array.from({ length: features }, (_, f) => {
    let sum = 0;
    for (let s = 0; s < steps; s++) sum += std[s * features + f] ** 2;
    return Math.sqrt(sum / steps);
  });
  return Array.from(std, (_, i) => own[i % features]);
}

const MOVES: readonly string[] = ["flip", "shift", "rotate", "zoom", "stretch"];

/**
 * Changes a batch in place; the random numbers depend only on seed, step, position in the batch and position in the list. Consecutive
 * moves are applied at once.
 */
export function augmentBatch(augment: Augment, batch: Batch, seed: number, step: number): void {
  const { steps } = augment;
  for (let i = 0; i < steps.length; ) {
    const base = stream(seed, PURPOSE.augment, step, i);
    if (MOVES.includes(steps[i].name)) {
      const moves: Move[] = [];
      for (; i < steps.length && MOVES.includes(steps[i].name); i++)
        moves.push({ ...steps[i], name: steps[i].name as Move["name"], base: stream(seed, PURPOSE.augment, step, i) });
      moved(batch.x, augment.shape, moves);
      continue;
    }
    const { name, amount } = steps[i++];
    if (name === "brightness") brighten(batch.x, augment, amount, base);
    else if (name === "cutout") cutOut(batch.x, augment, amount, base);
    else if (name === "noise") noisy(batch.x, augment, amount, base);
    else mixUp(batch, amount, base);
  }
}
