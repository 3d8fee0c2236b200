/** JSON, JSON lines and IDX; files that are packed, missing or of another kind. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { loadDataset } from "../../src/data/node/load.ts";
import { parseIdx } from "../../src/data/sources/idx.ts";
import { parseJson, parseJsonLines } from "../../src/data/sources/json.ts";
import { bytes, messageOf, planOf } from "./helpers.ts";

describe("JSON", () => {
  const columns = (text: string) =>
    parseJson(bytes(text), "d.json").columns.map((column) => [column.name, column.texts ?? [...column.numbers]]);
  const table = [
    ["a", [1, Number.NaN, 3]],
    ["b", ["x", "y", ""]],
  ];
  test("an array of objects, whatever their order", () => {
    expect(columns('[{"a":1,"b":"x"},{"b":"y","a":null},{"a":3}]')).toEqual(table);
  });
  test("one object per line", () => {
    expect(columns('{"a":1,"b":"x"}\n{"b":"y"}\n\n{"a":"3","b":"NA"}\n')).toEqual(table);
  });
  test("booleans, numbers as text and Python's NaN", () => {
    expect(columns('[{"a":true,"b":"1.5"},{"a":false,"b":NaN},{"a":true,"b":-Infinity}]')).toEqual([
      ["a", [1, 0, 1]],
      ["b", [1.5, Number.NaN, -Infinity]],
    ]);
    expect(columns('[{"a":"it is NaN","b":NaN}]')[0]).toEqual(["a", ["it is NaN"]]);
  });
  test.each([
    ["{", /JSON/],
    ['{"a":1}x', /JSON/],
    ['{"rows":\n[]}', /array/],
    ["[]", /no rows/],
    ["[1]", /row 1 /],
    ['[{"a":[1,2]}]', /row 1, column "a".*array/],
  ])("%j is refused", (text, why) => {
    expect(messageOf(() => parseJson(bytes(text), "d.json"))).toMatch(why);
  });
  test("a broken line is named", () => {
    expect(messageOf(() => parseJsonLines(bytes('{"a":1}\n{"a":\n'), "d.jsonl"))).toMatch(/line 2 /);
  });
});

/** An IDX file: type code, shape and the bytes of the values. */
const idx = (
  type: number,
  shape: number[],
  values: number[],
  put?: (view: DataView, at: number, v: number) => void,
) => {
  const size = { 8: 1, 13: 4, 14: 8 }[type] ?? 1;
  const file = new Uint8Array(4 + 4 * shape.length + values.length * size);
  const view = new DataView(file.buffer);
  file.set([0, 0, type, shape.length]);
  shape.forEach((length, i) => {
    view.setUint32(4 + 4 * i, length);
  });
  values.forEach((value, i) => {
    const at = 4 + 4 * shape.length + i * size;
    if (put) put(view, at, value);
    else view.setUint8(at, value);
  });
  return file;
};

describe("IDX", () => {
  test("bytes and floats", () => {
    expect(parseIdx(idx(8, [2, 1, 2], [0, 255, 7, 8]), "i")).toEqual({
      shape: [2, 1, 2],
      values: Float32Array.of(0, 255, 7, 8),
    });
    const floats = idx(13, [2], [0.5, -2], (view, at, value) => view.setFloat32(at, value));
    expect([...parseIdx(floats, "i").values]).toEqual([0.5, -2]);
    const doubles = idx(14, [1], [0.25], (view, at, value) => view.setFloat64(at, value));
    expect([...parseIdx(doubles, "i").values]).toEqual([0.25]);
  });
  test.each([
    [idx(8, [3], [1, 2]), /10 bytes.* 11\b/],
    [Uint8Array.of(1, 2, 3, 4, 5), /not an IDX file/],
    [idx(8, [0], []), /no rows/],
    [Uint8Array.of(0, 0, 8, 3, 0), /cut off/],
  ])("a damaged file is refused (%#)", (file, why) => {
    expect(messageOf(() => parseIdx(file, "i"))).toMatch(why);
  });
});

describe("files", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "data-"));
    const put = (name: string, content: Uint8Array | string) => writeFileSync(join(folder, name), content);
    mkdirSync(join(folder, "pictures"));
    put("d.csv", "a,y\n1,0\n2,1\n3,0\n");
    put("packed.csv", gzipSync("a,y\n1,0\n2,1\n3,0\n"));
    put("d.tsv.gz", gzipSync("a\ty\n1\t0\n2\t1\n3\t0\n"));
    put("d.jsonl", '{"a":1,"y":0}\n{"a":2,"y":1}\n{"a":3,"y":0}');
    put("nameless", '[{"a":1,"y":0},{"a":2,"y":1},{"a":3,"y":0}]');
    put("empty.csv", "");
    put("d.parquet", "PAR1");
    put("array.npy", "x");
    put("picture.png", "\x89PNG\r\n\0\0\rIHDR");
    put("broken.csv.gz", gzipSync("a,y\n1,2\n".repeat(99)).subarray(0, 25));
    put("images.gz", gzipSync(idx(8, [2, 2, 3], [...Array(12).keys()])));
    put("labels", idx(8, [2], [7, 3]));
    put("three", idx(8, [3], [7, 3, 1]));
  });
  const load = (source: unknown, more: object = {}) =>
    loadDataset(planOf({ source, validation: null, ...more }), folder);

  test.each(["d.csv", "packed.csv", "d.tsv.gz", "d.jsonl", "nameless"])("%s", async (file) => {
    const { table, task } = await load(file);
    expect(task).toBe("classification");
    expect([...table.x]).toEqual([1, 2, 3]);
    expect(table.target).toMatchObject({ kind: "classes", values: [0, 1], encoding: "integer" });
  });
  test("a pair of IDX files", async () => {
    const { table } = await load({ images: "images.gz", labels: "labels" });
    expect(table).toMatchObject({ rows: 2, shape: [2, 3, 1], features: [] });
    expect([...table.x]).toEqual([...Array(12).keys()]);
    expect(table.target).toMatchObject({ values: [3, 7] });
    expect(table.x.buffer).toBeInstanceOf(SharedArrayBuffer);
  });
  test("rows of images can be dropped and relabelled", async () => {
    const { table } = await load({ images: "images.gz", labels: "labels" }, { drop: [0], relabel: { 1: 5 } });
    expect([...table.x]).toEqual([6, 7, 8, 9, 10, 11]);
    expect(table.target).toMatchObject({ values: [5] });
  });
  test.each([
    ["e.csv", /did you mean "d.csv"\?/],
    ["nowhere/d.csv", /nowhere/],
    ["pictures", /the folder is empty/],
    ["empty.csv", /empty/],
    ["d.parquet", /Parquet file|cut off/],
    ["array.npy", /.npy file/],
    ["broken.csv.gz", /damaged/],
    ["labels", /pair of IDX files/],
    ["picture.png", /table/],
    [{ images: "labels", labels: "images.gz" }, /2 × 2 × 3/],
    [{ images: "images.gz", labels: "three" }, /2 images.* 3 labels/],
  ])("%j is refused", async (source, why) => {
    await expect(load(source)).rejects.toThrow(why);
    await expect(load(source)).rejects.toMatchObject({ name: "UserError" });
  });
});
