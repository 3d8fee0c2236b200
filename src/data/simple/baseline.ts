/** A simple predictor with its score: what a network has to beat. */

export type Baseline = {
  name:
    | "majority class"
    | "mean"
    | "linear"
    | "k nearest neighbours"
    | "boosted trees"
    | "naive forecast"
    | "commonest token"
    | "nearest row";
  value: number;
};
