/** Sequences of tokens as a target: the loss of each token, the predicted token, and the input of a decoder with teacher forcing. */

import * as b from "./graph/build.ts";
import type { Tensor } from "./graph/graph.ts";
import { LOSSES, type LossInput, type LossValue } from "./losses.ts";
import { type Forward, type Inputs, lead, type Setup } from "./setup.ts";

/** [...lead, rows · steps, classes]: one vector for each token. */
function perToken(setup: Setup, { g }: Inputs, tensor: Tensor): Tensor {
  const [steps, classes] = setup.network.shape;
  return b.reshape(g, tensor, [...lead(setup), setup.rows * steps, classes]);
}

/** The sum of the losses over the tokens of each row; padding has no loss. `weight` is that of every token of the row. */
export function tokenLoss(setup: Setup, inputs: Inputs, result: Forward, common: Omit<LossInput, "target">): LossValue {
  const { g, target } = inputs;
  const [steps, classes] = setup.network.shape;
  const before = [...lead(setup), setup.rows];
  const numbers = g.constant(
    Float32Array.from({ length: classes }, (_, i) => i),
    [classes],
  );
  const column = (tensor: Tensor) => b.reshape(g, tensor, [...lead(setup), setup.rows * steps, 1]);
  const counts = b.cast(g, b.greater(g, target, g.scalar(0)), "float32");
  const { perRow, seed } = LOSSES[setup.loss.name]({
    ...common,
    output: perToken(setup, inputs, result.output),
    logits: perToken(setup, inputs, common.logits),
    target: b.cast(g, b.equal(g, column(target), numbers), "float32"),
    weight: column(b.mul(g, common.weight, counts)),
  });
  const counted = b.mul(g, b.reshape(g, perRow, [...before, steps]), counts);
  return { perRow: b.sum(g, counted, [-1], true), seed };
}

/** The most probable token of each step, [...lead, rows, steps]. */
export function predictedTokens(setup: Setup, inputs: Inputs, { output }: Forward): Tensor {
  const { g } = inputs;
  const [steps] = setup.network.shape;
  return b.reshape(g, b.argmax(g, perToken(setup, inputs, output)), [...lead(setup), setup.rows, steps]);
}

/** Tokens [...lead, rows, steps] shifted by one step: each step holds the token before it, the first one 0. */
export function shifted({ g }: Inputs, tokens: Tensor): Tensor {
  const axis = tokens.shape.length - 1;
  const start = g.constant(new Float32Array(tokens.shape.slice(0, -1).reduce((p, n) => p * n, 1)), [
    ...tokens.shape.slice(0, -1),
    1,
  ]);
  const steps = tokens.shape[axis];
  return steps === 1 ? start : b.concat(g, [start, b.slice(g, tokens, axis, 0, steps - 1)], axis);
}
