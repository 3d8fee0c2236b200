/** Edits of the rows that faults are planted by. */
import type { Draft } from "../bases.ts";
import { type Cell, draws, mapInputs, mapTargets, type Rows, sample, sorted } from "../rows.ts";
import { after, type Edit, type Planted, rows, set } from "./edits.ts";

export const scale = (value: unknown): Edit => set(["data.scale", value]);

export const times = (factor: number, shift = 0, only?: (column: number) => boolean): Edit =>
  rows((data, { targets }) => mapInputs(data, targets, (v, c) => (only && !only(c) ? v : v * factor + shift)));

export const targetTimes = (factor: number, shift = 0): Edit =>
  rows((data, { targets }) =>
    mapTargets(data, targets, (cell) =>
      typeof cell === "number" ? Math.round((cell * factor + shift) * 1e4) / 1e4 : cell,
    ),
  );

/** A share of the rows as an own source of validation; both plans judge the same rows. */
export const apart: Edit = (draft) => {
  const cut = Math.floor(draft.rows.rows.length * 0.7);
  const part = (from: number, to?: number): Rows => ({ ...draft.rows, rows: draft.rows.rows.slice(from, to) });
  return { ...draft, rows: part(0, cut), validation: part(cut) };
};

export const validationRows =
  (edit: (rows: Rows, draft: Draft) => Rows): Edit =>
  (draft) => ({ ...draft, validation: edit(draft.validation!, draft) });

export const relabelled = (share: number, name: string): Edit =>
  rows((data, draft) => {
    const d = draws(`${name} ${draft.base} ${share}`);
    const values = [...new Set(data.rows.map((cells) => cells.at(-1)))].sort();
    return mapTargets(data, 1, (cell) => {
      if (d.uniform() >= share) return cell;
      return values[(values.indexOf(cell) + 1 + d.below(values.length - 1)) % values.length] as Cell;
    });
  });

/** Always the next class, as where two are taken for each other. */
export const swapped = (share: number): Edit =>
  rows((data, draft) => {
    const d = draws(`swapped ${draft.base} ${share}`);
    const values = [...new Set(data.rows.map((cells) => cells.at(-1)))].sort();
    return mapTargets(data, 1, (cell) =>
      d.uniform() < share ? (values[(values.indexOf(cell) + 1) % values.length] as Cell) : cell,
    );
  });

export const mixedUp = (share: number): Edit =>
  rows((data, draft) => {
    const d = draws(`mixed up ${draft.base}`);
    const moved = data.rows.map((_, i) => i).filter(() => d.uniform() < share);
    const order = d.order(moved.length);
    const from = new Map(moved.map((row, i) => [row, moved[order[i]]]));
    const { targets } = draft;
    return {
      ...data,
      rows: data.rows.map((cells, i) => [...cells.slice(0, -targets), ...data.rows[from.get(i) ?? i].slice(-targets)]),
    };
  });

export const empty = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`empty ${base} ${share}`);
    const one = d.below(data.rows.length);
    return mapInputs(data, targets, (v, c, r) =>
      share === 0 ? (r === one && c === 0 ? null : v) : d.uniform() < share ? null : v,
    );
  });

export const constant = (value: number): Edit =>
  rows((data) => ({
    ...data,
    columns: ["constant", ...data.columns],
    rows: data.rows.map((cells) => [value, ...cells]),
  }));

/** A column that numbers the rows as they lie. */
export const numbered: Edit = rows((data) => ({
  ...data,
  columns: ["number", ...data.columns],
  rows: data.rows.map((cells, i) => [1000 + i, ...cells]),
}));

/** Each column of the inputs with mean 0 and spread 1. */
export function standardised(data: Rows, { targets }: Draft): Rows {
  const of = data.columns.map((_, c) => {
    const values = data.rows.map((cells) => Number(cells[c]));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return { mean, spread: Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length) || 1 };
  });
  return mapInputs(data, targets, (v, c) => (v - of[c].mean) / of[c].spread);
}

