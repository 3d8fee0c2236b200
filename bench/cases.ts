/** The networks that are timed, in words that every side understands. */

export type Layer =
  | { layer: "dense"; units: number; activation: "relu" | "linear" | "softmax" }
  | { layer: "dropout"; rate: number }
  | { layer: "conv2d"; filters: number; kernelSize: 3; activation: "relu" }
  | { layer: "maxPooling2d" }
  | { layer: "flatten" }
  | { layer: "embedding"; inputDim: number; outputDim: number }
  | { layer: "lstm"; units: number }
  | { layer: "globalAveragePooling1d" }
  /** A block of a transformer: attention and two dense layers, each added to what came and normalised. */
  | { layer: "transformer"; width: number; heads: number; hidden: number };

export type Case = {
  name: string;
  shape: number[];
  layers: Layer[];
  batch: number;
  rows: number;
  /** Trainings at once, stacked in graphs on two workers with a thread each. */
  stack?: number;
  /** What is asked of it, as times the samples per second of a peer: what has to be, and what is aimed at. */
  bars?: { tfjs?: [number, number]; torch?: [number, number] };
};

const dense = (units: number, activation: "relu" | "softmax" = "relu"): Layer => ({
  layer: "dense",
  units,
  activation,
});
const dropout = (rate: number): Layer => ({ layer: "dropout", rate });
const conv = (filters: number): Layer => ({ layer: "conv2d", filters, kernelSize: 3, activation: "relu" });
const pool: Layer = { layer: "maxPooling2d" };
const out = dense(10, "softmax");

const mlp = { shape: [784], layers: [dense(128), dropout(0.5), dense(64), dropout(0.3), out], rows: 8192 };
const tiny = { shape: [20], layers: [dense(16), dense(2, "softmax")], batch: 32, rows: 2048 };

export const MLP: Case = {
  name: "MLP 784-128-64-10, dropout, batch 32",
  ...mlp,
  batch: 32,
  bars: { tfjs: [12, 12], torch: [1.7, 2.5] },
};
export const CNN: Case = {
  name: "CNN 28×28, batch 64",
  shape: [28, 28, 1],
  layers: [conv(32), pool, conv(64), pool, { layer: "flatten" }, dense(128), out],
  batch: 64,
  rows: 2048,
  bars: { torch: [0.9, 1.2] },
};

export const CASES: Case[] = [
  MLP,
  { name: "the same, batch 256", ...mlp, batch: 256, bars: { torch: [1.25, 1.6] } },
  { name: "MLP 20-16-2, batch 32", ...tiny, bars: { torch: [7, 10] } },
  { name: "the same, 64 stacked", ...tiny, stack: 64, bars: { torch: [35, 50] } },
  CNN,
  {
    name: "LSTM 128 on 100 tokens, batch 64",
    shape: [100],
    layers: [{ layer: "embedding", inputDim: 1000, outputDim: 64 }, { layer: "lstm", units: 128 }, out],
    batch: 64,
    rows: 1024,
    bars: { torch: [0.7, 1.2] },
  },
  {
    name: "transformer block 128, 64 steps, batch 32",
    shape: [64, 128],
    layers: [{ layer: "transformer", width: 128, heads: 4, hidden: 512 }, { layer: "globalAveragePooling1d" }, out],
    batch: 32,
    rows: 512,
    bars: { torch: [0.8, 1.2] },
  },
];

export const classesOf = ({ layers }: Case): number => {
  const last = layers.at(-1)!;
  return last.layer === "dense" ? last.units : 1;
};

export const tokensOf = ({ layers: [first] }: Case): number => (first.layer === "embedding" ? first.inputDim : 0);

/**
 * Floating-point operations of the matrix products in one row's step: 2 for each multiplication, once forward and twice backward (the
 * first layer with weights has no gradient of what it is given).
 */
export function operations({ shape, layers }: Case): number {
  let [at, total, first] = [shape, 0, true];
  const count = (products: number) => {
    total += (first ? 2 : 3) * 2 * products;
    first = false;
  };
  for (const layer of layers) {
    const width = at.at(-1)!;
    if (layer.layer === "dense") {
      count(width * layer.units);
      at = [layer.units];
    } else if (layer.layer === "conv2d") {
      const sides = at.slice(0, 2).map((side) => side - layer.kernelSize + 1);
      count(sides[0] * sides[1] * layer.kernelSize ** 2 * width * layer.filters);
      at = [...sides, layer.filters];
    } else if (layer.layer === "maxPooling2d") at = [...at.slice(0, 2).map((side) => Math.floor(side / 2)), width];
    else if (layer.layer === "flatten") at = [at.reduce((p, n) => p * n, 1)];
    else if (layer.layer === "embedding") {
      at = [...at, layer.outputDim];
      first = false;
    } else if (layer.layer === "lstm") {
      count(at[0] * 4 * layer.units * (width + layer.units));
      at = [layer.units];
    } else if (layer.layer === "transformer") {
      const [steps] = at;
      count(steps * width * 3 * width);
      count(steps * width * (width + 2 * steps) + 2 * steps * width * layer.hidden);
    } else if (layer.layer === "globalAveragePooling1d") at = [width];
  }
  return total;
}
