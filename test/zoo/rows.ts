/** Tables in memory: what the zoo's data are made of, how they are altered, and how they become files. */
import { bits, normal, permutation, stream, uniform } from "../../src/random.ts";

export type Cell = number | string | null;

/** Rows with their target in the last columns; `shape` where the inputs are pixels of images. */
export type Rows = { columns: string[]; rows: Cell[][]; shape?: [number, number] };

/** A stream of numbers that belongs to `name`. */
export function draws(name: string) {
  const base = stream(20_000, ...[...name].map((letter) => letter.charCodeAt(0)));
  let i = 0;
  return {
    uniform: (low = 0, high = 1) => low + (high - low) * uniform(base, i++),
    normal: (mean = 0, std = 1) => mean + std * normal(base, i++),
    below: (n: number) => Math.floor((bits(base, i++) / 2 ** 32) * n),
    order: (n: number) => permutation(n, base),
  };
}

export const table = (columns: string[], rows: Cell[][], shape?: [number, number]): Rows => ({ columns, rows, shape });

/** `count` rows in seeded order. */
export function sample({ rows, ...rest }: Rows, count: number, name: string): Rows {
  const order = draws(name).order(rows.length);
  return { ...rest, rows: Array.from(order.slice(0, count), (i) => rows[i]) };
}

/** The numbers of the inputs changed; text stays. `targets`: how many columns at the end are targets. */
export const mapInputs = (
  { columns, rows, ...rest }: Rows,
  targets: number,
  change: (value: number, column: number, row: number) => number | null,
): Rows => ({
  ...rest,
  columns,
  rows: rows.map((cells, r) =>
    cells.map((cell, c) => (c < columns.length - targets && typeof cell === "number" ? change(cell, c, r) : cell)),
  ),
});

/** The cells of the targets changed. */
export const mapTargets = (
  { columns, rows, ...rest }: Rows,
  targets: number,
  change: (cell: Cell, row: number) => Cell,
): Rows => ({
  ...rest,
  columns,
  rows: rows.map((cells, r) => cells.map((cell, c) => (c < columns.length - targets ? cell : change(cell, r)))),
});

/** Sorted by the last column, or by another. */
export function sorted(data: Rows, column = data.columns.length - 1): Rows {
  const value = (cells: Cell[]) => cells[column] as number | string;
  return { ...data, rows: data.rows.toSorted((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)) };
}

const encoder = new TextEncoder();

function idx(shape: number[], values: ArrayLike<number>): Uint8Array {
  // Type 13: 32-bit floats, so that pixels may be anything.
  const head = 4 + 4 * shape.length;
  const view = new DataView(new ArrayBuffer(head + 4 * values.length));
  view.setUint8(2, 13);
  view.setUint8(3, shape.length);
  shape.forEach((side, i) => {
    view.setUint32(4 + 4 * i, side);
  });
  for (let i = 0; i < values.length; i++) view.setFloat32(head + 4 * i, values[i]);
  return new Uint8Array(view.buffer);
}

export type Files = Record<string, Uint8Array>;
export type SourceName = string | { images: string; labels: string };

/** The files of a table, and what a plan calls them. */
export function filesOf({ columns, rows, shape }: Rows, name: string): { source: SourceName; files: Files } {
  if (!shape) {
    const lines = [columns, ...rows].map((cells) => cells.map((cell) => cell ?? "").join(","));
    return { source: `${name}.csv`, files: { [`${name}.csv`]: encoder.encode(`${lines.join("\n")}\n`) } };
  }
  const source = { images: `${name}-images.idx`, labels: `${name}-labels.idx` };
  const pixels = rows.flatMap((cells) => cells.slice(0, -1).map((cell) => (cell === null ? Number.NaN : Number(cell))));
  const labels = rows.map((cells) => Number(cells.at(-1)));
  return {
    source,
    files: { [source.images]: idx([rows.length, ...shape], pixels), [source.labels]: idx([rows.length], labels) },
  };
}
