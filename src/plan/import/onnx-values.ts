/** What flows between the nodes of an ONNX model: rows on their way through the layers, and the arithmetic of shapes beside them. */

import type { Piece } from "./model.ts";
import type { OnnxNode, OnnxTensor } from "./onnx-model.ts";

/** A size; null: not known before there are data. */
export type Size = number | null;

/** What an axis of ONNX is beside a number, which is the place of that axis in a plan's row (channels last). */
export const BATCH = -1;
/** An axis of length 1 that the row of a plan does not have. */
export const ONE = -2;
/** The two directions of a bidirectional layer. */
export const DIRECTION = -3;

export type Rows = {
  kind: "rows";
  /** The layer that gives them. */
  piece: Piece;
  /** Of one row, as a plan has it. */
  shape: Size[];
  /** For every axis of the ONNX tensor, which axis of a row it is. */
  order: number[];
  /** A recurrent layer, whose last step may be all that is wanted. */
  steps?: Piece;
  /** Before it became a vector: what order ONNX counts its numbers in, for the weights of the layer after it. */
  flat?: { shape: Size[]; order: number[] };
};
export type Value =
  | Rows
  | { kind: "constant"; tensor: OnnxTensor }
  /** A list of whole numbers that is computed from shapes; null: the number of rows. */
  | { kind: "sizes"; list: Size[] }
  /** Zeros in the shape of a state. */
  | { kind: "zeros" };

export const sizesOf = ({ shape, order }: Rows): Size[] =>
  order.map((axis) => (axis >= 0 ? shape[axis] : axis === BATCH ? null : axis === DIRECTION ? 2 : 1));

export const product = (sizes: readonly Size[]): Size =>
  sizes.reduce((n: Size, size) => (n === null || size === null ? null : n * size), 1);

/** Where the layout of images or of sequences of PyTorch stands: [rows, channels, …sides]. */
export const channelsFirst = (rank: number): number[] => [
  BATCH,
  rank - 1,
  ...Array.from({ length: rank - 1 }, (_, i) => i),
];
export const channelsLast = (rank: number): number[] => [BATCH, ...Array.from({ length: rank }, (_, i) => i)];
export const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);

// Names that the exporter made up, by which nobody knows a layer.
const MADE_UP = /^(?:onnx::|val_|node_|\d)/;

/** What the author called a layer: PyTorch names weights `fc1.weight`, and nodes `/fc1/Gemm`. */
export function authorsName(node: OnnxNode, weights: readonly string[]): string | undefined {
  const stems = weights.flatMap((name) => name.match(/^(.+)\.(?:weight|bias)(?:_\w+)?$/)?.[1] ?? []);
  const path = node.name.match(/^\/(.+)\/\w+$/)?.[1].replaceAll("/", ".");
  return [...stems, path].find((name) => name !== undefined && !MADE_UP.test(name));
}
