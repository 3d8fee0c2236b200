/** Plans, sweeps and the like that several rows of the tables share. */
import type { Case } from "../../src/case/case.ts";
import type { CheckId } from "../../src/checks/index.ts";
import { classes, column, flat, planned, profile } from "./parts.ts";

export type Parts = Omit<Case, "version">;
export type Row = [id: CheckId, present: Parts, absent: Parts];

export const dense = (units: number, activation = "relu", rest: object = {}) => ({
  layer: "dense",
  units,
  activation,
  ...rest,
});
export const regression = { name: "r2", better: "higher", split: "validation" } as const;
export const oneUnit = (activation: string, loss: unknown = "binaryCrossentropy") =>
  planned({ network: [dense(16), dense(1, activation)], training: { loss } });
export const toNumber = (activation: string, loss: unknown = "meanSquaredError") => oneUnit(activation, loss);
export const sgd = (learningRate: number, rest: object = {}) =>
  planned({ training: { optimizer: { name: "sgd", learningRate, ...rest } } });
export const split = (train: number, validation: number, kind = "random") => ({
  split: { kind, train, validation, test: 0 },
});
export const two = classes([0, 200, 50], [1, 200, 50]);
export const pixels = (max: number, mean: number, std: number) =>
  profile({ images: true, features: 784, shape: [28, 28, 1], columns: [column("pixels", { min: 0, max, mean, std })] });
export const sweep = (losses: number[], own: number, first = 1): Parts => ({
  learningRateSweep: { rates: [1e-4, 1e-3, 1e-2, 1e-1, 1], losses, own, steps: 100, start: first },
});
export const valley = [0.95, 0.6, 0.2, 0.9, Number.NaN];
export const deep = (n: number, activation = "relu") =>
  planned({ network: [...Array.from({ length: n }, () => dense(8, activation)), dense(3, "softmax")] });
export const fewer = [{ layer: "dropout", rate: 0.8 }, dense(8), { layer: "dropout", rate: 0.8 }];
export const baselines = (best: number, chance = 0.34) => [
  { name: "majority class", value: chance },
  { name: "linear", value: best - 0.02 },
  { name: "k nearest neighbours", value: best },
];
export const calm = flat(40, 0.7);
export const { NaN: nan } = Number;
