/** Tables that DuckDB reads are the same as our own reader has them, and leave nothing behind. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLargeCsv, readParquet } from "../../src/data/node/duckdb.ts";
import { find } from "../../src/data/node/read.ts";
import type { Sheet } from "../../src/data/sheet.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "large-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rows = (n: number, row: (i: number) => string): string => Array.from({ length: n }, (_, i) => row(i)).join("\n");
const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const cells = ({ columns, notes }: Sheet) => ({
  columns: columns.map(({ name, numbers, texts }) => ({ name, cells: texts ?? [...numbers], numbers: [...numbers] })),
  notes,
});

const FILES: Record<string, string | Buffer> = {
  "plain numbers and words": `a,b,c\n${rows(5000, (i) => `${i / 7},${i % 3 ? `w${i % 9}` : ""},${i % 5 ? -i : "NA"}`)}\n`,
  "quotes, separators and line ends in cells": 'a,b\n1,"x,y"\n2,"say ""hi"""\n3,"two\nlines"\n4,é\n',
  "CRLF, empty lines": "a,b\r\n1,x\r\n\r\n2,y\r\n",
  "semicolons and decimal commas": `a;b\n${rows(300, (i) => `${i},25;w${i % 4}`)}`,
  thousands: "a;b\n1.234,5;x\n12,25;y\n1.000.000;z\n",
  "true, inf, nan, spellings of empty cells": "a,b,c\ntrue,inf,1\nFALSE,-Infinity,n/a\ntrue,nan,Null\n",
  "comments and no header": "# made up\n1.5,2.5,x\n2.5,3.5,y\n",
  "UTF-16": utf16("a,b\n1,é\n2,y\n"),
  "Latin-1": latin1("a,b\n1,\u00e9\n2,y\n"),
  "names that differ in case, repeat or are quoted": 'x,X,"x","a b"\n1,2,3,4\n5,6,7,8\n',
  "numbers with many digits": "a,b\n0.1234567890123456789,1e-300\n12345678901234567890,-4.9e-324\n",
};

describe("the same table as by our own reader", () => {
  it.each(Object.entries(FILES))("%s", async (name, content) => {
    const file = `${name.replace(/\W+/g, "-")}[1].csv`;
    writeFileSync(join(folder, file), content);
    const own = parseCsv(readFileSync(join(folder, file)), file);
    expect(cells(await readLargeCsv(find(folder, file)))).toEqual(cells(own));
  });

  it("a word below the rows that were sampled, and gzip", async () => {
    const text = `a,b\n${rows(300_000, (i) => `${i},${i === 290_000 ? "word" : i % 100}`)}\n`;
    writeFileSync(join(folder, "late.csv.gz"), gzipSync(text, { level: 1 }));
    const { columns } = await readLargeCsv(find(folder, "late.csv.gz"));
    expect(columns[0].numbers[299_999]).toBe(299_999);
    expect(columns[1].texts?.slice(289_999, 290_002)).toEqual(["99", "word", "1"]);
    expect(columns[1].numbers[290_001]).toBe(1);
  });
});

describe("Parquet", () => {
  type Fixtures = { parquet: Record<string, string> };
  const fixtures: Fixtures = JSON.parse(readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"));
  it.each(["snappy", "zstd", "with an index"])("%s", async (name) => {
    writeFileSync(join(folder, `${name}.parquet`), Buffer.from(fixtures.parquet[name], "base64"));
    const { columns } = await readParquet(find(folder, `${name}.parquet`));
    expect(Object.fromEntries(columns.map(({ name, numbers, texts }) => [name, texts ?? [...numbers]]))).toEqual({
      n: [1.5, Number.NaN, -3, 1e-300],
      i: [1, 2, 3, 2 ** 40],
      t: ["a", "", "é", "a"],
      b: [1, 0, 1, 1],
      d: ["2020-01-31", "2021-02-28", "2022-03-31", "2023-04-30"].map((day) => `${day} 00:00:00`),
    });
  });
});
