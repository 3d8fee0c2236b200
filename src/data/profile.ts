import type { Task } from "../case/case.ts";
type Col = { name: string; missing: number; distinct: number; min: number; max: number; mean: number; std: number };
export type Profile = {
  rows: number; features: number; shape: number[]; task: Task; images: boolean;
  split: { kind: string; train: number; validation: number; test: number };
  columns: Col[]; raw: Col[]; validationColumns: Col[];
  inputs: { mean: number; std: number; maxAbs: number; largestStd: number; smallestStd: number; ratio: number; worst: string; constant: string[]; missingRows: number; missingCells: number; missing: { column: string; rows: number[] }[] };
  target: null | { kind: "classes"; classes: { name: string; value: number; train: number; validation: number }[]; encoding: string } | { kind: "numbers"; columns: { name: string; min: number; max: number; mean: number; std: number }[]; missing: number };
  duplicates: { within: number; across: number };
  order: { sorted: boolean; runs: number };
};
