/** Rows of cells in columns, for a terminal. */
import { largest } from "../../lists.ts";
import { number } from "../../words.ts";
import type { Paint } from "./paint.ts";

const LONGEST_NAME = 28;

/** The first column and the last, where it holds words, to the left, the others to the right; the first row is the head. */
export function columns(rows: readonly (readonly (string | number)[])[], paint: Paint): string[] {
  const cells = rows.map((row) =>
    row.map((cell, i) => {
      const text = paint.clean(typeof cell === "number" ? number(cell) : cell);
      return i === 0 && text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME - 1)}${paint.marks.more}` : text;
    }),
  );
  // An empty column is left out.
  const filled = cells[0].flatMap((_, i) => (cells.slice(1).some((row) => row[i] !== "") ? [i] : []));
  const widths = cells[0].map((_, i) => largest(cells.map((row) => row[i].length)));
  const left = (i: number): boolean => i === 0 || cells[0][i] === "" || cells[0][i] === "type";
  return cells.map((row, r) => {
    const line = filled.map((i) => (left(i) ? row[i].padEnd(widths[i]) : row[i].padStart(widths[i]))).join("  ");
    return `  ${r === 0 ? paint.colour(line.trimEnd(), "dim") : line.trimEnd()}`;
  });
}
