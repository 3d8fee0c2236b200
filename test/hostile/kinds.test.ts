/** Kinds of hostile input, made here: each is refused in one sentence, soon, or read as what it is. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { loadDataset, readSource } from "../../src/data/node/load.ts";
import { cellText, names } from "../../src/data/sheet.ts";
import { loadPlan } from "../../src/plan/node/load.ts";
import { loadModel } from "../../src/plan/node/model.ts";
import { readWeights } from "../../src/plan/node/weights.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { nearest, UserError } from "../../src/user-error.ts";
import { readSafetensors } from "../../src/weights.ts";
import { temporary } from "../cli/help.ts";
import { npy, wav, zip } from "./made.ts";

type Content = string | Uint8Array;
function file(name: string, content: Content): string {
  const path = join(temporary(), name);
  writeFileSync(path, content);
  return path;
}

const SOON_MS = 10_000;
/** What an act is refused with. */
async function refusal(act: () => unknown): Promise<UserError> {
  const began = performance.now();
  try {
    await act();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(performance.now() - began).toBeLessThan(SOON_MS);
    expect(error.message.length).toBeLessThanOrEqual(300);
    expect(error.message).not.toMatch(/\p{Cc}/u);
    expect([Boolean(error.fact), Boolean(error.todo)]).toEqual([true, true]);
    return error;
  }
  throw new Error("it was taken");
}

const dense = { layer: "dense", units: 2 };
const planOf = (data: object, network: unknown = [dense]) => ({
  data: { source: "t.csv", target: "y", ...data },
  network,
});

describe("plans", () => {
  const rows = (each: (level: number) => string) => Array.from({ length: 300 }, (_, level) => each(level)).join("");
  const bomb = ["a: &a [x, x, x, x, x, x, x, x]", ..."bcdefgh"].map((name, i) =>
    i === 0 ? name : `${name}: &${name} [${Array(8).fill(`*${String.fromCharCode(name.charCodeAt(0) - 1)}`)}]`,
  );
  it.each<[string, string]>([
    ["deep.json", "[".repeat(9e6)],
    ["deep-closed.json", `{ "data": ${"[".repeat(3000)}${"]".repeat(3000)} }`],
    ["deep-objects.json", '{"a":'.repeat(1e5)],
    ["deep.yaml", "[".repeat(1e5)],
    ["deep-rows.yaml", rows((level) => `${" ".repeat(level)}a:\n`)],
    ["deep-line.yaml", "- ".repeat(5e4)],
    ["self.yaml", "data: &a\n  source: *a\n"],
    ["self-list.yaml", "&a [*a]"],
    ["bomb.yaml", bomb.join("\n")],
    ["long.yaml", "a: x\n".repeat(1e5)],
    ["twice.yaml", "data: 1\nnetwork: 2\ndata: 3\n"],
    ["commas.json", `{ "data": [${"1,".repeat(1e6)}`],
    ["ansi.json", '{ "\u001b[31mdata\u0007": 1 }'],
  ])("%s", async (name, text) => {
    const path = file(name, text);
    expect((await refusal(() => loadPlan(path))).message).toContain(name);
  });

  it("says where a field occurs twice in YAML", async () => {
    const path = file("twice.yaml", "data: 1\nnetwork: 2\ndata: 3\n");
    expect((await refusal(() => loadPlan(path))).place).toMatch(/line 3, column 1$/);
  });

  it("with more layers than any network", () => refusal(() => parsePlan(planOf({}, Array(200_000).fill(dense)))));

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])("%s is a word", async (word) => {
    const parsed = (value: unknown) => () => parsePlan(JSON.parse(JSON.stringify(value).replaceAll("WORD", word)));
    for (const value of [
      { ...planOf({}), WORD: { a: 1 } },
      planOf({ WORD: 1 }),
      planOf({}, [{ layer: "WORD" }]),
      planOf({}, [{ ...dense, activation: "WORD" }]),
      planOf({}, [{ ...dense, kernelInit: "WORD" }]),
      planOf({}, [{ ...dense, from: ["WORD"] }]),
      planOf({ scale: "WORD" }),
      { ...planOf({}), training: { loss: "WORD" } },
      { ...planOf({}), training: { optimizer: "WORD" } },
      { ...planOf({}), training: { schedule: { name: "WORD" } } },
      { ...planOf({}), metric: "WORD" },
    ])
      expect((await refusal(parsed(value))).message).toContain(word);
    expect(parsed(planOf({ target: "WORD", features: ["WORD"] }, [{ ...dense, name: "WORD" }]))).not.toThrow();
  });
});

