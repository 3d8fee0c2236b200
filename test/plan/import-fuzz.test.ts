/** Model files that are damaged, or lie, end in a sentence: never in a crash, a hang or a full memory. */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { loadModel } from "../../src/plan/node/model.ts";
import { readWeights } from "../../src/plan/node/weights.ts";
import { UserError } from "../../src/user-error.ts";
import { drawer, spoiltBytes, spoiltPlan } from "../cli/fuzz.ts";

const MODELS = join(import.meta.dirname, "../fixtures/models");
const folder = mkdtempSync(join(tmpdir(), "unstuck-spoilt-"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "model");

/** Loads the bytes as a model; anything but layers or a UserError is thrown on. */
function outcome(bytes: Buffer | string): "read" | UserError {
  writeFileSync(path, bytes);
  try {
    loadModel(path, { loss: true, optimizer: true });
    return "read";
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

const TIMES = 150;
const BINARY = ["mlp.script.onnx", "cnn.script.onnx", "last.dynamo.onnx", "branches.dynamo.onnx", "mlp.keras"];
const TEXT = [
  "branches.json",
  "sequence.json",
  "attention.json",
  "nested.json",
  "separable.json",
  "tfjs-mlp/model.json",
];

describe("spoilt", () => {
  it.each(BINARY)("%s", (file) => {
    const bytes = readFileSync(join(MODELS, file));
    for (let i = 0; i < TIMES; i++) outcome(spoiltBytes(bytes, drawer(i)));
  });

  it.each(TEXT)("%s", (file) => {
    const value = JSON.parse(readFileSync(join(MODELS, file), "utf8"));
    for (let i = 0; i < TIMES; i++) outcome(JSON.stringify(spoiltPlan(value, drawer(i))));
  });
});

it("spoilt layers that are read as others", () => {
  const layer = (class_name: string, config: object = {}) => ({ class_name, config: { name: class_name, ...config } });
  const value = {
    class_name: "Sequential",
    config: [
      layer("InputLayer", { batch_input_shape: [null, 8, 8, 3] }),
      layer("Rescaling", { scale: 1 / 255, offset: 0 }),
      layer("ZeroPadding2D", {
        padding: [
          [0, 1],
          [0, 1],
        ],
      }),
      layer("SeparableConv2D", { filters: 2, kernel_size: [3, 3], strides: 2, padding: "valid" }),
      layer("GlobalAveragePooling2D", { keepdims: true }),
      layer("Sequential", { layers: [layer("Dense", { units: 2 })] }),
    ],
  };
  expect(outcome(JSON.stringify(value))).toBe("read");
  for (let i = 0; i < 2 * TIMES; i++) outcome(JSON.stringify(spoiltPlan(value, drawer(i))));
});

type Lies = { size?: number; packed?: number; crc?: number; at?: number; flags?: number };

/** A zip file, and what its directory says of its entries. */
function zip(contents: Record<string, Buffer>, lies: Lies = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const body = deflateRawSync(content);
    const at = bodies.reduce((n, { length }) => n + length, 0);
    const told = { size: content.length, packed: body.length, crc: crc32(content), at, flags: 0, ...lies };
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(told.flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(told.crc, 16);
    entry.writeUInt32LE(told.packed, 20);
    entry.writeUInt32LE(told.size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(told.at, 42);
    bodies.push(head, Buffer.from(name), body);
    directory.push(entry, Buffer.from(name));
  }
  const all = Buffer.concat(bodies);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length / 2, 10);
  end.writeUInt32LE(all.length, 16);
  return Buffer.concat([all, ...directory, end]);
}

const config = Buffer.from(
  JSON.stringify({ class_name: "Sequential", config: { layers: [{ class_name: "Dense", config: { units: 1 } }] } }),
);

describe("a .keras file", () => {
  const bomb = Buffer.alloc(60e6, " ");

  it("is read when it is as it says", () => {
    expect(outcome(zip({ "config.json": config }))).toBe("read");
  });

  it.each<[string, Buffer]>([
    ["unpacks to more than it may", zip({ "config.json": bomb })],
    ["unpacks to more than it says", zip({ "config.json": bomb }, { size: 100 })],
    ["unpacks to less than it says", zip({ "config.json": config }, { size: 4e7 })],
    ["says 4 GB", zip({ "config.json": config }, { size: 0xffffffff })],
    ["reaches beyond its end", zip({ "config.json": config }, { packed: 1e6 })],
    ["lies elsewhere", zip({ "config.json": config }, { at: 1e9 })],
    ["has other contents", zip({ "config.json": config }, { crc: 1 })],
    ["is encrypted", zip({ "config.json": config }, { flags: 1 })],
    ["holds something else", zip({ "notes.txt": config })],
    ["is of PyTorch", zip({ "archive/data.pkl": config })],
    ["is cut off", zip({ "config.json": config }).subarray(0, -10)],
  ])("%s", (_, bytes) => {
    expect(outcome(bytes)).toBeInstanceOf(UserError);
  });
});

/** A field of a protobuf message: a number, or bytes. */
const field = (number: number, value: number | string | Buffer): Buffer => {
  const varint = (n: number): number[] => (n > 127 ? [(n & 127) | 128, ...varint(n >>> 7)] : [n]);
  if (typeof value === "number") return Buffer.from([...varint(number << 3), ...varint(value)]);
  const body = Buffer.from(value);
  return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(body.length)]), body]);
};
const node = (op: string, inputs: string[], output: string) =>
  field(1, Buffer.concat([...inputs.map((name) => field(1, name)), field(2, output), field(4, op)]));
