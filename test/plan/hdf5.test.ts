/** HDF5 files that are damaged, or lie, end in a sentence: never in a crash, a hang, a full memory, or in numbers that are not theirs. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as h5wasm from "h5wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Library, readFile } from "../../src/plan/node/hdf5-file.ts";
import { readWeights } from "../../src/plan/node/weights.ts";
import { UserError } from "../../src/user-error.ts";
import { drawer, spoiltBytes } from "../cli/fuzz.ts";

const MODELS = join(import.meta.dirname, "../fixtures/models");
const folder = mkdtempSync(join(tmpdir(), "unstuck-hdf5-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeAll(async () => void (await h5wasm.ready));

const config = JSON.stringify({
  class_name: "Sequential",
  config: { layers: [{ class_name: "Dense", config: { name: "it", units: 3 } }] },
});

/** A file that Keras would have written, and what else is done to it. */
function made(names: string[], more: (layer: h5wasm.Group, file: h5wasm.File) => unknown): Buffer {
  const file = new h5wasm.File("made.h5", "w");
  file.create_attribute("model_config", config);
  const layer = file.create_group("model_weights").create_group("it");
  layer.create_attribute("weight_names", names);
  more(layer, file);
  file.close();
  const bytes = Buffer.from(h5wasm.FS!.readFile("made.h5"));
  h5wasm.FS!.unlink("made.h5");
  return bytes;
}
const NAMES = ["it/kernel:0", "it/bias:0"];
function weights(bytes: Buffer) {
  writeFileSync(join(folder, "made.h5"), bytes);
  return readWeights(folder, "made.h5");
}

describe("an .h5 file", () => {
  it("gives what it holds, in the order of its names", () => {
    const bytes = made(NAMES, (layer) => {
      const own = layer.create_group("it");
      own.create_dataset({ name: "bias:0", data: Float64Array.of(1, 2, 3) });
      own.create_dataset({ name: "kernel:0", data: Float32Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
    });
    expect(weights(bytes)).toEqual({
      "it.kernel": { shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) },
      "it.bias": { shape: [3], values: Float32Array.of(1, 2, 3) },
    });
  });

  it.each<[what: string, bytes: () => Buffer, says: RegExp]>([
    ["has fewer weights than its layers", () => made(["it/kernel:0"], () => {}), /layer it has 1 weight .*2/],
    ["has others", () => made(["it/bias:0", "it/kernel:0"], () => {}), /layer it .*it\/bias:0 .*kernel/],
    [
      "holds itself",
      () => made(NAMES, (_, file) => ["a", "b"].map((name) => file.create_hard_link("/", `model_weights/it/${name}`))),
      // Seen to go round in circles, or given up after two seconds.
      /damaged/,
    ],
    [
      "unpacks to more than any would",
      () =>
        made(NAMES, (layer) =>
          layer.create_dataset({ name: "kernel:0", data: new Float32Array(1e6), chunks: [1e5], compression: 9 }),
        ),
      /does not fit/,
    ],
  ])("%s", (_, bytes, says) => {
    expect(() => weights(bytes())).toThrow(says);
  });

  it("reaches no file of this machine", () => {
    const outside = join(folder, "outside.h5");
    const numbers = { name: "kernel:0", data: new Float32Array(6), shape: [2, 3] };
    writeFileSync(
      outside,
      made(NAMES, (layer) => layer.create_group("it").create_dataset(numbers)),
    );
    const bytes = made(NAMES, (layer) => layer.create_external_link(outside, "/model_weights/it/it", "it"));
    expect(weights(bytes)).toEqual({});
  });
});

describe("spoilt", () => {
  it.each(["tokens.keras2.h5", "tokens.keras3.h5", "images.keras3.h5"])("%s", async (file) => {
    const bytes = readFileSync(join(MODELS, file));
    for (let i = 0; i < 150; i++) {
      try {
        await readFile(h5wasm as unknown as Library, spoiltBytes(bytes, drawer(i)), true);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
  });
});
