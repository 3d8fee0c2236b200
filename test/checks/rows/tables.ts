/** Rows of the table: what is measured of the columns of a table and of its two parts. */
import type { ColumnFact } from "../../../src/data/evidence/column-facts.ts";
import type { PartDrift } from "../../../src/data/evidence/part-drift.ts";
import { accuracy, column, profile } from "../parts.ts";
import { baselines, type Row, split } from "../pieces.ts";

const roomy = profile({ columns: [column("a", { distinct: 1000 }), column("b", { distinct: 1000 })] });
const fact = (change: Partial<ColumnFact>) => ({
  columnFacts: {
    rows: 400,
    columns: [{ name: "a", type: "number", quartiles: [-1, 0, 1], far: 0, held: 0, ...change } as ColumnFact],
  },
});
const drift = (columns: PartDrift["columns"]): { partDrift: PartDrift } => ({
  partDrift: { of: 2, rows: { train: 400, validation: 100 }, columns },
});
const order = (explained: number) => ({ rowOrder: { explained, chance: 0.04, blocks: 20, rows: 500 } });

export const tables: Row[] = [
  [
    "conflicting-labels",
    { profile: roomy, conflictingLabels: { share: 0.2, lost: 0.1, example: { rows: [1, 7], labels: ["x", "y"] } } },
    { profile: profile({ columns: [column("a", { distinct: 3 })] }), conflictingLabels: { share: 0.2, lost: 0.1 } },
  ],
  ["far-out-cells", fact({ far: 0.01, held: 0.99 }), fact({ far: 0.01, held: 0.4 })],
  ["identifier-column", { profile: profile(), ...fact({ type: "identifier" }) }, { profile: profile(), ...fact({}) }],
  ["ordered-rows", { profile: profile(), ...order(0.3) }, { profile: profile(), ...order(0.05) }],
  [
    "column-drift",
    drift([{ name: "a", kind: "number", distance: 0.4, p: 1e-6 }]),
    drift([{ name: "a", kind: "category", distance: 0.1, p: 1e-6 }]),
  ],
  [
    "prepared-apart",
    {
      profile: profile(split(400, 100, "source")),
      ...drift([{ name: "a", kind: "number", distance: 0.6, p: 1e-6, line: { factor: 1 / 255, shift: 0 } }]),
    },
    {
      profile: profile(split(400, 100, "source")),
      ...drift([{ name: "a", kind: "number", distance: 0.6, p: 1e-6, line: { factor: 1.1, shift: 0.9 } }]),
    },
  ],
  [
    "stray-text",
    { sourceColumns: [{ name: "a", kind: "stray", missing: 0, stray: { cells: 2, rows: [3, 9], written: ["x"] } }] },
    { sourceColumns: [{ name: "a", kind: "category", missing: 0 }] },
  ],
  [
    "mixed-in-time",
    {
      profile: profile({ order: { sorted: false, runs: 100, expectedRuns: 300 } }),
      sourceColumns: [{ name: "day", kind: "date", missing: 0, rising: true }],
    },
    { profile: profile(), sourceColumns: [{ name: "day", kind: "date", missing: 0, rising: true }] },
  ],
  ["target-copy", { targetCopies: { columns: ["code"], rows: 400 } }, { targetCopies: { columns: [], rows: 400 } }],
  [
    "strong-column",
    { metric: accuracy, baselines: baselines(0.93), singleFeature: { column: "a", score: 0.92, others: 0.6 } },
    { metric: accuracy, baselines: baselines(0.93), singleFeature: { column: "a", score: 0.8, others: 0.6 } },
  ],
  [
    "wide-interval",
    { metric: accuracy, baselines: baselines(0.9), profile: profile(split(80, 20)) },
    { metric: accuracy, baselines: baselines(0.9), profile: profile(split(4000, 1000)) },
  ],
];
