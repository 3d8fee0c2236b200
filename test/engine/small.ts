/** Small datasets and plans in memory, and what a training on them told. */
import type { Dataset, Task } from "../../src/data/dataset.ts";
import type { Engine, TrainOptions } from "../../src/engine/engine.ts";
import type { Checkpoint, EndEvent, EpochEvent, TrainEvent } from "../../src/engine/events.ts";
import type { Network } from "../../src/engine/resolved-network.ts";
import { type Activation, type Plan, type PlanInput, parsePlan } from "../../src/plan/plan.ts";
import { normal, stream, uniform } from "../../src/random.ts";

type Rows = { shape: number[]; x: Float32Array };

export const normalRows = (rows: number, shape: number[], seed = 1): Rows => {
  const base = stream(seed, 1);
  const n = rows * shape.reduce((p, k) => p * k, 1);
  return { shape, x: Float32Array.from({ length: n }, (_, i) => normal(base, i)) };
};

function dataset(task: Task, { shape, x }: Rows, target: Dataset["table"]["target"]): Dataset {
  const width = shape.reduce((p, n) => p * n, 1);
  const rows = x.length / width;
  const features = shape.length === 1 ? Array.from({ length: width }, (_, i) => `f${i}`) : [];
  const table = { rows, shape, x, features, target, fileRows: null, fileRowCount: rows };
  return { task, table, validation: null, test: null, groups: {}, times: {}, notes: [] };
}

/** Rows labelled by a rule with some noise: learnable, never perfectly. */
export function classes(rows: number, shape: number[], count: number, seed = 1): Dataset {
  const made = normalRows(rows, shape, seed);
  const width = made.x.length / rows;
  const base = stream(seed, 2);
  const labels = Float32Array.from({ length: rows }, (_, r) => {
    const scores = Array.from({ length: count }, (_, c) => {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += made.x[r * width + i] * normal(base, c * width + i);
      return sum + uniform(base, 1e6 + r * count + c);
    });
    return scores.indexOf(Math.max(...scores));
  });
  const values = Array.from({ length: count }, (_, c) => c);
  return dataset("classification", made, {
    kind: "classes",
    columns: ["y"],
    labels,
    names: values.map(String),
    values,
    encoding: "integer",
  });
}

/** `columns` smooth functions of the rows, or of 0 and 1 where `binary`; `shift` keeps them positive. */
export function numbers(
  rows: number,
  inputs: number,
  columns: number,
  { binary = false, shift = 0, seed = 1, task = "regression" as Task } = {},
): Dataset {
  const made = normalRows(rows, [inputs], seed);
  const values = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [r, c] = [Math.floor(at / columns), at % columns];
    const value = Math.sin(made.x[r * inputs + (c % inputs)]) + 0.5 * made.x[r * inputs + ((c + 1) % inputs)];
    return binary ? Number(value > 0) : value + shift;
  });
  return dataset(task, made, {
    kind: "numbers",
    columns: Array.from({ length: columns }, (_, c) => `y${c}`),
    values,
  });
}

type Tokens = { steps: number; kinds: number; least: number };

/** Rows of `least` to `steps` tokens 1 … kinds, then 0; with `target`, such rows as an answer, else three classes. */
export function tokens(rows: number, { target, ...of }: Tokens & { target?: Tokens }, seed = 1): Dataset {
  const drawn = ({ steps, kinds, least }: Tokens, key: number) => {
    const base = stream(seed, 3, key);
    return Float32Array.from({ length: rows * steps }, (_, i) => {
      const length = least + (Math.floor(i / steps) % (steps - least + 1));
      return i % steps < length ? 1 + Math.floor(kinds * uniform(base, i)) : 0;
    });
  };
  const made = { shape: [of.steps], x: drawn(of, 0) };
  if (!target) {
    const { table, ...rest } = classes(rows, [of.steps], 3, seed);
    return { ...rest, table: { ...table, x: made.x } };
  }
  const columns = Array.from({ length: target.steps }, (_, i) => `y ${i + 1}`);
  const words = Array.from({ length: target.kinds }, (_, i) => String.fromCharCode(97 + i));
  return dataset("sequence", made, { kind: "tokens", columns, values: drawn(target, 1), words });
}

export const dense = (units: number, activation: Activation = "linear") =>
  ({ layer: "dense", units, activation }) as const;

export type Sketch = {
  network: PlanInput["network"];
  training?: PlanInput["training"];
  data?: Partial<PlanInput["data"]>;
  metric?: PlanInput["metric"];
};

export const plan = ({ network, training, data, metric }: Sketch): Plan =>
  parsePlan({ data: { source: "memory", target: "y", ...data }, network, training, ...(metric && { metric }) });

export async function told(
  engine: Engine,
  plan: Plan,
  data: Dataset,
  options: Partial<TrainOptions> = {},
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of engine.train(plan, data, { seeds: [1], ...options })) events.push(event);
  return events;
}

export const losses = (events: readonly TrainEvent[], seed = 1): number[] =>
  events.flatMap((event) => (event.type === "steps" && event.seed === seed ? event.loss : []));
export const epochs = (events: readonly TrainEvent[], seed = 1): EpochEvent[] =>
  events.flatMap((event) => (event.type === "epoch" && event.seed === seed ? [event] : []));
export const checkpoints = (events: readonly TrainEvent[], seed = 1): Checkpoint[] =>
  events.flatMap((event) => (event.type === "checkpoint" && event.seed === seed ? [event.checkpoint] : []));

export function end(events: readonly TrainEvent[], seed = 1): EndEvent {
  const found = events.find((event) => event.type === "end" && event.seed === seed);
  if (found?.type !== "end") throw new Error("the training told no end");
  return found;
}

/** One weight tensor out of the groups in which the engine keeps them. */
export function weightOf({ groups }: Network, state: Checkpoint["state"], layer: number, name: string): Float32Array {
  const group = groups.find(({ weights }) => weights.some((w) => w.layer === layer && w.name === name))!;
  const at = group.weights.findIndex((w) => w.layer === layer && w.name === name);
  const start = group.weights.slice(0, at).reduce((n, w) => n + w.size, 0);
  return state[group.name].subarray(start, start + group.weights[at].size);
}

/** The largest difference of two lists of numbers, relative to the numbers where they exceed 1. */
export function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    if (!(difference <= most)) most = difference;
  }
  return most;
}

/** `apart` over all tensors of two states. */
export const statesApart = (a: Record<string, Float32Array>, b: Record<string, Float32Array>): number =>
  Math.max(...Object.keys(a).map((name) => apart(a[name], b[name] ?? [])));
