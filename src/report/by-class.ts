/** Scores by class: what accuracy hides where classes are of very different size. */

import type { Case } from "../case/case.ts";
import { mean } from "../data/statistics.ts";
import { percent } from "../words.ts";
import type { Report, ReportMetric } from "./report.ts";
import { columns } from "./text/columns.ts";
import type { Paint } from "./text/paint.ts";

type ByClass = NonNullable<ReportMetric["byClass"]>;

/** From this ratio of class sizes on, accuracy and balanced accuracy begin to differ: the least that the check of class counts reports. */
const UNEQUAL = 3;
const MOST = 10;

/** Of the evaluated rows of one seed, the middle one; undefined without classes. */
export function byClassOf({ predictions }: Case): ByClass | undefined {
  const classes = predictions?.classes;
  if (!classes) return undefined;
  const recalls = classes.flatMap(({ recall }) => (recall === undefined ? [] : [recall]));
  if (recalls.length < 2) return undefined;
  return {
    balancedAccuracy: mean(recalls),
    classes: classes.map(({ name, actual, recall = null, precision = null }) => ({
      name,
      share: actual,
      recall,
      precision,
    })),
  };
}

/** Where classes are of very different size: a sentence, and the rows of a table, the rarest class first. */
export function unequalClasses(
  byClass: ByClass | undefined,
): { says: string; head: string[]; rows: string[][] } | null {
  if (!byClass) return null;
  const known = byClass.classes.filter(({ share }) => share > 0).toSorted((a, b) => a.share - b.share);
  if (known.length < 2 || known.at(-1)!.share < UNEQUAL * known[0].share) return null;
  const cell = (value: number | null) => (value === null ? "–" : percent(value));
  const shown = known.slice(0, MOST);
  const rest = known.length - shown.length;
  return {
    says: `Balanced accuracy (the mean recall over the classes, here of one seed) is ${percent(byClass.balancedAccuracy)}; predicting one class for every row gives ${percent(1 / known.length)}.${rest > 0 ? ` The ${shown.length} rarest of ${known.length} classes:` : ""}`,
    head: ["class", "share of rows", "recall", "precision"],
    rows: shown.map(({ name, share, recall, precision }) => [name, cell(share), cell(recall), cell(precision)]),
  };
}

/** The same for a terminal. */
export function byClassLines({ metric }: Report, paint: Paint): string[] {
  const unequal = unequalClasses(metric.byClass);
  if (!unequal) return [];
  return [
    paint.heading("Recall and precision by class"),
    paint.wrap(unequal.says, "  ", "  "),
    ...columns([unequal.head, ...unequal.rows], paint),
  ];
}
