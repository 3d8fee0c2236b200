/** .npy and .npz: what NumPy wrote is what is read; nothing is unpickled. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/node/load.ts";
import { parseNpy } from "../../src/data/sources/npy.ts";
import { messageOf, planOf } from "./helpers.ts";

type Fixtures = {
  arrays: { name: string; file: string; shape: number[]; values: (number | string | boolean | null)[] }[];
  refused: Record<string, string>;
  archives: Record<string, string>;
};
const fixtures: Fixtures = JSON.parse(readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"));
const decoded = (file: string) => new Uint8Array(Buffer.from(file, "base64"));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "npy-"));
  for (const [name, file] of Object.entries(fixtures.archives))
    writeFileSync(join(folder, `${name}.npz`), decoded(file));
  for (const { name, file } of fixtures.arrays) writeFileSync(join(folder, `${name}.npy`), decoded(file));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("arrays", () => {
  it.each(fixtures.arrays)("$name", ({ file, shape, values }) => {
    const read = parseNpy(decoded(file), "a.npy");
    expect(read.shape).toEqual(shape);
    expect(read.texts ?? [...read.values]).toEqual(
      values.map((value) => (value === null ? Number.NaN : typeof value === "string" ? value : Number(value))),
    );
  });
  it.each([
    ["objects", /pickle/],
    ["structured", /structured/],
    ["complex", /type <c16/],
    ["dates", /type <M8|cannot be understood/],
  ])("%s are refused", (name, why) => {
    expect(messageOf(() => parseNpy(decoded(fixtures.refused[name]), "a.npy"))).toMatch(why);
  });
  const [{ file }] = fixtures.arrays;
  const edited = (from: string, to: string) =>
    new Uint8Array(Buffer.from(Buffer.from(file, "base64").toString("latin1").replace(from, to), "latin1"));
  it.each<[string, Uint8Array, RegExp]>([
    ["a lying shape", edited("(2, 3)", "(2, 9)"), /requires \d+/],
    ["a monstrous shape", edited("(2, 3), }      ", "(999999999, 3), }"), /requires \d+/],
    [
      "one beyond all numbers",
      edited("(2, 3), }                   ", "(99999999, 99999999, 9999), }"),
      /too large|requires \d+/,
    ],
    ["text of no width", edited("|b1", "|U0"), /\|U0/],
    ["a header without its end", decoded(file).subarray(0, 40), /cut off/],
    ["another file", decoded(file).subarray(3), /\.npy file/],
  ])("%s is refused", (_, bytes, why) => {
    expect(messageOf(() => parseNpy(bytes, "a.npy"))).toMatch(why);
  });
});

describe("sources", () => {
  const load = (source: unknown, data: object = {}) =>
    loadDataset(planOf({ source, validation: null, ...data }), folder);
  it("a matrix is a table of x0, x1 …", async () => {
    const { table } = await load("<f8.npy", { target: "x2" });
    expect([table.features, [...table.x]]).toEqual([
      ["x0", "x1"],
      [1, 2, 4, 5],
    ]);
  });
  it.each(["x and y", "compressed"])("%s", async (name) => {
    const { table } = await load(`${name}.npz`);
    expect([table.rows, table.shape, [...table.x.slice(0, 4)]]).toEqual([4, [3], [0, 1, 2, 3]]);
    expect(table.target).toMatchObject({ columns: ["y"], values: [0, 1] });
  });
  it("the target tells the part: images of y_train, not those of y_test", async () => {
    const { table, notes } = await load("parts.npz", { target: "y_train" });
    expect([table.shape, table.features]).toEqual([[2, 2, 1], []]);
    expect(notes.join(" ")).toMatch(/x_test, y_test/);
  });
  it("columns with names, and text", async () => {
    const { table } = await load("columns.npz");
    expect([table.features, table.target]).toMatchObject([["a", "b"], { names: ["n", "p"] }]);
  });
  it("a pair of .npy", async () => {
    const { table } = await load({ images: "<f4.npy", labels: "large integers.npy" });
    expect([table.rows, table.features]).toEqual([2, ["x0", "x1", "x2"]]);
    await expect(load({ images: "<f4.npy", labels: "text.npy" })).rejects.toThrow(/2 rows.*3 labels/);
  });
  it("features alone ask for a target", async () => {
    await expect(load("fortran.npy")).rejects.toThrow(/no target.*labels/);
    await expect(load("one number.npy")).rejects.toThrow(/no rows/);
  });
});
