/** How rows can be described: by the values of their columns, the appearance of images, the length of sequences. */

import { columnName, type Dataset, isImages, product, type Table } from "../data/dataset.ts";
import { rawOf } from "../data/prepare.ts";
import { featureGroups } from "../data/rows.ts";
import { mean } from "../data/statistics.ts";
import { gathered } from "../data/stored.ts";
import type { Attribute } from "./attributes.ts";
import { clusters } from "./clusters.ts";
import { asWritten, type EvaluatedRow } from "./evaluated.ts";
import { shrunk } from "./pictures.ts";

/** A column of numbers, or the one-hot columns of a category. */
type Column = { name: string; at: number[]; names?: string[] };

/** The columns as they are in the file. */
const columnsOf = (dataset: Dataset): Column[] =>
  featureGroups(dataset).map(({ name, columns }) => {
    const flags = columns.map((c) => columnName(dataset.table, c));
    const category = flags.every((flag) => flag.startsWith(`${name}=`));
    return { name, at: columns, ...(category && { names: flags.map((flag) => flag.slice(name.length + 1)) }) };
  });

/** The value of a column in a row; for a category the index of its name; NaN: missing, or a category that does not occur in training. */
function valueIn(row: Float32Array, { at, names }: Column): number {
  if (!names) return row[at[0]];
  const place = at.findIndex((c) => row[c] === 1);
  return place < 0 ? Number.NaN : place;
}

/** The values of a row before scaling, in memory or on disk. */
export function rowsOf(dataset: Dataset): (origin: number) => Float32Array {
  const { x, stored } = rawOf(dataset);
  const size = product(dataset.table.shape);
  return (origin) => (stored ? gathered(stored, [origin], size) : x.subarray(origin * size, (origin + 1) * size));
}

/** The values of a row by column, at most `most` of them, the columns in `first` before others; null: missing. */
export function valuesOf(dataset: Dataset, most: number, first: readonly string[]) {
  const { table } = dataset;
  if (isImages(table) || dataset.task === "sequence") return () => ({});
  const rowOf = rowsOf(dataset);
  const all = columnsOf(dataset);
  const columns = [
    ...all.filter(({ name }) => first.includes(name)),
    ...all.filter(({ name }) => !first.includes(name)),
  ].slice(0, most);
  return (origin: number): Record<string, string | number | null> => {
    const row = rowOf(origin);
    return Object.fromEntries(
      columns.map((column) => {
        const value = valueIn(row, column);
        return [column.name, Number.isNaN(value) ? null : (column.names?.[value] ?? asWritten(value))];
      }),
    );
  };
}

/** The attributes by which evaluated rows differ. */
export function attributesOf(dataset: Dataset, rows: readonly EvaluatedRow[], seed: number): Attribute[] {
  const { table, task } = dataset;
  if (task === "sequence") return tokens(table, rows);
  const rowOf = rowsOf(dataset);
  if (isImages(table)) return images(rows, rowOf, table.shape, seed);
  const columns = columnsOf(dataset);
  const attributes = columns.map(({ name, names }) => ({
    name,
    values: new Float64Array(rows.length),
    ...(names && { names }),
  }));
  for (const [i, { origin }] of rows.entries()) {
    const row = rowOf(origin);
    for (const [c, column] of columns.entries()) attributes[c].values[i] = asWritten(valueIn(row, column));
  }
  return attributes;
}

const inTarget = (word: string): string => `“${word}” in the target`;

/** With a larger vocabulary, only the length of sequences is an attribute. */
const MOST_TOKENS = 100;

function tokens({ target }: Table, rows: readonly EvaluatedRow[]): Attribute[] {
  const words = target.kind === "tokens" ? target.words : [];
  const length = { name: "length of the target", values: Float64Array.from(rows, ({ truth }) => truth.length) };
  if (words.length > MOST_TOKENS) return [length];
  const holds = words.map((word, i) => ({
    name: inTarget(word),
    values: Float64Array.from(rows, ({ truth }) => (truth.includes(i + 1) ? 1 : 0)),
    names: ["no", "yes"],
  }));
  return [length, ...holds];
}

// The side in pixels to which images are reduced for clustering, and the numbers of clusters: coarse and fine.
const SIDE = 10;
const GROUPS = [10, 20, 40];

/** Clusters, and the properties of deepchecks' vision checks: brightness, contrast (root mean square) and sharpness (mean step). */
function images(
  rows: readonly EvaluatedRow[],
  rowOf: (origin: number) => Float32Array,
  shape: readonly number[],
  seed: number,
): Attribute[] {
  const channels = shape[2] ?? 1;
  const properties = ["brightness", "contrast", "sharpness"].map((name) => ({
    name,
    values: new Float64Array(rows.length),
  }));
  let small = new Float32Array();
  let size = 0;
  for (const [i, { origin }] of rows.entries()) {
    const image = rowOf(origin);
    const { pixels } = shrunk(image, shape, SIDE);
    if (i === 0) {
      size = pixels.length;
      small = new Float32Array(rows.length * size);
    }
    small.set(pixels, i * size);
    for (const [k, value] of appearance(image, channels).entries()) properties[k].values[i] = asWritten(value);
  }
  const grouped = GROUPS.filter((k) => k < rows.length).map((k) => ({
    name: `cluster of ${k}`,
    values: Float64Array.from(clusters(small, size, k, seed)),
    names: Array.from({ length: k }, (_, i) => String(i + 1)),
  }));
  return [...properties, ...grouped];
}

function appearance(image: Float32Array, channels: number): [brightness: number, contrast: number, sharpness: number] {
  const middle = mean(image);
  let [squares, steps] = [0, 0];
  for (let i = 0; i < image.length; i++) {
    squares += (image[i] - middle) ** 2;
    if (i >= channels) steps += Math.abs(image[i] - image[i - channels]);
  }
  return [middle, Math.sqrt(squares / image.length), steps / image.length];
}
