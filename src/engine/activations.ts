/** The activation functions, as Keras 3 defines them. */
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";

type Activation = (g: Graph, x: Tensor) => Tensor;

export const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  linear: (_g, x) => x,
  relu: b.relu,
  // Keras 3: negative_slope 0.2.
  leakyRelu: (g, x) => b.leakyRelu(g, x, 0.2),
  elu: b.elu,
  selu: b.selu,
  // Exact, by the error function (Keras: approximate=False).
  gelu: b.gelu,
  swish: (g, x) => b.mul(g, x, b.sigmoid(g, x)),
  sigmoid: b.sigmoid,
  // Keras 3: relu6(x + 3) / 6.
  hardSigmoid: (g, x) => b.hardSigmoid(g, x, 1 / 6),
  tanh: b.tanh,
  softplus: b.softplus,
  softsign: b.softsign,
  softmax: b.softmax,
};

/** The output values, below `low` or above `high`, at which an activation counts as saturated: it passes hardly any gradient. */
export const SATURATION: Readonly<Record<string, { low: number; high: number }>> = {
  // |input| ≥ 5, as DeepDiagnosis counts it (ICSE 2022).
  sigmoid: { low: 1 / (1 + Math.exp(5)), high: 1 / (1 + Math.exp(-5)) },
  tanh: { low: -Math.tanh(5), high: Math.tanh(5) },
  hardSigmoid: { low: 0, high: 1 },
  softsign: { low: -5 / 6, high: 5 / 6 },
};

/** Activations that never decrease, so that the activation of a maximum is the maximum of the activations. */
export const RISING: ReadonlySet<string> = new Set(
  "linear relu leakyRelu elu selu sigmoid hardSigmoid tanh softplus softsign".split(" "),
);
