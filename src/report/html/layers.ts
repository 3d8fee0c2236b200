/** Heat maps of the layers over the epochs: dead units, gradients, updates. */
import { largest, smallest } from "../../lists.ts";
import { count, number, percent } from "../../words.ts";
import type { LayerHeatMap } from "../report.ts";
import { figure, table } from "./chart.ts";
import { h, type Node } from "./h.ts";

const MOST_EPOCHS = 40;
const MOST_CELLS = 2400;
const CELL = 26;
const SHADES = 16;

type Value = number | null;
type Map = { title: string; hint: string; rows: Value[][]; log: boolean; show: (value: number) => string };

export function layersSection({ epochs, names, dead, gradient, update }: LayerHeatMap): Node {
  const maps: Map[] = [
    {
      title: "Dead units",
      hint: "share with output 0 for every row",
      rows: dead,
      log: false,
      show: (v) => percent(v, 0),
    },
    { title: "Gradient norm", hint: "log scale", rows: gradient, log: true, show: number },
    { title: "Update-to-weight ratio", hint: "ratio of norms, log scale", rows: update, log: true, show: number },
  ];
  const keep = kept(epochs.length, Math.max(2, Math.min(MOST_EPOCHS, Math.floor(MOST_CELLS / names.length))));
  const thinned = maps
    .map((map) => ({ ...map, rows: map.rows.map((row) => keep.map((i) => row[i] ?? null)) }))
    .filter((map) => map.rows.some((row) => row.some((value) => value !== null)));
  const shown = keep.map((i) => epochs[i]);
  return h(
    "div",
    { class: "heatmaps" },
    thinned.map((map) => oneMap(map, shown, names)),
  );
}

/** Places 0 … n−1, or `most` of them, evenly, the first and the last among them. */
function kept(n: number, most: number): number[] {
  if (n <= most) return Array.from({ length: n }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (n - 1)) / (most - 1)));
}

function oneMap({ title, hint, rows, log, show }: Map, epochs: number[], names: string[]): Node {
  const scaled = (value: number) => (log ? Math.log10(value) : value);
  const finite = rows.flat().filter((value): value is number => value !== null && Number.isFinite(scaled(value)));
  const low = log ? smallest(finite.map(scaled)) : 0;
  const high = log ? largest(finite.map(scaled)) : 1;
  const shade = (value: number) => {
    // A gradient of exactly 0 has no logarithm and is the palest.
    const share = value === 0 ? 0 : high > low ? (scaled(value) - low) / (high - low) : 0.5;
    return Math.round((SHADES - 1) * Math.max(0, Math.min(1, share)));
  };
  const ends = finite.length === 0 ? [] : log ? [10 ** low, 10 ** high] : [0, 1];
  const lost = rows.flat().some((value) => value !== null && !Number.isFinite(value));
  return figure(
    {
      caption: h("span", null, title, h("span", { class: "aside" }, ` ${hint}`)),
      legend: [
        ends.length > 0 && h("span", { class: "key" }, show(ends[0]), h("span", { class: "ramp" }), show(ends[1])),
        lost && h("span", { class: "key" }, h("span", { class: "lost" }), "NaN or infinite"),
      ],
      table: heatTable(title, rows, epochs, names, show),
    },
    h(
      "div",
      {
        class: "heat",
        role: "img",
        "aria-label": `${title}: ${count(names.length, "layer")} over ${count(epochs.length, "epoch")}.`,
      },
      h(
        "div",
        { class: "names" },
        names.map((name) => h("span", { style: `height:${CELL}px`, title: name }, name)),
      ),
      h(
        "svg",
        {
          width: "100%",
          height: CELL * names.length,
          viewBox: `0 0 ${epochs.length} ${names.length}`,
          preserveAspectRatio: "none",
          "aria-hidden": "true",
        },
        cells(rows, shade),
      ),
      h(
        "div",
        { class: "span" },
        h("span", null, `epoch ${epochs[0]}`),
        epochs.length > 1 && h("span", null, `${epochs.at(-1)}`),
      ),
    ),
  );
}

/** All cells of one shade are one path: a page of many layers stays small. */
function cells(rows: Value[][], shade: (value: number) => number): Node[] {
  const paths = new Map<number, string>();
  rows.forEach((row, y) => {
    row.forEach((value, x) => {
      if (value === null) return;
      const key = Number.isFinite(value) ? shade(value) : -1;
      paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h1v1h-1z`);
    });
  });
  return [...paths].map(([key, d]) =>
    h("path", {
      class: key < 0 ? "cell gone" : "cell",
      d,
      "vector-effect": "non-scaling-stroke",
      "fill-opacity": key < 0 ? undefined : (0.06 + (0.94 * key) / (SHADES - 1)).toFixed(2),
    }),
  );
}

function heatTable(
  title: string,
  rows: Value[][],
  epochs: number[],
  names: string[],
  show: (value: number) => string,
): Node {
  const keep = kept(epochs.length, 20);
  return table(
    title,
    ["layer", ...keep.map((i) => `epoch ${epochs[i]}`)],
    rows.map((row, layer) => [names[layer], ...keep.map((i) => (row[i] === null ? "" : show(row[i] as number)))]),
  );
}
