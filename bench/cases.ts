/** The networks that are timed, in words that every side understands. */

export type Layer =
  | { layer: "dense"; units: number; activation: "relu" | "softmax" }
  | { layer: "dropout"; rate: number }
  | { layer: "conv2d"; filters: number; kernelSize: 3; activation: "relu" }
  | { layer: "maxPooling2d" }
  | { layer: "flatten" };

export type Case = {
  name: string;
  shape: number[];
  layers: Layer[];
  batch: number;
  rows: number;
  /** Trainings stacked in one graph, which the others cannot. */
  stack?: number;
  /** What is asked of it, as times the samples per second of a peer. */
  bars?: { tfjs?: number; torch?: number };
};

const dense = (units: number, activation: "relu" | "softmax" = "relu"): Layer => ({
  layer: "dense",
  units,
  activation,
});
const dropout = (rate: number): Layer => ({ layer: "dropout", rate });
const conv = (filters: number): Layer => ({ layer: "conv2d", filters, kernelSize: 3, activation: "relu" });
const pool: Layer = { layer: "maxPooling2d" };

const mlp = {
  shape: [784],
  layers: [dense(128), dropout(0.5), dense(64), dropout(0.3), dense(10, "softmax")],
  rows: 8192,
};
const tiny = { shape: [20], layers: [dense(16), dense(2, "softmax")], batch: 32, rows: 2048 };

export const CASES: Case[] = [
  { name: "MLP 784-128-64-10, dropout, batch 32", ...mlp, batch: 32, bars: { tfjs: 12, torch: 1.7 } },
  { name: "the same, batch 256", ...mlp, batch: 256 },
  { name: "MLP 20-16-2, batch 32", ...tiny, bars: { torch: 6 } },
  { name: "the same, 64 stacked, one thread", ...tiny, stack: 64 },
  {
    name: "CNN 28×28, batch 64",
    shape: [28, 28, 1],
    layers: [conv(32), pool, conv(64), pool, { layer: "flatten" }, dense(128), dense(10, "softmax")],
    batch: 64,
    rows: 2048,
  },
];

export const classesOf = ({ layers }: Case): number => {
  const last = layers.at(-1)!;
  return last.layer === "dense" ? last.units : 1;
};
