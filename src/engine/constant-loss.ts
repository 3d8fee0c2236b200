/** The loss of the best constant prediction, the same for every row; a network that learns must get below it. */
import type { Prepared } from "../data/prepare.ts";
import { mean } from "../data/statistics.ts";
import type { LossSettings } from "./losses.ts";

const entropy = (p: number) => (p > 0 ? -p * Math.log(p) : 0);

/** The loss per row, averaged over the columns as the loss does; NaN for a loss, or targets, without such a formula. */
export function constantLoss(
  { name }: LossSettings,
  { y, width, train, tokens }: Pick<Prepared, "y" | "width" | "train" | "tokens">,
): number {
  if (tokens) return /Crossentropy$/.test(name) ? constantTokenLoss(y, width, train) : Number.NaN;
  const columns = Array.from({ length: width }, (_, c) => Array.from(train, (row) => y[row * width + c]));
  const shares = columns.map(mean);
  switch (name) {
    case "meanSquaredError":
      return mean(columns.map((column, c) => mean(column.map((v) => (v - shares[c]) ** 2))));
    case "meanAbsoluteError":
      return mean(
        columns.map((column) => {
          const middle = column.toSorted((a, b) => a - b)[Math.floor(column.length / 2)];
          return mean(column.map((v) => Math.abs(v - middle)));
        }),
      );
    case "binaryCrossentropy":
      return shares.every((p) => p >= 0 && p <= 1) ? mean(shares.map((p) => entropy(p) + entropy(1 - p))) : Number.NaN;
    case "categoricalCrossentropy":
    case "sparseCategoricalCrossentropy":
      return width > 1 && shares.every((p) => p >= 0) ? shares.reduce((sum, p) => sum + entropy(p), 0) : Number.NaN;
    default:
      return Number.NaN;
  }
}

/** Per token, where each step has a constant prediction of its own; padding does not count. */
function constantTokenLoss(y: Float32Array, width: number, train: Uint32Array): number {
  let [loss, all] = [0, 0];
  for (let step = 0; step < width; step++) {
    const counts = new Map<number, number>();
    for (const row of train) {
      const token = y[row * width + step];
      if (token > 0) counts.set(token, (counts.get(token) ?? 0) + 1);
    }
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const count of counts.values()) loss += total * entropy(count / total);
    all += total;
  }
  return loss / all;
}
