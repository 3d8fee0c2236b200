/** The curves of loss and score for a terminal. */
import { largest } from "../../lists.ts";
import { capital, count, number } from "../../words.ts";
import { type FoldedCurve, fold, hasCourse, honestRange, type Series, wantsLog } from "../curves.ts";
import { isShare, scoreFormat, scoreName, sparkline } from "../format.ts";
import type { Report } from "../report.ts";

import { sameLoss } from "../words.ts";
import type { Paint } from "./paint.ts";

export function learningLines(report: Report, paint: Paint): string[] {
  const { curves, metric } = report;
  if (!curves) return [];
  const loss = curveRows(curves, ["train", "validation"]);
  if (!loss.some(({ folded }) => hasCourse(folded))) return [];
  const log = wantsLog(loss.flatMap(({ folded }) => folded.mean));
  const scaleOf = (when: CurveRow["when"]) => {
    const beside = loss.filter((row) => sameLoss(report) || row.when === when);
    const [low, high] = honestRange(beside.flatMap(({ folded }) => folded.mean));
    return { low, high, log };
  };
  // A share has a scale of its own, 0 … 1; any other score shows what the loss shows.
  const score = isShare(metric.name) ? curveRows(curves, ["score"]) : [];
  const epochs = largest(loss.map(({ folded }) => folded.epochs.at(-1)!));
  const seeds = curves.before.length > 1 ? `, mean of ${count(curves.before.length, "seed")}` : "";
  return [
    paint.heading(`Loss over ${count(epochs, "epoch")}${seeds}${log ? ", log scale" : ""}`),
    ...loss.map((row) => curveLine(row, scaleOf(row.when), number, paint)),
    ...(score.length > 0 ? [paint.heading(paint.clean(`${capital(scoreName(metric))}, 0 … 100 %${seeds}`))] : []),
    ...score.map((row) => curveLine(row, { low: 0, high: 1 }, scoreFormat(metric.name), paint)),
  ];
}

type CurveRow = { when: "before" | "after" | "now"; series: Series; folded: FoldedCurve };

function curveRows(curves: NonNullable<Report["curves"]>, series: Series[]): CurveRow[] {
  return (["before", "after"] as const).flatMap((side) =>
    series.flatMap((one) => {
      const folded = fold(curves[side], one);
      return folded ? [{ when: curves.after.length === 0 ? ("now" as const) : side, series: one, folded }] : [];
    }),
  );
}

const SERIES: Record<Series, string> = {
  train: "training",
  validation: "validation",
  trainScore: "training",
  score: "",
};
const WHEN_COLOUR: Record<CurveRow["when"], string> = { before: "red", after: "green", now: "cyan" };

function curveLine(
  { when, series, folded }: CurveRow,
  scale: { low: number; high: number; log?: boolean },
  show: (value: number) => string,
  paint: Paint,
): string {
  const line = sparkline(folded.mean, { width: paint.sparkWidth, unicode: paint.unicode, ...scale });
  const name = `${when.padEnd(8)}${SERIES[series].padEnd(12)}`;
  return `  ${name}${paint.colour(line, WHEN_COLOUR[when])}  ${paint.clean(ends(folded, show))}`;
}

/** "0.74 → 0.69", or where it became NaN. */
function ends({ mean, broken, epochs }: FoldedCurve, show = number): string {
  if (!broken) return mean.length === 1 ? show(mean[0]) : `${show(mean[0])} → ${show(mean.at(-1)!)}`;
  const from = broken.epoch === epochs[0] ? "from the start" : `from epoch ${broken.epoch}`;
  return `NaN ${from} (${broken.seeds} of ${count(broken.of, "seed")})`;
}