describe("paths that the system refuses", () => {
  const long = "a".repeat(300);
  const csv = "a,y\n1,p\n2,q\n3,p\n";
  it.each<[string, string]>([
    ["a NUL byte", "t\0.csv"],
    ["a long name", `${long}.csv`],
    ["a long path", `${"aaaaaaaaa/".repeat(600)}t.csv`],
    ["a part that is a file", "t.csv/t.csv"],
    ["a folder", "."],
  ])("%s", async (what, path) => {
    const folder = temporary();
    writeFileSync(join(folder, "t.csv"), csv);
    const load = (value: unknown) => () => loadDataset(parsePlan(value), folder);
    await refusal(load(planOf({ source: path })));
    await refusal(load(planOf({ validation: { source: path } })));
    await refusal(load(planOf({ test: { source: path } })));
    await refusal(load(planOf({ source: { images: path, labels: "t.csv" } })));
    await refusal(load(planOf({}, [{ ...dense, weights: path }])));
    if (what !== "a folder") await refusal(() => loadPlan(join(folder, path)));
    await refusal(() => loadModel(join(folder, path), { loss: true, optimizer: true }));
    const model = { weightsManifest: [{ paths: [path], weights: [] }], modelTopology: {} };
    writeFileSync(join(folder, "model.json"), JSON.stringify(model));
    await refusal(() => readWeights(folder, "model.json"));
  });

  it.each(["pipe", "/dev/zero"])("%s has no end", async (name) => {
    const folder = temporary();
    if (name === "pipe") execFileSync("mkfifo", [join(folder, name)]);
    await refusal(() => loadDataset(parsePlan(planOf({ source: name })), folder));
    await refusal(() => loadModel(join(name === "pipe" ? folder : "/", name), { loss: true, optimizer: true }));
    await refusal(() => readWeights(folder, name));
    await refusal(() => loadPlan(name === "pipe" ? join(folder, name) : name));
  });

  it.skipIf(process.getuid?.() === 0)("a file that may not be read", async () => {
    const path = file("t.csv", csv);
    chmodSync(path, 0);
    await refusal(() => readSource("t.csv", ["y"], join(path, "..")));
    await refusal(() => loadPlan(path));
  });
});

const read = (path: string, targets = ["y"]) => readSource(path, targets, "/");

describe("tables", () => {
  it.each<[string, Content]>([
    ["ansi.csv", "\u001b[31ma\u0007,b\n1,2\n"],
    ["long-name.csv", `${"n".repeat(1e6)},b\n1,2\n`],
    ["text.npy", npy("<U150000", [1], Buffer.alloc(600_000, "x\0\0\0"))],
  ])("%s has no column y", async (name, content) => {
    const path = file(name, content);
    await refusal(() => loadDataset(parsePlan(planOf({ source: path })), "/"));
  });

  it("a long cell of text among numbers", async () => {
    const path = file("t.csv", `a,y\n${"1,p\n2,q\n".repeat(20)}${"x".repeat(2e5)},p\n`);
    const { message } = await refusal(() => loadDataset(parsePlan(planOf({ source: path })), "/"));
    expect(message).toContain("row 41 (line 42)");
  });

  it("an archive of many members, in linear time", async () => {
    const row = npy("<f8", [2], Buffer.alloc(16));
    const path = file("many.npz", zip(Array.from({ length: 20_000 }, (_, i) => [`a${i}.npy`, row])));
    expect(names((await read(path)).sheet).length).toBe(20_000);
  });

  it("cells and columns that are words of JavaScript", async () => {
    const words = ["constructor", "__proto__", "toString", "valueOf"];
    const csv = await read(file("t.csv", `__proto__,toString,y\n${words.map((word) => `${word},1,p`).join("\n")}\n`));
    expect(words.map((_, row) => cellText(csv.sheet.columns[0], row))).toEqual(words);
    const lines = await read(file("t.jsonl", '{"y":"p"}\n{"y":"q","toString":1,"__proto__":2}\n'));
    expect(lines.sheet.columns.map((column) => [column.name, ...column.numbers].slice(0, 3))).toEqual([
      ["y", Number.NaN, Number.NaN],
      ["toString", Number.NaN, 1],
      ["__proto__", Number.NaN, 2],
    ]);
    const path = file("p.csv", `__proto__,constructor,y\n${"1,2,valueOf\n2,3,toString\n3,4,__proto__\n".repeat(9)}`);
    const split = { split: { group: "__proto__" } };
    const dataset = await loadDataset(parsePlan(planOf({ source: path, validation: split })), "/");
    expect(dataset.table.target).toMatchObject({ names: ["__proto__", "toString", "valueOf"] });
    expect(Object.keys(dataset.groups)).toContain("__proto__");
  });

  it.each<[string, Content]>([
    ["deep.json", "[".repeat(1e6)],
    ["deep-closed.json", `${"[".repeat(1e6)}${"]".repeat(1e6)}`],
    ["deep.jsonl", `{"y":1}\n${"[".repeat(1e5)}`],
    ["cell.json", `[{"y":${"[".repeat(1e5)}${"]".repeat(1e5)}}]`],
  ])("%s", async (name, content) => {
    const path = file(name, content);
    await refusal(() => read(path));
  });
});

