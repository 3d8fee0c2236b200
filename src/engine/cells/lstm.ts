/** Long short-term memory (Hochreiter & Schmidhuber, 1997), as Keras computes it; the gates in the order input, forget, output, candidate. */
import * as b from "../graph/build.ts";
import { act, beside, type Cell, parts, slope } from "./recurrence.ts";

export const lstm: Cell = {
  states: 2,
  gates: 4,
  forward(g, inputs, [h, c], { recurrent, activation, recurrentActivation }) {
    const units = h.shape.at(-1)!;
    const sums = b.matmul(g, h, recurrent, { bias: inputs });
    const [gateSums, candidateSum] = parts(g, sums, units, [3, 1]);
    const gates = act(g, recurrentActivation, gateSums);
    const candidate = act(g, activation, candidateSum);
    const [input, forget, output] = parts(g, gates, units, [1, 1, 1]);
    const cell = b.add(g, b.mul(g, forget, c), b.mul(g, input, candidate));
    const shown = act(g, activation, cell);
    return {
      states: [b.mul(g, output, shown), cell],
      kept: () => {
        const ofGates = b.mul(g, slope(g, recurrentActivation, gateSums, gates), beside(g, [candidate, c, shown]));
        const ofCandidate = b.mul(g, input, slope(g, activation, candidateSum, candidate));
        const ofCell = b.mul(g, output, slope(g, activation, cell, shown));
        return [beside(g, [ofGates, ofCandidate]), ofCell, forget];
      },
    };
  },
  backward(g, [dh, later], [ofGates, ofCell, forget], { recurrent }) {
    const dc = b.add(g, b.mul(g, dh, ofCell), later);
    const gates = b.mul(g, beside(g, [dc, dc, dh, dc]), ofGates);
    return { states: [b.matmul(g, gates, recurrent, { transB: true }), b.mul(g, dc, forget)], gates };
  },
};
