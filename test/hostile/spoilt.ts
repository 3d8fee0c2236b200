/** A small valid file of every format that is read, and what comes of it when it is cut off or a bit of it is turned. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import sharp from "sharp";
import { loadDataset } from "../../src/data/node/load.ts";
import { loadModel } from "../../src/plan/node/model.ts";
import { readWeights } from "../../src/plan/node/weights.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { UserError } from "../../src/user-error.ts";
import { writeSafetensors } from "../../src/weights.ts";
import { drawer } from "../cli/fuzz.ts";
import { temporary } from "../cli/help.ts";
import { npy, wav, zip } from "./made.ts";

/** `path` of the file in its folder; `read` reads it from there. */
export type Format = { name: string; path: string; valid(): Buffer | Promise<Buffer>; read(folder: string): unknown };

const FIXTURES = join(import.meta.dirname, "../fixtures");
const fixture = (name: string) => readFileSync(join(FIXTURES, name));
const rows = Array.from({ length: 30 }, (_, i) => ({ a: i / 7, b: (i * 5) % 11, y: i % 3 ? "left" : "right" }));
const delimited = (separator: string) =>
  Buffer.from(`${[["a", "b", "y"], ...rows.map(Object.values)].map((row) => row.join(separator)).join("\n")}\n`);
const doubles = npy("<f8", [30, 2], Buffer.from(Float64Array.from({ length: 60 }, (_, i) => i % 9).buffer));
const labels = npy("<i8", [30], Buffer.from(BigInt64Array.from({ length: 30 }, (_, i) => BigInt(i % 2)).buffer));
/** IDX of unsigned bytes. */
function idx(shape: readonly number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * shape.length);
  head.set([0, 0, 8, shape.length]);
  for (const [i, side] of shape.entries()) head.writeUInt32BE(side, 4 + 4 * i);
  return Buffer.concat([head, Buffer.alloc(shape.reduce((a, b) => a * b, 1)).fill("\0\x01")]);
}
const cifar = (): Buffer => Buffer.concat([0, 1, 2, 1].map((label) => Buffer.alloc(3073, 50).fill(label, 0, 1)));
const picture = () =>
  sharp({
    create: {
      width: 24,
      height: 20,
      channels: 3,
      noise: { type: "gaussian", mean: 90, sigma: 40 },
      background: "black",
    },
  });
const weights = { "dense_1.kernel": { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) } };

const table = (path: string, target: string, valid: Format["valid"]): Format => ({
  name: path,
  path,
  valid,
  read: (folder) => loaded(folder, path, target),
});
const loaded = (folder: string, source: unknown, target: string) =>
  loadDataset(parsePlan({ data: { source, target }, network: [{ layer: "dense", units: 2 }] }), folder);

/** One file of a folder of two classes; the other files are whole. */
const inFolder = (name: string, valid: Format["valid"]): Format => ({
  name,
  path: `classes/a/${name}`,
  valid,
  async read(folder) {
    for (const beside of ["classes/a/1", "classes/b/1"]) {
      mkdirSync(dirname(join(folder, beside)), { recursive: true });
      writeFileSync(join(folder, `${beside}${name.slice(name.indexOf("."))}`), await valid());
    }
    return loaded(folder, "classes", "class");
  },
});
const model = (file: string, beside: readonly string[] = []): Format => ({
  name: file,
  path: file,
  valid: () => fixture(`models/${file}`),
  read(folder) {
    for (const name of beside) copyFileSync(join(FIXTURES, "models", name), join(folder, name));
    const imported = loadModel(join(folder, file), { loss: true, optimizer: true });
    if (imported.weights) readWeights(folder, file);
  },
});

export const FORMATS: readonly Format[] = [
  table("t.csv", "y", () => delimited(",")),
  table("t.tsv", "y", () => delimited("\t")),
  table("t.json", "y", () => Buffer.from(JSON.stringify(rows))),
  table("t.jsonl", "y", () => Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"))),
  table("t.csv.gz", "y", () => gzipSync(delimited(","))),
  table("t.npy", "x1", () => doubles),
  table("t.npz", "y", () =>
    zip([
      ["x.npy", doubles],
      ["y.npy", labels],
    ]),
  ),
  table("t.bin", "class", cifar),
  table("t.parquet", "b", () => Buffer.from(JSON.parse(fixture("arrays.json").toString()).parquet.snappy, "base64")),
  {
    name: "idx3-ubyte",
    path: "images",
    valid: () => idx([6, 4, 4]),
    read(folder) {
      writeFileSync(join(folder, "labels"), idx([6]));
      return loaded(folder, { images: "images", labels: "labels" }, "digit");
    },
  },
  inFolder("2.wav", () => wav(8000)),
  inFolder("2.png", () => picture().png().toBuffer()),
  inFolder("2.jpg", () => picture().jpeg().toBuffer()),
  {
    name: "safetensors",
    path: "w",
    valid: () => Buffer.from(writeSafetensors(weights)),
    read: (folder) => readWeights(folder, "w"),
  },
  model("tokens.keras3.h5"),
  model("tokens.keras3.keras"),
  model("mlp.script.onnx"),
  model("mlp.dynamo.onnx", ["mlp.dynamo.onnx.data"]),
  model("attention.json"),
];

export type Tally = { files: number; read: number; refused: number; slowest: number; failures: string[] };

/** @param times so often it is cut off, and as often one bit is turned. */
export async function tally(format: Format, times: number): Promise<Tally> {
  const folder = temporary();
  const valid = await format.valid();
  mkdirSync(dirname(join(folder, format.path)), { recursive: true });
  writeFileSync(join(folder, format.path), valid);
  await format.read(folder);
  const result: Tally = { files: 0, read: 0, refused: 0, slowest: 0, failures: [] };
  for (let i = 0; i < 2 * times; i++) {
    const draw = drawer(i);
    const spoilt = i % 2 ? turned(valid, draw.below(8 * valid.length)) : valid.subarray(0, draw.below(valid.length));
    writeFileSync(join(folder, format.path), spoilt);
    const began = performance.now();
    try {
      await format.read(folder);
      result.read++;
    } catch (error) {
      if (isCalm(error)) result.refused++;
      else result.failures.push(`${format.name} ${i}: ${error instanceof Error ? error.stack : error}`);
    }
    result.files++;
    result.slowest = Math.max(result.slowest, (performance.now() - began) / 1000);
  }
  return result;
}

/** What ends in exit code 2 with two sentences that a terminal can show. */
const isCalm = (error: unknown): boolean =>
  error instanceof UserError &&
  Boolean(error.fact && error.todo) &&
  error.message.length <= 300 &&
  !/\p{Cc}/u.test(error.message);

function turned(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] ^= 1 << (bit & 7);
  return copy;
}
