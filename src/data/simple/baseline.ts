/** A baseline with its score, which a network has to beat. */

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
