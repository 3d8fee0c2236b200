/** Tables as pandas reads them when it is told the dialect: we find the dialect, and have the same cells. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseCsv } from "../../src/data/sources/csv.ts";

type Fixture = { name: string; file: string; columns: Record<string, string[]> };
const fixtures: Fixture[] = JSON.parse(readFileSync(new URL("../fixtures/tables.json", import.meta.url), "utf8"));

/** A number as Python writes it. */
const numberOf = (cell: string): number =>
  cell === "nan" ? Number.NaN : /^-?inf$/.test(cell) ? Number(cell.replace("inf", "Infinity")) : Number(cell);

it.each(fixtures)("$name", ({ file, columns }) => {
  const sheet = parseCsv(new Uint8Array(Buffer.from(file, "base64")), "d.csv");
  const read = sheet.columns.map(({ name, numbers, texts }) => [name, texts ?? [...numbers]]);
  expect(read).toEqual(
    Object.entries(columns).map(([name, cells], c) => [name, sheet.columns[c].texts ? cells : cells.map(numberOf)]),
  );
});
