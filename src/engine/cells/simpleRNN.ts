/** The fully connected recurrent unit (Elman, 1990), as Keras computes it. */
import * as b from "../graph/build.ts";
import { act, type Cell, slope } from "./recurrence.ts";

export const simpleRNN: Cell = {
  states: 1,
  gates: 1,
  forward(g, inputs, [h], { recurrent, activation }) {
    const sum = b.matmul(g, h, recurrent, { bias: inputs });
    const output = act(g, activation, sum);
    return { states: [output], kept: () => [slope(g, activation, sum, output)] };
  },
  backward(g, [dh], [rise], { recurrent }) {
    const gates = b.mul(g, dh, rise);
    return { states: [b.matmul(g, gates, recurrent, { transB: true })], gates };
  },
};
