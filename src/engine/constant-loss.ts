/** The loss of the best answer that is the same for every row: what a network that learns must come below. */
import type { Prepared } from "../data/prepare.ts";
import type { LossSettings } from "./losses.ts";

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const entropy = (p: number) => (p > 0 ? -p * Math.log(p) : 0);

/** Per row and averaged over the columns as the loss does; NaN for a loss, or targets, without such a formula. */
export function constantLoss(
  { name }: LossSettings,
  { y, width, train }: Pick<Prepared, "y" | "width" | "train">,
): number {
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
