/** How often a slice is told where there is none, and how often a planted one is found: node bench/slices.ts */

import type { Attribute } from "../src/errors/attributes.ts";
import { weakSlices } from "../src/errors/slices.ts";
import { normal, permutation, stream, uniform } from "../src/random.ts";

const DRAWS = 200;
const PLANTED = 30;
type Drawn = { attributes: Attribute[]; value: (column: number, row: number) => number };

/** Numbers that are correlated in pairs, one skewed column, and a category of four. */
function drawn(seed: number, rows: number, columns: number): Drawn {
  const values = Array.from({ length: columns }, (_, c) =>
    Float64Array.from({ length: rows }, (_, i) => {
      const own = normal(stream(seed, 61, c), i);
      const shared = normal(stream(seed, 62, c >> 1), i);
      return c === 0 ? Math.exp(own) : 0.8 * own + 0.6 * shared;
    }),
  );
  const category = Float64Array.from({ length: rows }, (_, i) => Math.floor(4 * uniform(stream(seed, 63), i)));
  return {
    attributes: [
      ...values.map((one, c) => ({ name: `x${c}`, values: one })),
      { name: "category", values: category, names: ["a", "b", "c", "d"] },
    ],
    value: (c, i) => (c < columns ? values[c][i] : category[i]),
  };
}

const missed = (seed: number, rows: number, chance: (row: number) => number): Float64Array =>
  Float64Array.from({ length: rows }, (_, i) => (uniform(stream(seed, 64), i) < chance(i) ? 1 : 0));

const seeds = Array.from({ length: DRAWS }, (_, i) => i);
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

console.log(`No slice: analyses of ${DRAWS} that tell of one`);
for (const [rows, columns, rate] of [
  [70, 4, 0.2],
  [300, 8, 0.05],
  [1000, 12, 0.1],
] as const) {
  const alarms = seeds.filter((seed) => {
    const errors = missed(seed, rows, () => rate);
    return weakSlices(errors, drawn(seed, rows, columns).attributes, { pairs: true, seed }).slices.length > 0;
  });
  console.log(`  ${rows} rows, ${columns} columns, ${percent(rate)} missed: ${percent(alarms.length / DRAWS)}`);
}
const residuals = seeds.filter((seed) => {
  const { attributes } = drawn(seed, 300, 8);
  const errors = Float64Array.from({ length: 300 }, (_, i) => Math.abs(normal(stream(seed, 65), i)));
  return weakSlices(errors, attributes, { pairs: true, seed }).slices.length > 0;
});
console.log(`  300 rows, 8 columns, absolute errors: ${percent(residuals.length / DRAWS)}`);

console.log(
  "\nA planted slice, 5 % missed elsewhere: found (its column is named first), and a second one told beside it",
);
for (const rows of [200, 400])
  for (const [name, column, share] of [
    ["a range", 3, 0.15],
    ["a category", 6, 0.25],
  ] as const)
    for (const often of [0.2, 0.3, 0.45]) {
      let [found, beside] = [0, 0];
      for (const seed of seeds.slice(0, PLANTED)) {
        const { attributes, value } = drawn(seed, rows, 6);
        const order = permutation(rows, 0).toSorted((a, b) => value(column, b) - value(column, a));
        const inside = new Set(
          column === 6
            ? Array.from(order).filter((i) => value(column, i) === 1)
            : order.subarray(0, Math.round(share * rows)),
        );
        const errors = missed(seed, rows, (i) => (inside.has(i) ? often : 0.05));
        const { slices } = weakSlices(errors, attributes, { pairs: true, seed });
        if (slices[0]?.where.some(({ attribute }) => attribute === attributes[column].name)) found++;
        if (slices.length > 1) beside++;
      }
      console.log(
        `  ${rows} rows, ${name} (${percent(share)} of the rows), ${percent(often)} missed: ${percent(found / PLANTED)}, beside ${percent(beside / PLANTED)}`,
      );
    }
