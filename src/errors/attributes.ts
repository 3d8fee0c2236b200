/** The attributes by which rows differ: columns, categories, properties and clusters of images, lengths; and their bins. */

export type Attribute = {
  name: string;
  /** The value for each row; NaN: missing. For a category, the index of its name. */
  values: Float64Array;
  /** The names of a category's values. */
  names?: readonly string[];
};

/** `from` and `to` are values that occur, both inclusive. */
export type Condition =
  | { attribute: string; from: number; to: number }
  | { attribute: string; is: string }
  | { attribute: string; missing: true };

/** First and last bin, both inclusive. */
export type Range = readonly [number, number];

export type Grid = {
  bins: number;
  /** The bin of each row. */
  codes: Uint8Array;
  /** The ranges of bins that make a slice. */
  ranges: Range[];
  /** The condition that the rows of a range have in common. `rows`: the rows of the slice, as indices into `values`. */
  condition: (range: Range, rows: readonly number[]) => Condition;
};

/** Number of bins: tenths of the rows for one attribute, quarters for two; small enough for a slice of a twentieth of the rows, and few. Chosen by hand. */
const BINS = { fine: 10, coarse: 4 } as const;

/** The bins of an attribute over some rows. */
export function grid(attribute: Attribute, rows: Uint32Array, how: keyof typeof BINS): Grid {
  const values = Float64Array.from(rows, (row) => attribute.values[row]);
  return attribute.names ? categories(attribute, values) : intervals(attribute, values, BINS[how]);
}

const missing = ({ name }: Attribute): Condition => ({ attribute: name, missing: true });

function categories(attribute: Attribute, values: Float64Array): Grid {
  const names = attribute.names!;
  const codes = Uint8Array.from(values, (value) => (Number.isNaN(value) ? names.length : value));
  return {
    bins: names.length + 1,
    codes,
    ranges: Array.from({ length: names.length + 1 }, (_, i) => [i, i]),
    condition: ([i]) => (i === names.length ? missing(attribute) : { attribute: attribute.name, is: names[i] }),
  };
}

function intervals(attribute: Attribute, values: Float64Array, most: number): Grid {
  const edges = edgesOf(values, most);
  const bins = edges.length + 1;
  const codes = Uint8Array.from(values, (value) =>
    Number.isNaN(value) ? bins : edges.filter((e) => value >= e).length,
  );
  const ranges: Range[] = [];
  for (let from = 0; from < bins; from++)
    for (let to = from; to < bins; to++) if (to - from + 1 < bins) ranges.push([from, to]);
  return {
    bins: bins + 1,
    codes,
    ranges: [...ranges, [bins, bins]],
    condition: ([from], rows) => {
      if (from === bins) return missing(attribute);
      const own = rows.map((row) => attribute.values[row]);
      return {
        attribute: attribute.name,
        from: own.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
        to: own.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
      };
    },
  };
}

/** The lowest value of each bin but the first; the bins have equally many rows, as far as ties allow. */
function edgesOf(values: Float64Array, bins: number): number[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = [...new Set(sorted)];
  if (distinct.length <= bins) return distinct.slice(1);
  const edges = new Set(
    Array.from({ length: bins - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / bins)]),
  );
  edges.delete(sorted[0]);
  return [...edges];
}

/** Whether all conditions hold for a row, given as an index into `values`. */
export function holding(where: readonly Condition[], attributes: readonly Attribute[]): (row: number) => boolean {
  const tests = where.map((condition) => {
    const { values, names = [] } = attributes.find(({ name }) => name === condition.attribute)!;
    if ("missing" in condition) return (row: number) => Number.isNaN(values[row]);
    if ("is" in condition) return (row: number) => names[values[row]] === condition.is;
    return (row: number) => values[row] >= condition.from && values[row] <= condition.to;
  });
  return (row) => tests.every((test) => test(row));
}
