/** Times our engine: trains on and on, a stretch at a time. */
import type { Dataset, Target } from "../src/data/dataset.ts";
import type { TrainOptions } from "../src/engine/engine.ts";
import { graphEngine } from "../src/engine/graph-engine.ts";
import type { Runtime } from "../src/engine/runtime.ts";
import { type Plan, type PlanInput, parsePlan } from "../src/plan/plan.ts";
import { stream, uniform } from "../src/random.ts";
import { type Case, classesOf, type Layer, tokensOf } from "./cases.ts";

export function datasetOf(given: Case): Dataset {
  const { rows, shape } = given;
  const base = stream(1);
  const width = shape.reduce((p, n) => p * n, 1);
  const [classes, tokens] = [classesOf(given), tokensOf(given)];
  const number = (i: number) => (tokens ? Math.floor(uniform(base, i) * tokens) : uniform(base, i));
  const x = Float32Array.from({ length: rows * width }, (_, i) => number(i));
  const labels = Float32Array.from({ length: rows }, (_, i) => Math.floor(uniform(base, 2 ** 31 + i) * classes));
  const values = Array.from({ length: classes }, (_, i) => i);
  const names = values.map(String);
  const target: Target = { kind: "classes", columns: ["y"], labels, names, values, encoding: "integer" };
  const table = { rows, shape, x, features: [], target, fileRows: null, fileRowCount: rows };
  return { task: "classification", table, validation: null, test: null, groups: {}, times: {}, notes: [] };
}

type PlanLayers = Exclude<PlanInput["network"], string>;

/** The block as layers of a plan, by names of their own; it comes first. */
const block = ({ width, heads, hidden }: Extract<Layer, { layer: "transformer" }>): PlanLayers => [
  { layer: "multiHeadAttention", heads, keyDim: width / heads, name: "attention" },
  { layer: "add", from: ["input", "attention"] },
  { layer: "layerNormalization", name: "middle" },
  { layer: "dense", units: hidden, activation: "relu" },
  { layer: "dense", units: width, name: "wide" },
  { layer: "add", from: ["middle", "wide"] },
  { layer: "layerNormalization" },
];

export const planOf = (given: Case, epochs = 10_000): Plan =>
  parsePlan({
    data: { source: "memory", target: "y", validation: null },
    network: given.layers.flatMap((layer): PlanLayers => (layer.layer === "transformer" ? block(layer) : [layer])),
    training: { optimizer: "adam", batchSize: given.batch, epochs },
  });

/** Seconds on the wall, or of this process on all processors: what others take of the machine does not count then. */
export const wall = () => performance.now() / 1000;
export const processor = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Measures samples per second for so many seconds; calls follow each other in one training. */
export type Measure = (seconds: number) => Promise<number>;

export function ours(given: Case, runtime: Runtime, clock = wall): Measure {
  const seeds = Array.from({ length: given.stack ?? 1 }, (_, i) => i + 1);
  const options: TrainOptions = { seeds, scores: 1, trainScores: false };
  const events = graphEngine(runtime).train(planOf(given), datasetOf(given), options)[Symbol.asyncIterator]();
  return async (seconds) => {
    const began = clock();
    let samples = 0;
    for (;;) {
      const { value: event } = await events.next();
      if (event.type === "steps") samples += event.loss.length * given.batch;
      // A stack tells the steps of each seed in turn: whole calls are counted.
      const past = clock() - began;
      if (past > seconds && event.seed === seeds.at(-1)) return samples / past;
    }
  };
}