describe("gzip", () => {
  const csv = "a,y\n1,p\n2,q\n";
  const lying = (size: number) => {
    const packed = gzipSync(csv);
    packed.writeUInt32LE(size, packed.length - 4);
    return packed;
  };
  it.each<[string, Content]>([
    ["a size of 4 GB", lying(0xffffffff)],
    ["a size of 0", lying(0)],
    ["cut off", gzipSync(csv).subarray(0, 20)],
    ["a damaged beginning that promises much", Buffer.concat([gzipSync(csv).subarray(0, 10), Buffer.alloc(2e6, 0xff)])],
    ["nothing in it", gzipSync("")],
    ["a header alone", Buffer.from([0x1f, 0x8b])],
    ["other bytes after its end", Buffer.concat([gzipSync(csv), Buffer.from("and more")])],
  ])("%s", async (_, content) => {
    const path = file("t.csv.gz", content);
    await refusal(() => read(path));
  });

  it("several parts one after the other", async () => {
    const path = file("t.csv.gz", Buffer.concat(["a,y\n1,p\n", "2,q\n3,p\n"].map((part) => gzipSync(part))));
    expect((await read(path)).sheet.rows).toBe(3);
  });
});

describe("sounds", () => {
  it.each([0, 1, 99, 33562432, 536878912, 4294967295])("of %d samples a second", async (rate) => {
    const folder = temporary();
    for (const name of ["a", "b"]) {
      mkdirSync(join(folder, "sounds", name), { recursive: true });
      writeFileSync(join(folder, "sounds", name, "1.wav"), wav(rate));
    }
    await refusal(() => readSource("sounds", [], folder));
  });
});

describe("models", () => {
  const silent = { loss: true, optimizer: true };
  it.each<[string, Content]>([
    ["deep.json", `{"class_name":"Sequential","config":${"[".repeat(1e5)}${"]".repeat(1e5)}}`],
    [
      "activation.json",
      `{"class_name":"Sequential","config":[{"class_name":"Dense","config":{"units":1,"activation":${"[".repeat(5000)}${"]".repeat(5000)}}}]}`,
    ],
    ["text.json", JSON.stringify("x".repeat(1e6))],
  ])("%s", async (name, content) => {
    const path = file(name, content);
    expect((await refusal(() => loadModel(path, silent))).place).toBe(name);
  });

  it("safetensors with names of JavaScript", () => {
    const head =
      '{"__proto__":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"constructor":{"dtype":"toString","shape":[1],"data_offsets":[4,8]}}';
    const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from(head), Buffer.alloc(8)]);
    bytes.writeBigUInt64LE(BigInt(head.length));
    expect(Object.keys(readSafetensors(bytes))).toEqual(["__proto__"]);
  });
});

it("a suggestion for a long name is found soon", () => {
  const began = performance.now();
  nearest(
    "x".repeat(1e6),
    Array.from({ length: 1000 }, (_, i) => "y".repeat(1e4) + i),
  );
  expect(performance.now() - began).toBeLessThan(SOON_MS);
});
