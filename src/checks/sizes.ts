/** What checks that compare sizes share: which of several sizes of the network or the batch scores better than the plan. */
import type { Case } from "../case/case.ts";
import { scoreName } from "../data/metrics.ts";
import type { Sign, Unknown } from "./check.ts";
import { unknown } from "./check.ts";
import { majority, meanOf, scored } from "./scores.ts";
import { capital, ramp } from "./words.ts";

export const [NONE, FULL] = [0.02, 0.1];
export const gainThreshold = {
  of: "points by which the better one leads",
  value: [NONE, FULL],
  origin: "by hand",
  source: "two seeds differ by less",
} as const;

type Named = { name: string; score: number; seeds?: number };

/** The best of `others` where it clearly beats `own`, with the names of the two. */
export function better(
  metric: NonNullable<Case["metric"]>,
  own: Named | undefined,
  others: readonly Named[],
): Sign | Unknown | undefined {
  if (metric.better !== "higher") return unknown("a score with a maximum of 1");
  if (own === undefined || others.length === 0) return unknown("another size to compare with");
  const [best] = others.toSorted((a, b) => b.score - a.score);
  // Any score is better than a training that ends in NaN.
  const gain = Number.isNaN(own.score) ? FULL : best.score - own.score;
  if (!(gain > NONE)) return;
  return {
    strength: ramp(gain, 0, FULL),
    says: `${capital(scoreName(metric))} is ${scored(metric, best.score)} with ${best.name} and ${scored(metric, own.score)} with ${own.name}${meanOf(own.seeds)}.`,
    values: { gain },
  };
}

/**
 * The best of the networks that are half, or twice, as wide or deep, where it clearly beats the plan. A network that is no better than the
 * constant baseline is left out: it only avoids the overfitting of the others.
 */
export function betterNetwork(
  { capacity, metric, baselines = [] }: Required<Pick<Case, "capacity" | "metric">> & Pick<Case, "baselines">,
  size: "half" | "twice",
): Sign | Unknown | undefined {
  const own = capacity.find(({ change }) => change === "as it is");
  return better(
    metric,
    own && { ...own, name: "the network of the plan" },
    capacity
      .filter(
        ({ change, score }) => change.startsWith(size) && !(score <= (majority(baselines)?.value ?? Number.NaN) + NONE),
      )
      .map((one) => ({ ...one, name: `a network ${one.change}` })),
  );
}
