/** Heat maps of the layers over the epochs: dead units, gradients, updates. */
import { number, percent } from "../format.ts";
import type { LayerHeatMap } from "../report.ts";
import { figure, table } from "./chart.ts";
import { h, type Node } from "./h.ts";

const EPOCHS = 60;
const CELL = 26;

type Map = { title: string; hint: string; rows: (number | null)[][]; log: boolean; show: (value: number) => string };

export function layersSection({ epochs, names, dead, gradient, update }: LayerHeatMap): Node {
  const maps: Map[] = [
    {
      title: "Units that are always zero",
      hint: "share of the units",
      rows: dead,
      log: false,
      show: (value) => percent(value, 0),
    },
    { title: "Gradient", hint: "norm, logarithmic", rows: gradient, log: true, show: number },
    {
      title: "Update against weights",
      hint: "ratio of the norms, logarithmic; about 0.001 is usual",
      rows: update,
      log: true,
      show: number,
    },
  ];
  const keep =
    epochs.length <= EPOCHS
      ? epochs.map((_, i) => i)
      : Array.from({ length: EPOCHS }, (_, i) => Math.round((i * (epochs.length - 1)) / (EPOCHS - 1)));
  const thinned = maps
    .map((map) => ({ ...map, rows: map.rows.map((row) => keep.map((i) => row[i] ?? null)) }))
    .filter((map) => map.rows.some((row) => row.some((value) => value !== null)));
  const kept = keep.map((i) => epochs[i]);
  return h(
    "div",
    { class: "heatmaps" },
    thinned.map((map) => oneMap(map, kept, names)),
  );
}

function oneMap({ title, hint, rows, log, show }: Map, epochs: number[], names: string[]): Node {
  const scaled = (value: number) => (log ? Math.log10(value) : value);
  const finite = rows.flat().filter((value): value is number => value !== null && Number.isFinite(scaled(value)));
  const low = log ? Math.min(...finite.map(scaled)) : 0;
  const high = log ? Math.max(...finite.map(scaled)) : 1;
  const strength = (value: number) =>
    high > low ? Math.max(0, Math.min(1, (scaled(value) - low) / (high - low))) : 0.5;
  const ends = finite.length === 0 ? [] : log ? [10 ** low, 10 ** high] : [0, 1];
  return figure(
    {
      caption: h("span", null, title, h("span", { class: "aside" }, ` ${hint}`)),
      legend: [
        ends.length > 0 && h("span", { class: "key" }, show(ends[0]), h("span", { class: "ramp" }), show(ends[1])),
        rows.flat().some((value) => value !== null && !Number.isFinite(value)) &&
          h("span", { class: "key" }, h("span", { class: "lost" }), "NaN or infinite"),
      ],
      table: table(
        title,
        ["layer", ...epochs.map((epoch) => `epoch ${epoch}`)],
        rows.map((row, i) => [names[i], ...row.map((value) => (value === null ? "" : show(value)))]),
      ),
    },
    h(
      "div",
      { class: "heat", role: "img", "aria-label": `${title} of ${names.length} layers over ${epochs.length} epochs.` },
      h(
        "div",
        { class: "names" },
        names.map((name) => h("span", { style: `height:${CELL}px`, title: name }, name)),
      ),
      h(
        "svg",
        { width: "100%", height: CELL * names.length, "aria-hidden": "true" },
        rows.flatMap((row, layer) =>
          row.map((value, i) => cell(value, i, layer, epochs, names[layer], strength, show)),
        ),
      ),
      h("div", { class: "span" }, h("span", null, `epoch ${epochs[0]}`), h("span", null, `${epochs.at(-1)}`)),
    ),
  );
}

function cell(
  value: number | null,
  i: number,
  layer: number,
  epochs: number[],
  name: string,
  strength: (value: number) => number,
  show: (value: number) => string,
): Node | null {
  if (value === null) return null;
  const width = 100 / epochs.length;
  const finite = Number.isFinite(value);
  return h(
    "rect",
    {
      class: finite ? "cell" : "cell gone",
      x: `${(i * width).toFixed(3)}%`,
      y: layer * CELL + 1,
      width: `${(width * 0.94).toFixed(3)}%`,
      height: CELL - 2,
      "fill-opacity": finite ? (0.06 + 0.94 * strength(value)).toFixed(2) : undefined,
    },
    h("title", null, `${name}, epoch ${epochs[i]}: ${show(value)}`),
  );
}
