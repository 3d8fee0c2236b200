/** Operations element by element: arithmetic, activations, comparisons, and the bits of the random numbers. */
import * as b from "./build.ts";
import type { Graph, Node, Tensor } from "./graph.ts";
import { attribute, each, type Operation, offset, strides, unbroadcast, type Value } from "./operation.ts";

type UnaryGradient = (g: Graph, x: Tensor, y: Tensor, dy: Tensor, alpha: number) => Tensor;

function unary(f: (x: number, alpha: number, beta: number) => number, gradient?: UnaryGradient): Operation {
  return {
    evaluate([x], node) {
      const alpha = "alpha" in node.attributes ? attribute(node, "alpha") : 0;
      const beta = "beta" in node.attributes ? attribute(node, "beta") : 0;
      return [{ shape: x.shape, data: Float64Array.from(x.data as Float64Array, (v) => f(v, alpha, beta)) }];
    },
    gradient:
      gradient &&
      ((g, node, dy) => [
        gradient(g, node.inputs[0]!, node.outputs[0], dy, "alpha" in node.attributes ? attribute(node, "alpha") : 0),
      ]),
  };
}

type Make = (n: number) => Float64Array | Uint32Array | Uint8Array;
const asFloat: Make = (n) => new Float64Array(n);
const asUint: Make = (n) => new Uint32Array(n);
const asBool: Make = (n) => new Uint8Array(n);

/** Elementwise over broadcast inputs; numbers are passed as they are, bools as 0 and 1. */
function zip(f: (...x: number[]) => number, make: (inputs: Value[]) => Make): (inputs: Value[], node: Node) => Value[] {
  return (inputs, node) => {
    const shape = node.outputs[0].shape;
    const data = make(inputs)(shape.reduce((p, n) => p * n, 1));
    const steps = inputs.map((input) => strides(input.shape, shape.length));
    each(shape, (flat, position) => {
      data[flat] = f(...inputs.map((input, k) => Number(input.data[offset(position, steps[k])])));
    });
    return [{ shape, data }];
  };
}

const sameKind = (inputs: Value[]): Make => (inputs[0].data instanceof Uint32Array ? asUint : asFloat);

type BinaryGradient = (g: Graph, a: Tensor, c: Tensor, dy: Tensor, y: Tensor) => [Tensor, Tensor];
function binary(f: (a: number, c: number) => number, gradient: BinaryGradient): Operation {
  return {
    evaluate: zip(f, sameKind),
    gradient: (g, node, dy) => {
      const [a, c] = node.inputs as Tensor[];
      const [da, dc] = gradient(g, a, c, dy, node.outputs[0]);
      return [unbroadcast(g, da, a.shape), unbroadcast(g, dc, c.shape)];
    },
  };
}

// Comparisons are piecewise constant, so no gradient passes.
const nothing: Operation["gradient"] = (_g, node) => node.inputs.map(() => null);
const compare = (f: (a: number, c: number) => boolean): Operation => ({
  evaluate: zip(
    (a, c) => (f(a, c) ? 1 : 0),
    () => asBool,
  ),
  gradient: nothing,
});

// Keras: scale 1.0507…, alpha 1.6733… (Klambauer et al., 2017); ONNX Selu has the same defaults.
const SELU = { alpha: 1.6732632423543772, gamma: 1.0507009873554805 };

/** The error function by its series, or by its continued fraction for large |x|: accurate to double precision at the tested values. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let term = x;
  let total = x;
  for (let n = 1; n < 200 && Math.abs(term) > 1e-17; n++) {
    term *= (-x * x) / n;
    total += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

// A line this steep, clipped to 0 … 1, is the step from 0 to 1; it keeps NaN, and the runtime computes it 8 times faster than Sign.
const STEEP = { alpha: { float: 1e30 }, beta: { float: 0 } };

/** dy where y > 0. */
const passPositive = (g: Graph, y: Tensor, dy: Tensor) =>
  b.mul(g, dy, g.add("HardSigmoid", [y], { shape: y.shape }, STEEP));

/** dy · (1 where x > 0, else `below`). */
const piecewise = (g: Graph, x: Tensor, dy: Tensor, above: number, below: Tensor) =>
  b.mul(g, dy, b.where(g, b.greater(g, x, g.scalar(0)), g.scalar(above), below));

const products = binary(
  () => 0,
  (g, a, c, dy) => [b.mul(g, dy, c), b.mul(g, dy, a)],
);

