/** A sample of rows that are not in memory, as data of their own, because the measurements read every row several times. */
import { type Dataset, product, sharedFloats, type Table } from "./dataset.ts";
import { type Prepared, rawOf } from "./prepare.ts";
import { sampled, trainingRows } from "./rows.ts";
import { gathered } from "./stored.ts";

/** The most input numbers in the sample: 128 MB, and the same again scaled. */
const MOST_NUMBERS = 32e6;

type Sample = { dataset: Dataset; data: Prepared };

/** Data in memory are returned as they are. Of others, a sample of each part in proportion, the same for every seed; rows keep their order. */
export function resident(dataset: Dataset, data: Prepared, most = MOST_NUMBERS): Sample {
  const { stored } = data;
  if (!stored) return { dataset, data };
  const size = product(data.shape);
  const parts = { train: trainingRows(data), validation: data.validation, test: data.test };
  const all = parts.train.length + parts.validation.length + parts.test.length;
  const share = Math.min(1, most / (size * all));
  const some = Object.entries(parts).map(([name, rows], key) => {
    const count = rows.length === 0 ? 0 : Math.max(1, Math.floor(share * rows.length));
    return [name, sampled(rows, count, 50 + key)] as const;
  });
  const rows = Uint32Array.from(some.flatMap(([, part]) => [...part])).sort();
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const numbered = Object.fromEntries(some.map(([name, part]) => [name, part.map((row) => place.get(row)!)]));
  const pick = (values: Float32Array, width: number): Float32Array => picked(values, width, rows);
  return {
    dataset: sampleOf(dataset, rows),
    data: {
      ...data,
      ...(numbered as Pick<Prepared, keyof typeof parts>),
      stored: undefined,
      x: gathered(stored, rows, size),
      y: pick(data.y, data.width),
      labels: data.labels && pick(data.labels, 1),
      weights: data.weights && pick(data.weights, 1),
      tokens: data.tokens && rows.map((row) => data.tokens![row]),
      origin: Uint32Array.from(rows.keys()),
    },
  };
}

function sampleOf(dataset: Dataset, rows: Uint32Array): Dataset {
  const { stored } = rawOf(dataset);
  const size = product(dataset.table.shape);
  let start = 0;
  const own = (table: Table): Table => {
    const here = rows.filter((row) => row >= start && row < start + table.rows);
    const within = here.map((row) => row - start);
    start += table.rows;
    const { target } = table;
    return {
      ...table,
      rows: here.length,
      x: gathered(stored!, here, size),
      stored: undefined,
      target:
        target.kind === "classes"
          ? { ...target, labels: picked(target.labels, 1, within) }
          : { ...target, values: picked(target.values, target.columns.length, within) },
      fileRows: within.map((row) => table.fileRows?.[row] ?? row),
    };
  };
  const groups = rows.filter((row) => row < dataset.table.rows);
  return {
    ...dataset,
    table: own(dataset.table),
    validation: dataset.validation && own(dataset.validation),
    test: dataset.test && own(dataset.test),
    groups: Object.fromEntries(
      Object.entries(dataset.groups).map(([name, of]) => [name, groups.map((row) => of[row])]),
    ),
  };
}

function picked(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const some = sharedFloats(rows.length * width);
  rows.forEach((row, i) => {
    some.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return some;
}