/** A column that tells the target, with some noise. */
export const telltale = (noise: number): Edit =>
  rows((data, { base }) => {
    const d = draws(`telltale ${base}`);
    const values = data.rows.map((cells) => Number(cells.at(-1)));
    const spread = Math.max(...values) - Math.min(...values);
    return {
      ...data,
      columns: ["code", ...data.columns],
      rows: data.rows.map((cells, i) => [values[i] + d.normal(0, noise * spread), ...cells]),
    };
  });

export const copied = (share: number): Edit =>
  rows((data, { base }) => {
    const again = sample(data, Math.floor(data.rows.length * share), `copies ${base}`).rows;
    return sample({ ...data, rows: [...data.rows, ...again] }, data.rows.length + again.length, `copied ${base}`);
  });

/** Of the last class a share of the rows. */
export const rareOnly = (share: number): Edit =>
  rows((data, { base }) => {
    const d = draws(`rare ${base}`);
    const label = (cells: Cell[]) => cells.at(-1);
    const values = [...new Set(data.rows.map(label))].sort();
    return { ...data, rows: data.rows.filter((cells) => label(cells) !== values.at(-1) || d.uniform() < share) };
  });

export const fewer = (count: number): Edit => rows((data, { base }) => sample(data, count, `fewer ${base}`));

export const zoned: Edit = rows((data) => sorted(data));

export const blank = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`blank ${base}`);
    const gone = data.rows.map(() => d.uniform() < share);
    return mapInputs(data, targets, (v, _, r) => (gone[r] ? 0 : v));
  });

/** Inputs with noise, in shares of each column's spread. */
export const blurred = (share: number): Edit =>
  rows((data, { targets, base }) => {
    const d = draws(`blurred ${base}`);
    const spread = data.columns.map((_, c) => {
      const values = data.rows.map((cells) => Number(cells[c]));
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    });
    return mapInputs(data, targets, (v, c) => v + d.normal(0, share * spread[c]));
  });

/** Labels written in another code; the fix tells the plan what they mean. */
export function recoded(draft: Draft, code: (label: number) => number): Planted {
  const labels = [...new Set(draft.rows.rows.map((cells) => Number(cells.at(-1))))];
  return {
    data: rows((data) => mapTargets(data, 1, (cell) => code(Number(cell)))),
    fixed: set(["data.labels", Object.fromEntries(labels.map((label) => [String(code(label)), label]))]),
  };
}

/** Beside a column that tells the target; the fix leaves it out. */
export function tells({ rows: { columns }, targets }: Draft, noise: number): Planted {
  return { data: after(relabelledNumbers, telltale(noise)), fixed: set(["data.features", columns.slice(0, -targets)]) };
}

/** So that the honest score has room. */
export function relabelledNumbers(draft: Draft): Draft {
  return draft.kind === "regression" ? draft : relabelled(0.15, "room")(draft);
}

/** Noise that a large network can learn by heart. */
export function overheard(draft: Draft): Draft {
  if (draft.kind !== "regression") return relabelled(0.3, "overheard")(draft);
  return rows((data, { base }) => {
    const d = draws(`overheard ${base}`);
    const values = data.rows.map((cells) => Number(cells.at(-1)));
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length);
    return mapTargets(data, 1, (cell) => Number(cell) + d.normal(0, 0.6 * spread));
  })(draft);
}

/** A few rows with inputs far outside the others. */
export function outliers(share: number): Edit {
  return rows((data, { targets, base }) => {
    const d = draws(`outliers ${base}`);
    const far = data.rows.map(() => d.uniform() < share);
    return mapInputs(data, targets, (v, _, r) => (far[r] ? v * 30 : v));
  });
}

/** So many noisy copies of few rows, and a column that names the original and is no feature. */
export const grouped = (originals: number, each: number): Edit =>
  after(fewer(originals), (draft) => {
    const { columns, rows: few } = draft.rows;
    const copies = few.flatMap((cells, i) => Array.from({ length: each }, () => [`o${i}`, ...cells]));
    const table = { columns: ["original", ...columns], rows: copies };
    const mixed = sample(table, copies.length, `grouped ${draft.base}`);
    return set(["data.features", columns.slice(0, -draft.targets)])(blurred(0.25)({ ...draft, rows: mixed }));
  });
