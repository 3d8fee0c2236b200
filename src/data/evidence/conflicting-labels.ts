/** Conflicting labels: rows with equal inputs and different classes. */
import { largest } from "../../lists.ts";
import { type Dataset, product, sourceRow } from "../dataset.ts";
import { firstEqual } from "../duplicates.ts";
import { type Prepared, rawOf } from "../prepare.ts";
import { sourceRows } from "../rows.ts";
import { isBlank } from "./blank-rows.ts";

export type ConflictingLabels = {
  /** The share of the rows in such groups. */
  share: number;
  /** The share of the rows that the best possible prediction gets wrong: all but the most frequent class of each group. */
  lost: number;
  /** Two rows of the file (from 0), their lines (from 1) or files, and their classes. */
  example?: {
    rows: [number, number];
    lines?: [number, number];
    files?: [string, string];
    labels: [string, string];
  };
};

/** Over the training and validation rows of the source. Blank rows are left out, because they are equal for another reason. */
export function conflictingLabels(dataset: Dataset, prepared: Prepared): ConflictingLabels | undefined {
  const { target } = dataset.table;
  if (dataset.task !== "classification" || target.kind !== "classes" || !prepared.labels) return undefined;
  const { x, y } = rawOf(dataset);
  const size = product(dataset.table.shape);
  const rows = sourceRows(dataset, prepared).filter((row) => !Number.isNaN(y[row]));
  if (rows.length === 0) return undefined;
  const groups = new Map<number, number[]>();
  firstEqual(x, size, rows).forEach((first, i) => {
    if (first === rows[i]) return;
    const members = groups.get(first);
    if (members) members.push(rows[i]);
    else groups.set(first, [first, rows[i]]);
  });
  let [within, lost] = [0, 0];
  let example: ConflictingLabels["example"];
  const name = (row: number): string => target.names[target.values.indexOf(y[row])];
  for (const members of groups.values()) {
    const at = members[0] * size;
    if ((size > 1 && isBlank(x, members[0], size)) || x.subarray(at, at + size).every(Number.isNaN)) continue;
    const counts = new Map<number, number>();
    for (const row of members) counts.set(y[row], (counts.get(y[row]) ?? 0) + 1);
    if (counts.size < 2) continue;
    within += members.length;
    lost += members.length - largest(counts.values());
    const pair = [members[0], members.find((row) => y[row] !== y[members[0]])!];
    if (example) continue;
    const [a, b] = pair.map((row) => sourceRow(dataset, row));
    const files = a.file !== undefined && b.file !== undefined && { files: [a.file, b.file] as [string, string] };
    const lines = a.line !== undefined && b.line !== undefined && { lines: [a.line, b.line] as [number, number] };
    example = { rows: [a.row, b.row], ...lines, ...files, labels: [name(pair[0]), name(pair[1])] };
  }
  return { share: within / rows.length, lost: lost / rows.length, ...(example && { example }) };
}
