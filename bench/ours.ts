/** Times our engine: trains on and on, a stretch at a time. */
import type { Dataset, Target } from "../src/data/dataset.ts";
import { graphEngine } from "../src/engine/graph-engine.ts";
import { onnxRuntime } from "../src/engine/node/onnxruntime.ts";
import { parsePlan } from "../src/plan/plan.ts";
import { stream, uniform } from "../src/random.ts";
import { type Case, classesOf } from "./cases.ts";

function datasetOf(given: Case): Dataset {
  const { rows, shape } = given;
  const base = stream(1);
  const width = shape.reduce((p, n) => p * n, 1);
  const classes = classesOf(given);
  const x = Float32Array.from({ length: rows * width }, (_, i) => uniform(base, i));
  const labels = Float32Array.from({ length: rows }, (_, i) => Math.floor(uniform(base, 2 ** 31 + i) * classes));
  const values = Array.from({ length: classes }, (_, i) => i);
  const names = values.map(String);
  const target: Target = { kind: "classes", columns: ["y"], labels, names, values, encoding: "integer" };
  const table = { rows, shape, x, features: [], target, fileRows: null, fileRowCount: rows };
  return { task: "classification", table, validation: null, test: null, groups: {}, times: {}, said: [] };
}

/** Measures samples per second for so many seconds; calls follow each other in one training. */
export type Measure = (seconds: number) => Promise<number>;

export function ours(given: Case, threads: number): Measure {
  const plan = parsePlan({
    data: { source: "memory", target: "y", validation: null },
    network: given.layers,
    training: { optimizer: "adam", batchSize: given.batch, epochs: 10_000 },
  });
  const seeds = Array.from({ length: given.stack ?? 1 }, (_, i) => i + 1);
  const options = { seeds, scores: 1, trainScores: false };
  const events = graphEngine(onnxRuntime(threads)).train(plan, datasetOf(given), options)[Symbol.asyncIterator]();
  return async (seconds) => {
    const began = performance.now();
    let samples = 0;
    for (;;) {
      const { value: event } = await events.next();
      if (event.type === "steps") samples += event.loss.length * given.batch;
      // A stack tells the steps of each seed in turn: whole calls are counted.
      const past = (performance.now() - began) / 1000;
      if (past > seconds && event.seed === seeds.at(-1)) return samples / past;
    }
  };
}