export const elementwise: Record<string, Operation> = {
  Add: {
    evaluate: zip((a, c) => a + c, sameKind),
    gradient: (g, node, dy) => node.inputs.map((input) => unbroadcast(g, dy, input!.shape)),
  },
  Sub: {
    evaluate: zip((a, c) => a - c, sameKind),
    gradient: (g, node, dy) => {
      const [da, dc] = node.inputs.map((input) => unbroadcast(g, dy, input!.shape));
      return [da, b.neg(g, dc)];
    },
  },
  Mul: {
    // 32-bit integers wrap around, as in the runtime.
    evaluate: (inputs, node) =>
      zip(inputs[0].data instanceof Uint32Array ? (a, c) => Math.imul(a, c) >>> 0 : (a, c) => a * c, sameKind)(
        inputs,
        node,
      ),
    gradient: (g, node, dy) =>
      node.inputs[0] === node.inputs[1]
        ? [b.mul(g, b.scale(g, dy, 2), node.inputs[0]!), null]
        : products.gradient!(g, node, dy),
  },
  Div: binary(
    (a, c) => a / c,
    (g, _a, c, dy, y) => [b.div(g, dy, c), b.neg(g, b.div(g, b.mul(g, dy, y), c))],
  ),
  Max: binary(
    (a, c) => (Number.isNaN(a) || Number.isNaN(c) ? Number.NaN : Math.max(a, c)),
    (g, a, c, dy) => [
      b.mul(g, dy, b.cast(g, b.greater(g, a, c), "float32")),
      b.mul(g, dy, b.cast(g, b.atLeast(g, c, a), "float32")),
    ],
  ),
  Min: binary(
    (a, c) => (Number.isNaN(a) || Number.isNaN(c) ? Number.NaN : Math.min(a, c)),
    (g, a, c, dy) => [
      b.mul(g, dy, b.cast(g, b.greater(g, c, a), "float32")),
      b.mul(g, dy, b.cast(g, b.atLeast(g, a, c), "float32")),
    ],
  ),
  Neg: unary(
    (x) => -x,
    (g, _x, _y, dy) => b.neg(g, dy),
  ),
  Exp: unary(Math.exp, (g, _x, y, dy) => b.mul(g, dy, y)),
  Log: unary(Math.log, (g, x, _y, dy) => b.div(g, dy, x)),
  Sqrt: unary(Math.sqrt, (g, _x, y, dy) => b.div(g, dy, b.scale(g, y, 2))),
  Abs: unary(Math.abs, (g, x, _y, dy) => b.mul(g, dy, b.sign(g, x))),
  Sign: { ...unary(Math.sign), gradient: nothing },
  Cos: unary(Math.cos),
  Relu: unary(
    (x) => (x < 0 ? 0 : x),
    (g, _x, y, dy) => passPositive(g, y, dy),
  ),
  LeakyRelu: unary(
    (x, alpha) => (x < 0 ? alpha * x : x),
    (g, x, _y, dy, alpha) => piecewise(g, x, dy, 1, g.scalar(alpha)),
  ),
  Elu: unary(
    (x, alpha) => (x < 0 ? alpha * Math.expm1(x) : x),
    (g, x, y, dy, alpha) => piecewise(g, x, dy, 1, b.add(g, y, g.scalar(alpha))),
  ),
  Selu: unary(
    (x) => SELU.gamma * (x > 0 ? x : SELU.alpha * Math.expm1(x)),
    (g, x, y, dy) => piecewise(g, x, dy, SELU.gamma, b.add(g, y, g.scalar(SELU.gamma * SELU.alpha))),
  ),
  Gelu: unary(
    (x) => 0.5 * x * (1 + erf(x / Math.SQRT2)),
    (g, x, _y, dy) => {
      const cdf = b.scale(
        g,
        b.add(g, g.add("Erf", [b.scale(g, x, Math.SQRT1_2)], { shape: x.shape }), g.scalar(1)),
        0.5,
      );
      const density = b.scale(g, b.exp(g, b.scale(g, b.square(g, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return b.mul(g, dy, b.add(g, cdf, b.mul(g, x, density)));
    },
  ),
  Erf: unary(erf),
  Sigmoid: unary(logistic, (g, _x, y, dy) => b.mul(g, dy, b.mul(g, y, b.sub(g, g.scalar(1), y)))),
  HardSigmoid: unary(
    (x, alpha, beta) => Math.min(1, Math.max(0, alpha * x + beta)),
    (g, _x, y, dy, alpha) => b.scale(g, b.mul(g, dy, b.sign(g, b.mul(g, y, b.sub(g, g.scalar(1), y)))), alpha),
  ),
  Tanh: unary(Math.tanh, (g, _x, y, dy) => b.mul(g, dy, b.sub(g, g.scalar(1), b.square(g, y)))),
  Softplus: unary(
    (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))),
    (g, x, _y, dy) => b.mul(g, dy, b.sigmoid(g, x)),
  ),
  Softsign: unary(
    (x) => x / (1 + Math.abs(x)),
    (g, x, _y, dy) => b.div(g, dy, b.square(g, b.add(g, b.abs(g, x), g.scalar(1)))),
  ),
  Greater: compare((a, c) => a > c),
  GreaterOrEqual: compare((a, c) => a >= c),
  Equal: compare((a, c) => a === c),
  Where: {
    evaluate: zip(
      (condition, a, c) => (condition ? a : c),
      () => asFloat,
    ),
    gradient: (g, node, dy) => {
      const [condition, a, c] = node.inputs as Tensor[];
      return [
        null,
        unbroadcast(g, b.where(g, condition, dy, g.scalar(0)), a.shape),
        unbroadcast(g, b.where(g, condition, g.scalar(0), dy), c.shape),
      ];
    },
  },
  Cast: {
    evaluate: ([x], node) => {
      const whole = node.outputs[0].dtype !== "float32";
      return [
        { shape: x.shape, data: Float64Array.from(x.data as Uint8Array, (v) => (whole ? Math.trunc(v) : Number(v))) },
      ];
    },
    gradient: nothing,
  },
  BitShift: {
    evaluate: zip(
      (x, by) => x >>> by,
      () => asUint,
    ),
  },
  BitwiseXor: {
    evaluate: zip(
      (a, c) => (a ^ c) >>> 0,
      () => asUint,
    ),
  },
};
