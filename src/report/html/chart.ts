/** The frame of a picture and its shapes: everything in percent, so that it fills any width and letters keep their size. */
import { gain } from "../format.ts";
import type { Effect } from "../report.ts";
import type { Axis } from "./axis.ts";
import { type Child, h, type Node } from "./h.ts";

type FrameParts = {
  /** What the picture shows, for screen readers. */
  label: string;
  height: number;
  x: Axis;
  y?: Axis;
  xTitle: string;
  yTitle?: Child;
  /** Words over the plot, placed in percent. */
  notes?: Child;
};

/** A plot with grid, ticks and titles around `shapes`. */
export function frame({ label, height, x, y, xTitle, yTitle, notes }: FrameParts, ...shapes: Child[]): Node {
  return h(
    "div",
    { class: y ? "chart" : "chart flat" },
    yTitle && h("div", null, yTitle),
    h(
      "div",
      { class: "plot", style: `height:${height}px` },
      h(
        "svg",
        { role: "img", "aria-label": label, width: "100%", height: "100%" },
        x.ticks.map((tick) => rule(`${x.at(tick)}%`, "grid")),
        y?.ticks.map((tick) =>
          h("line", { class: "grid", x1: 0, x2: "100%", y1: `${y.at(tick)}%`, y2: `${y.at(tick)}%` }),
        ),
        shapes,
      ),
      x.ticks.map((tick) =>
        h("span", { class: "tick x", style: `left:${x.at(tick)}%`, "aria-hidden": "true" }, x.show(tick)),
      ),
      y?.ticks.map((tick) =>
        h("span", { class: "tick y", style: `top:${y.at(tick)}%`, "aria-hidden": "true" }, y.show(tick)),
      ),
      notes,
    ),
    h("div", { class: "xtitle" }, xTitle),
  );
}

/** A vertical line over the whole height. */
export const rule = (x: string, className: string): Node =>
  h("line", { class: className, x1: x, x2: x, y1: 0, y2: "100%" });

/** Words at a place of the plot; they grow away from the nearer edge. */
export function note(x: number, top: string, className: string, ...text: Child[]): Node {
  const side = x > 50 ? `right:${(100 - x).toFixed(2)}%` : `left:${x}%`;
  return h("span", { class: `note ${className}`, style: `${side};top:${top}`, "aria-hidden": "true" }, ...text);
}

/** Shapes in a square of 100 × 100 that is stretched over the plot. */
const stretched = (...shapes: Child[]): Node =>
  h("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", width: "100%", height: "100%" }, ...shapes);

/** A line through the finite points; it is interrupted where there are none. */
export function line(points: [number, number][], className: string): Node {
  let pen = false;
  const path = points.map(([x, y]) => {
    const here = Number.isFinite(x) && Number.isFinite(y);
    const step = here ? `${pen ? "L" : "M"}${x} ${y}${pen ? "" : "h0"}` : "";
    pen = here;
    return step;
  });
  return stretched(h("path", { class: `line ${className}`, d: path.join(""), "vector-effect": "non-scaling-stroke" }));
}

/** The area between two lines, over the points where both are finite. */
export function band(x: number[], low: number[], high: number[], className: string): Node | null {
  const points = x.map((at, i) => [at, low[i], high[i]]).filter((point) => point.every(Number.isFinite));
  if (points.length < 2) return null;
  const there = points.map(([at, , top]) => `${at} ${top}`);
  const back = points.map(([at, bottom]) => `${at} ${bottom}`).reverse();
  return stretched(h("path", { class: `band ${className}`, d: `M${[...there, ...back].join("L")}Z` }));
}

/** A × of 10 pixels around a place. */
export const cross = (x: string, y: string | number, className: string): Node =>
  h(
    "svg",
    { x, y, width: 1, height: 1, overflow: "visible" },
    h("path", { class: `cross ${className}`, d: "M-5 -5L5 5M-5 5L5 -5" }),
  );

/** A picture with its caption, its legend and the same in a table. */
export function figure(parts: { caption?: Child; legend?: Child; table: Node }, ...picture: Child[]): Node {
  return h(
    "figure",
    null,
    parts.caption && h("figcaption", null, parts.caption),
    parts.legend && h("div", { class: "legend" }, parts.legend),
    ...picture,
    h("details", { class: "alt" }, h("summary", null, "Show as a table"), parts.table),
  );
}

/** One entry of a legend: a short line as it is drawn, and its name. */
export const key = (className: string, name: string): Node =>
  h(
    "span",
    { class: "key" },
    h("svg", { width: 28, height: 10, "aria-hidden": "true" }, h("path", { class: `line ${className}`, d: "M1 5H27" })),
    name,
  );

/** The × in a legend. */
export const crossKey = (name: string): Node =>
  h(
    "span",
    { class: "key" },
    h(
      "svg",
      { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" },
      h("path", { class: "cross nan", d: "M-5 -5L5 5M-5 5L5 -5" }),
    ),
    name,
  );

/** A table that may be scrolled sideways, by keyboard too. */
export function table(caption: string, head: string[], rows: Child[][]): Node {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h(
      "table",
      null,
      h("caption", null, caption),
      h(
        "thead",
        null,
        h(
          "tr",
          null,
          head.map((cell) => h("th", { scope: "col" }, cell)),
        ),
      ),
      h(
        "tbody",
        null,
        rows.map((row) =>
          h(
            "tr",
            null,
            row.map((cell, i) => (i === 0 ? h("th", { scope: "row" }, cell) : h("td", null, cell))),
          ),
        ),
      ),
    ),
  );
}

/** A gain in words that breaks between the mean and its interval only. */
export function effect(metric: Parameters<typeof gain>[0], measured: Effect): Child {
  const [mean, range] = gain(metric, measured).split(" (");
  return [" ", h("span", { class: "whole" }, mean), range && [" ", h("span", { class: "whole" }, `(${range}`)]];
}
