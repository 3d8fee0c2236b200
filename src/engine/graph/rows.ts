/** Gathers rows of a table by index, adds values to rows, and finds the index of the largest number in a row. */
import * as b from "./build.ts";
import { type Graph, size, type Tensor } from "./graph.ts";
import type { Operation } from "./operation.ts";

// The runtime splits a larger operation over its threads, which then add to one row in no fixed order.
const ONE_THREAD = 2 ** 16;

/** A table [rows, width] of zeros to which `values` [n, width] are added, each at the row with the index in `at` [n]. */
function addRows(g: Graph, rows: number, at: Tensor, values: Tensor): Tensor {
  const [n, width] = values.shape;
  const shape = [rows, width];
  const where = b.reshape(g, b.cast(g, at, "int64"), [n, 1]);
  const most = Math.max(1, Math.floor(ONE_THREAD / width));
  let table = g.add("Expand", [g.scalar(0), g.ints(shape)], { shape });
  for (let from = 0; from < n; from += most) {
    const length = Math.min(most, n - from);
    const part = (tensor: Tensor) => b.slice(g, tensor, 0, from, length);
    table = g.add("ScatterND", [table, part(where), part(values)], { shape }, { reduction: "add" });
  }
  return table;
}

export const picking: Record<string, Operation> = {
  Gather: {
    evaluate: ([x, rows], node) => {
      const width = size(x.shape.slice(1));
      const data = new Float64Array(rows.data.length * width);
      rows.data.forEach((row: number | bigint, i: number) => {
        data.set((x.data as Float64Array).subarray(Number(row) * width, (Number(row) + 1) * width), i * width);
      });
      return [{ shape: node.outputs[0].shape, data }];
    },
    gradient(g, node, dy) {
      const [table, rows] = node.inputs as Tensor[];
      const width = size(table.shape.slice(1));
      const n = size(rows.shape);
      const sums = addRows(g, table.shape[0], b.reshape(g, rows, [n]), b.reshape(g, dy, [n, width]));
      return [b.reshape(g, sums, table.shape), null];
    },
  },
  ArgMax: {
    evaluate: ([x], node) => {
      const width = x.shape.at(-1)!;
      const data = Float64Array.from({ length: x.data.length / width }, (_, i) => {
        const row = Array.from(x.data.slice(i * width, (i + 1) * width), Number);
        return row.indexOf(row.reduce((most, value) => (value > most ? value : most)));
      });
      return [{ shape: node.outputs[0].shape, data }];
    },
  },
  ScatterND: {
    evaluate([table, rows, values]) {
      const width = size(table.shape.slice(1));
      const data = Float64Array.from(table.data as Float64Array);
      values.data.forEach((value: number | bigint, i: number) => {
        data[Number(rows.data[Math.floor(i / width)]) * width + (i % width)] += Number(value);
      });
      return [{ shape: table.shape, data }];
    },
  },
};
