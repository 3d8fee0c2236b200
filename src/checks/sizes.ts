/** What two checks of one question share: which of several sizes of the same plan scores better than it. */

import type { Case } from "../case/case.ts";
import { scoreName } from "./../data/metrics.ts";
import type { Sign, Unknown } from "./check.ts";
import { unknown } from "./check.ts";
import { majority, scoreText } from "./scores.ts";
import { ramp } from "./words.ts";

export const [NONE, FULL] = [0.02, 0.1];
export const gainThreshold = {
  of: "points that the better one gains",
  value: [NONE, FULL],
  origin: "by hand",
  source: "less is what two seeds differ by",
} as const;

/** The best of `others` where it beats `own` plainly, told by its name. */
export function better(
  metric: NonNullable<Case["metric"]>,
  own: number | undefined,
  others: readonly { name: string; score: number }[],
): Sign | Unknown | undefined {
  if (metric.better !== "higher") return unknown("a score that ends at 1");
  if (own === undefined || others.length === 0) return unknown("another size to compare with");
  const [best] = others.toSorted((a, b) => b.score - a.score);
  // A training that ends in NaN scores nothing.
  const gain = Number.isNaN(own) ? FULL : best.score - own;
  if (!(gain > NONE)) return;
  return {
    strength: ramp(gain, 0, FULL),
    says: `${best.name}: ${scoreName(metric)} ${scoreText(metric)(best.score)}; the plan: ${scoreText(metric)(own)}.`,
    values: { gain },
  };
}

/**
 * The best of the networks that are half, or twice, as wide or deep, where it beats the plan plainly. One that answers no better than the
 * constant answer tells nothing of sizes: it gives up what others learn by heart.
 */
export const betterNetwork = (
  { capacity, metric, baselines = [] }: Required<Pick<Case, "capacity" | "metric">> & Pick<Case, "baselines">,
  size: "half" | "twice",
): Sign | Unknown | undefined =>
  better(
    metric,
    capacity.find(({ change }) => change === "as it is")?.score,
    capacity
      .filter(
        ({ change, score }) => change.startsWith(size) && !(score <= (majority(baselines)?.value ?? Number.NaN) + NONE),
      )
      .map(({ change, score }) => ({ name: `A network ${change}`, score })),
  );
