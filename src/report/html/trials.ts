/** Every trial as a forest plot: its gain with the 95 % interval, beside the line of no gain. */
import { count } from "../../words.ts";
import { gain, isShare, scoreFormat, scoreName } from "../format.ts";
import type { Report, ReportTrial } from "../report.ts";

import { remedyTitle } from "../words.ts";
import { type Axis, linearAxis } from "./axis.ts";
import { effect, figure, rule, table } from "./chart.ts";
import { h, type Node } from "./h.ts";

const VERDICT: Record<ReportTrial["verdict"], string> = {
  helps: "helps",
  hurts: "hurts",
  unclear: "unclear",
  cut: "stopped early",
};

export function trialsSection(report: Report): Node | null {
  if (report.trials.length === 0) return null;
  const { metric } = report;
  const trials = [...report.trials].sort(
    (a, b) => Number(b.stage === "proof") - Number(a.stage === "proof") || order(b) - order(a),
  );
  const share = isShare(metric.name);
  const x = linearAxis([0, ...trials.flatMap(({ gain: g }) => (g ? [g.mean, g.low, g.high] : []))], {
    unit: share ? "points" : "number",
    ticks: 4,
  });
  const name = scoreName(metric);
  return figure(
    {
      legend: [
        h("span", { class: "key" }, mark("proof", "helps"), "proof: fresh paired seeds"),
        h(
          "span",
          { class: "key" },
          mark("screen", "unclear"),
          "screen: a few seeds, which prove nothing by themselves",
        ),
      ],
      table: trialTable(report, trials),
    },
    h(
      "div",
      {
        class: "forest",
        role: "img",
        "aria-label": `Change of ${name} in ${count(trials.length, "trial")}; the table below lists them.`,
      },
      trials.map((trial) => oneTrial(report, trial, x)),
      h(
        "div",
        { class: "trial axis" },
        h("div", { class: "name" }),
        h(
          "div",
          { class: "where" },
          x.ticks.map((tick) => h("span", { class: "tick x", style: `left:${x.at(tick)}%` }, x.show(tick))),
        ),
        h("div", { class: "says" }),
      ),
      h(
        "div",
        { class: "xtitle" },
        metric.better === "higher"
          ? `change of ${name}${share ? ", percentage points" : ""}`
          : `improvement: decrease of ${name}`,
      ),
    ),
  );
}

const order = ({ gain: g }: ReportTrial): number => (g && Number.isFinite(g.mean) ? g.mean : -Infinity);

function oneTrial({ metric }: Report, trial: ReportTrial, x: Axis): Node {
  const { gain: g, stage, verdict } = trial;
  const ends = g && Number.isFinite(g.low) && Number.isFinite(g.high) ? g : null;
  return h(
    "div",
    { class: `trial ${stage} ${verdict}` },
    h("div", { class: "name" }, remedyTitle(trial)),
    h(
      "div",
      { class: "where" },
      h(
        "svg",
        { width: "100%", height: "100%", "aria-hidden": "true" },
        x.ticks.map((tick) => rule(`${x.at(tick)}%`, "grid")),
        rule(`${x.at(0)}%`, "zero"),
        ends &&
          h("line", {
            class: `interval ${verdict}`,
            x1: `${x.at(ends.low)}%`,
            x2: `${x.at(ends.high)}%`,
            y1: "50%",
            y2: "50%",
          }),
        g &&
          Number.isFinite(g.mean) &&
          h(
            "svg",
            { x: `${x.at(g.mean)}%`, y: "50%", width: 1, height: 1, overflow: "visible" },
            shape(stage, verdict),
          ),
      ),
    ),
    h("div", { class: "says" }, h("b", null, VERDICT[verdict]), g && Number.isFinite(g.mean) && effect(metric, g)),
  );
}

const shape = (stage: ReportTrial["stage"], verdict: ReportTrial["verdict"]): Node =>
  stage === "proof"
    ? h("rect", { class: `mark proof ${verdict}`, x: -5, y: -5, width: 10, height: 10 })
    : h("circle", { class: `mark screen ${verdict}`, r: 4.5 });

const mark = (stage: ReportTrial["stage"], verdict: ReportTrial["verdict"]): Node =>
  h("svg", { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" }, shape(stage, verdict));

function trialTable({ metric }: Report, trials: ReportTrial[]): Node {
  const show = scoreFormat(metric.name);
  return table(
    `All trials; scores are ${scoreName(metric)}`,
    ["changes", "stage", "result", "difference, 95 % CI", "score of each seed"],
    trials.map((trial) => [
      remedyTitle(trial),
      trial.stage,
      VERDICT[trial.verdict],
      trial.gain ? gain(metric, trial.gain) : "",
      trial.values.map(show).join(", "),
    ]),
  );
}
