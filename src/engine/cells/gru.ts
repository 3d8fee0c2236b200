/** The gated recurrent unit (Cho et al., 2014) with the reset after the product, as Keras computes it; gates: update, reset, candidate. */
import * as b from "../graph/build.ts";
import { act, beside, type Cell, parts, slope } from "./recurrence.ts";

export const gru: Cell = {
  states: 1,
  gates: 3,
  forward(g, inputs, [h], { recurrent, recurrentBias, activation, recurrentActivation }) {
    const units = h.shape.at(-1)!;
    const past = b.matmul(g, h, recurrent, { bias: recurrentBias });
    const [inputGates, inputCandidate] = parts(g, inputs, units, [2, 1]);
    const [pastGates, pastCandidate] = parts(g, past, units, [2, 1]);
    const gateSums = b.add(g, inputGates, pastGates);
    const gates = act(g, recurrentActivation, gateSums);
    const [update, reset] = parts(g, gates, units, [1, 1]);
    const candidateSum = b.add(g, inputCandidate, b.mul(g, reset, pastCandidate));
    const candidate = act(g, activation, candidateSum);
    const change = b.sub(g, h, candidate);
    return {
      states: [b.add(g, candidate, b.mul(g, update, change))],
      kept: () => {
        const [ofUpdate, ofReset] = parts(g, slope(g, recurrentActivation, gateSums, gates), units, [1, 1]);
        const open = b.sub(g, g.scalar(1), update);
        const ofCandidate = b.mul(g, open, slope(g, activation, candidateSum, candidate));
        const resetPart = b.mul(g, b.mul(g, ofCandidate, pastCandidate), ofReset);
        const ofGates = beside(g, [b.mul(g, change, ofUpdate), resetPart, b.mul(g, ofCandidate, reset)]);
        return [ofGates, ofCandidate, update];
      },
    };
  },
  backward(g, [dh], [ofGates, ofCandidate, update], { recurrent }) {
    const units = dh.shape.at(-1)!;
    const gates = b.mul(g, beside(g, [dh, dh, dh]), ofGates);
    const [both] = parts(g, gates, units, [2, 1]);
    const past = b.add(g, b.matmul(g, gates, recurrent, { transB: true }), b.mul(g, dh, update));
    return { states: [past], gates, inputs: beside(g, [both, b.mul(g, dh, ofCandidate)]) };
  },
};
