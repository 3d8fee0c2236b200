/** Training and validation curves, before and after: mean, band over the seeds, and where they become NaN. */
import { capital, count, number, percent } from "../../words.ts";
import { type FoldedCurve, fold, hasCourse, honestRange, type Series, thin, wantsLog } from "../curves.ts";
import { isShare, metricWord } from "../format.ts";
import type { Report } from "../report.ts";

import { sameLoss } from "../words.ts";
import { type Axis, linearAxis, logAxis } from "./axis.ts";
import { band, cross, figure, frame, key, line, note, rule, table } from "./chart.ts";
import { type Child, h, type Node } from "./h.ts";

const POINTS = 240;
const TABLE_ROWS = 60;

type Side = "before" | "after" | "now";
type Panel = { side: Side; training: FoldedCurve | null; validation: FoldedCurve | null };

export function learningSection(report: Report): Node | null {
  if (!report.curves) return null;
  const seeds = Math.max(report.curves.before.length, report.curves.after.length);
  const score = capital(metricWord(report.metric.name));
  const losses = panels(report, "train", "validation");
  const scores = panels(report, "trainScore", report.metric.split === "validation" ? "score" : "trainScore");
  const courses = losses.flatMap(({ training, validation }) =>
    [training, validation].filter((curve) => curve !== null),
  );
  if (!courses.some(hasCourse)) return null;
  return h(
    "div",
    null,
    rowOfPanels("Loss", false, losses, sameLoss(report), seeds),
    report.metric.name !== "loss" &&
      scores.length > 0 &&
      rowOfPanels(score, isShare(report.metric.name), scores, true, seeds),
  );
}

function panels({ curves }: Report, training: Series, validation: Series): Panel[] {
  return (["before", "after"] as const)
    .filter((side) => curves![side].length > 0)
    .map((side) => ({
      side: curves!.after.length === 0 ? "now" : side,
      training: fold(curves![side], training),
      validation: validation === training ? null : fold(curves![side], validation),
    }));
}

function rowOfPanels(what: string, share: boolean, all: Panel[], shared: boolean, seeds: number): Node {
  const show = share ? (value: number) => percent(value) : number;
  const values = (which: Panel[]) =>
    which.flatMap(({ training, validation }) => [...extremes(training), ...extremes(validation)]);
  const log = what === "Loss" && wantsLog(values(all));
  const y = (panel: Panel): Axis =>
    log
      ? logAxis(values(shared ? all : [panel]), { show, ticks: 4, down: true })
      : linearAxis(honestRange(values(shared ? all : [panel]), share ? 0.1 : undefined), {
          unit: share ? "percent" : "number",
          ticks: 4,
          down: true,
        });
  const validation = all.some((panel) => panel.validation);
  const several = all.some(({ training }) => training?.low.some((low, i) => training.high[i] > low));
  return figure(
    {
      caption: `${what} by epoch, mean of ${count(seeds, "seed")}${log ? ", log scale" : ""}${shared || all.length < 2 ? "" : "; the two loss functions differ, so each has its own axis"}`,
      legend: [
        validation && key("validation", "validation"),
        key("training", "training"),
        several && h("span", { class: "key" }, h("span", { class: "swatch" }), "minimum to maximum over the seeds"),
      ],
      table: curveTable(what, show, all, seeds),
    },
    h(
      "div",
      { class: "panels" },
      all.map((panel) => onePanel(what, panel, y(panel), show)),
    ),
  );
}

const extremes = (curve: FoldedCurve | null): number[] => (curve ? [...curve.low, ...curve.high] : []);

function onePanel(what: string, { side, training, validation }: Panel, y: Axis, show: (value: number) => string): Node {
  const curves = [
    { className: "training", curve: training },
    { className: "validation", curve: validation },
  ].flatMap(({ className, curve }) =>
    curve ? [{ className: `${className} ${side}`, curve: thin(curve, POINTS) }] : [],
  );
  const x = linearAxis(
    curves.flatMap(({ curve }) => curve.epochs),
    { ticks: 5, whole: true },
  );
  const broken = curves.map(({ curve }) => curve.broken).find((found) => found !== null);
  const last = curves.at(-1)?.curve.mean.findLast(Number.isFinite);
  return frame(
    {
      label: `${what} ${side}: ${last === undefined ? "NaN throughout" : `ends at ${show(last)}`}${broken ? `, NaN from epoch ${broken.epoch}` : ""}.`,
      height: 190,
      x,
      y,
      xTitle: "epoch",
      yTitle: side !== "now" && h("span", { class: `ytitle ${side}` }, side),
      notes:
        broken &&
        note(
          x.at(broken.epoch),
          "4px",
          "nan",
          `NaN from epoch ${broken.epoch}`,
          h("br", null),
          `in ${broken.seeds} of ${count(broken.of, "seed")}`,
        ),
    },
    broken && [rule(`${x.at(broken.epoch)}%`, "nan"), cross(`${x.at(broken.epoch)}%`, "96%", "nan")],
    curves.map(({ className, curve }) =>
      band(curve.epochs.map(x.at), curve.low.map(y.at), curve.high.map(y.at), className),
    ),
    curves.map(({ className, curve }) =>
      line(
        curve.epochs.map((epoch, i) => [x.at(epoch), y.at(curve.mean[i])]),
        className,
      ),
    ),
  );
}

function curveTable(what: string, show: (value: number) => string, all: Panel[], seeds: number): Node {
  const columns = all.flatMap(({ side, training, validation }) => [
    ...(training ? [{ name: `${side}, training`, curve: training }] : []),
    ...(validation ? [{ name: `${side}, validation`, curve: validation }] : []),
  ]);
  const longest = columns.reduce((a, b) => (b.curve.epochs.length > a.curve.epochs.length ? b : a)).curve;
  const rows = thin(longest, TABLE_ROWS).epochs.map((epoch): Child[] => [
    String(epoch),
    ...columns.map(({ curve }) => {
      const at = curve.epochs.indexOf(epoch);
      return at < 0 ? "" : show(curve.mean[at]);
    }),
  ]);
  return table(`${what}, mean of ${count(seeds, "seed")}`, ["epoch", ...columns.map(({ name }) => name)], rows);
}