const onnx = (nodes: Buffer[]) =>
  field(7, Buffer.concat([...nodes, field(11, field(1, "x")), field(12, field(1, "y"))]));

describe("ONNX", () => {
  it.each<[string, Buffer[]]>([
    [
      "a list that doubles itself",
      [
        node("Shape", ["x"], "s0"),
        ...Array.from({ length: 60 }, (_, i) => node("Concat", [`s${i}`, `s${i}`], `s${i + 1}`)),
      ],
    ],
    ["a million nodes", Array.from({ length: 1e6 }, (_, i) => node("Relu", [i ? `r${i - 1}` : "x"], `r${i}`))],
    ["nodes in a circle", [node("Relu", ["b"], "a"), node("Relu", ["a"], "b")]],
  ])("%s", (_, nodes) => {
    expect(outcome(onnx(nodes))).toBeInstanceOf(UserError);
  });
});

describe("JSON", () => {
  it.each<[string, string]>([
    ["nested 100,000 deep", "[".repeat(1e5) + "]".repeat(1e5)],
    ["models in models", `${'{"class_name":"Sequential","config":{"layers":['.repeat(3000)}${"]}}".repeat(3000)}`],
    [
      "a million layers",
      `{"class_name":"Sequential","config":[${'{"class_name":"Dense","config":{"units":1}},'.repeat(1e6).slice(0, -1)}]}`,
    ],
    ["a name that is a property of every object", '{"class_name":"__proto__","config":{}}'],
    ["a layer called constructor", '{"class_name":"Sequential","config":[{"class_name":"constructor","config":{}}]}'],
  ])("%s", (_, text) => {
    expect(outcome(text)).toBeInstanceOf(UserError);
  });
});

const readSpoilt = (bytes: Buffer | string, beside = folder) => {
  writeFileSync(join(beside, "spoilt"), bytes);
  return readWeights(beside, "spoilt");
};

describe("weights of a .keras file", () => {
  it.each<[string, Record<string, Buffer>, RegExp]>([
    ["are not there", {}, /no model\.weights\.h5/],
    ["are no HDF5", { "model.weights.h5": Buffer.from("hello") }, /HDF5 file is damaged/],
    ["unpack to more than any would", { "model.weights.h5": Buffer.alloc(60e6) }, /60000000 bytes/],
  ])("%s", (_, weights, says) => {
    expect(() => readSpoilt(zip({ "config.json": config, ...weights }))).toThrow(says);
  });
});

describe("weights of a spoilt model", () => {
  it.each(["mlp.script.onnx", "last.script.onnx", "mlp.dynamo.onnx", "tfjs-mlp/model.json"])("%s", (file) => {
    const whole = readFileSync(join(MODELS, file));
    const beside = join(folder, "beside");
    cpSync(dirname(join(MODELS, file)), beside, { recursive: true });
    for (let i = 0; i < TIMES; i++) {
      const json = file.endsWith(".json");
      const spoilt = json
        ? JSON.stringify(spoiltPlan(JSON.parse(`${whole}`), drawer(i)))
        : spoiltBytes(whole, drawer(i));
      try {
        readSpoilt(spoilt, beside);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
  });

  it("never come from elsewhere on the machine", () => {
    const model = JSON.parse(readFileSync(join(MODELS, "tfjs-mlp/model.json"), "utf8"));
    for (const path of ["../../../etc/passwd", "/etc/passwd", ""]) {
      model.weightsManifest[0].paths = [path];
      writeFileSync(join(folder, "outside.json"), JSON.stringify(model));
      expect(() => readWeights(folder, "outside.json")).toThrow(/folder of the model/);
    }
  });
});
