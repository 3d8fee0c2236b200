/** The runtime as WebAssembly: it trains as the native one does, and steps in where that does not start. */
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { ONNXRUNTIME, portable } from "../../src/engine/node/binding.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { portableInstalled } from "./installed.ts";
import { apart, classes, dense, end, losses, numbers, plan, type Sketch, told } from "./small.ts";

const adam = { optimizer: "adam", epochs: 5, batchSize: 16 } as const;
const network = (...list: Record<string, unknown>[]) => list as Sketch["network"];
const CASES = [
  {
    name: "dense, dropout, batch normalization",
    data: classes(150, [6], 3),
    sketch: network(
      dense(20, "relu"),
      { layer: "batchNormalization" },
      { layer: "dropout", rate: 0.3 },
      dense(3, "softmax"),
    ),
  },
  { name: "numbers", data: numbers(120, 4, 2), sketch: network(dense(16, "tanh"), dense(2)) },
  {
    name: "images",
    data: classes(80, [9, 8, 2], 3),
    sketch: network(
      { layer: "conv2d", filters: 8, kernelSize: 3, activation: "relu" },
      { layer: "maxPooling2d" },
      { layer: "conv2d", filters: 4, kernelSize: 2, padding: "same", activation: "tanh" },
      { layer: "flatten" },
      dense(3, "softmax"),
    ),
  },
  {
    name: "sequences",
    data: classes(80, [6, 3], 3),
    sketch: network(
      { layer: "bidirectional", of: { layer: "lstm", units: 4, returnSequences: true } },
      { layer: "multiHeadAttention", heads: 2, keyDim: 3 },
      { layer: "gru", units: 4 },
      dense(3, "softmax"),
    ),
  },
];

describe.skipIf(!portableInstalled)("the portable runtime", () => {
  it("is the same version", () => {
    expect((portable().env.versions as { web?: string }).web).toBe(ONNXRUNTIME);
  });

  it.each(CASES)("$name: agrees with the native one within 1e-4", async ({ data, sketch }) => {
    const the = plan({ network: sketch, training: adam });
    const [native, web] = await Promise.all(
      [onnxRuntime(1), onnxRuntime(1, portable)].map((runtime) => told(graphEngine(runtime), the, data)),
    );
    expect(losses(web).length).toBeGreaterThanOrEqual(20);
    // The last bits tell that it is not the native one again.
    expect(losses(web)).not.toEqual(losses(native));
    expect(apart(losses(web), losses(native))).toBeLessThan(1e-4);
    expect(end(web).validation!.loss).toBeCloseTo(end(native).validation!.loss, 4);
  });

  it("steps in, and says so in one line, where the native one does not start", () => {
    const elsewhere = `data:text/javascript,${encodeURIComponent("Object.defineProperty(process, 'arch', { value: 'mips' })")}`;
    const program = `
      import { Worker } from "node:worker_threads";
      import { onnxruntime } from "./src/engine/node/binding.ts";
      const found = onnxruntime().env.versions.web;
      new Worker("import('./src/engine/node/binding.ts').then((b) => b.onnxruntime())", { eval: true, execArgv: ["--import", ${JSON.stringify(elsewhere)}] })
        .on("exit", (code) => console.log(found, code));`;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ["--import", elsewhere, "--input-type=module", "-e", program],
      {
        cwd: resolve(import.meta.dirname, "../.."),
        encoding: "utf8",
      },
    );
    expect(stdout.trim()).toBe(`${ONNXRUNTIME} 0`);
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("portable")]);
  });
});
