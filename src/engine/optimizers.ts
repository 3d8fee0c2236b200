/** The optimizers, as Keras 3 defines them: the update of one tensor, and the numbers that change with the step. */
import type { OptimizerName, Plan } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";

type OptimizerSettings = Plan["training"]["optimizer"];
type Update = { weights: Tensor; slots: Tensor[] };

type Optimizer = {
  /** The initial value of each state tensor (slot) that a weight tensor has. */
  slots(settings: OptimizerSettings): number[];
  /** The factors of the update at `step` (from 1) and learning rate `rate`. */
  coefficients(settings: OptimizerSettings, rate: number, step: number): number[];
  update(
    g: Graph,
    weights: Tensor,
    gradient: Tensor,
    slots: Tensor[],
    coefficients: Tensor[],
    settings: OptimizerSettings,
  ): Update;
};

const decayed = (g: Graph, memory: Tensor, keep: number, fresh: Tensor) => b.add(g, b.scale(g, memory, keep), fresh);

const sgd: Optimizer = {
  slots: ({ momentum }) => (momentum > 0 ? [0] : []),
  coefficients: (_settings, rate) => [rate],
  update(g, weights, gradient, [velocity], [rate], { momentum, nesterov }) {
    const step = b.mul(g, gradient, rate);
    if (!velocity) return { weights: b.sub(g, weights, step), slots: [] };
    const next = b.sub(g, b.scale(g, velocity, momentum), step);
    const move = nesterov ? b.sub(g, b.scale(g, next, momentum), step) : next;
    return { weights: b.add(g, weights, move), slots: [next] };
  },
};

// Both moments are stored divided by (1 − beta), which saves two operations a step; the coefficients make up for it.
const adam: Optimizer = {
  slots: () => [0, 0],
  coefficients({ beta1, beta2 }, rate, step) {
    const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    return [(corrected * (1 - beta1)) / Math.sqrt(1 - beta2)];
  },
  update(g, weights, gradient, [first, second], [rate], { beta1, beta2, epsilon }) {
    const m = decayed(g, first, beta1, gradient);
    const v = decayed(g, second, beta2, b.square(g, gradient));
    const root = b.add(g, b.sqrt(g, v), g.scalar(epsilon / Math.sqrt(1 - beta2)));
    return { weights: b.sub(g, weights, b.mul(g, b.div(g, m, root), rate)), slots: [m, v] };
  },
};

const rmsprop: Optimizer = {
  slots: ({ momentum }) => (momentum > 0 ? [0, 0] : [0]),
  coefficients: ({ rho }, rate) => [rate / Math.sqrt(1 - rho)],
  update(g, weights, gradient, [second, velocity], [rate], { rho, epsilon, momentum }) {
    const v = decayed(g, second, rho, b.square(g, gradient));
    const step = b.mul(g, b.div(g, gradient, b.sqrt(g, b.add(g, v, g.scalar(epsilon / (1 - rho))))), rate);
    if (!velocity) return { weights: b.sub(g, weights, step), slots: [v] };
    const next = decayed(g, velocity, momentum, step);
    return { weights: b.sub(g, weights, next), slots: [v, next] };
  },
};

const adagrad: Optimizer = {
  // Keras: initial_accumulator_value.
  slots: () => [0.1],
  coefficients: (_settings, rate) => [rate],
  update(g, weights, gradient, [squares], [rate], { epsilon }) {
    const sum = b.add(g, squares, b.square(g, gradient));
    const step = b.div(g, b.mul(g, gradient, rate), b.sqrt(g, b.add(g, sum, g.scalar(epsilon))));
    return { weights: b.sub(g, weights, step), slots: [sum] };
  },
};

const adadelta: Optimizer = {
  slots: () => [0, 0],
  coefficients: (_settings, rate) => [rate],
  update(g, weights, gradient, [squares, moves], [rate], { rho, epsilon }) {
    const fading = (memory: Tensor, fresh: Tensor) => decayed(g, memory, rho, b.scale(g, b.square(g, fresh), 1 - rho));
    const root = (x: Tensor) => b.sqrt(g, b.add(g, x, g.scalar(epsilon)));
    const power = fading(squares, gradient);
    const move = b.div(g, b.mul(g, root(moves), gradient), root(power));
    return { weights: b.sub(g, weights, b.mul(g, move, rate)), slots: [power, fading(moves, move)] };
  },
};

// As in adam, the first moment is stored divided by (1 − beta1).
const adamax: Optimizer = {
  slots: () => [0, 0],
  coefficients: ({ beta1 }, rate, step) => [(rate * (1 - beta1)) / (1 - beta1 ** step)],
  update(g, weights, gradient, [first, largest], [rate], { beta1, beta2, epsilon }) {
    const m = decayed(g, first, beta1, gradient);
    const u = b.max(g, b.scale(g, largest, beta2), b.abs(g, gradient));
    const step = b.div(g, b.mul(g, m, rate), b.add(g, u, g.scalar(epsilon)));
    return { weights: b.sub(g, weights, step), slots: [m, u] };
  },
};

/** Π (1 − 0.96ⁱ / 2) over the first 0, 1, 2 … steps; later factors are 1. */
const NADAM = [1];
for (let i = 1; i <= 1000; i++) NADAM.push(NADAM[i - 1] * (1 - 0.5 * 0.96 ** i));

// Both moments are stored as in adam; numerator and denominator are multiplied by the factor that restores the second one.
const nadam: Optimizer = {
  slots: () => [0, 0],
  coefficients({ beta1, beta2, epsilon }, rate, step) {
    const product = (steps: number) => beta1 ** steps * NADAM[Math.min(steps, NADAM.length - 1)];
    const [now, next] = [step, step + 1].map((t) => beta1 * (1 - 0.5 * 0.96 ** t));
    const whole = Math.sqrt((1 - beta2 ** step) / (1 - beta2));
    const ahead = (next * (1 - beta1)) / (1 - product(step + 1));
    const here = (1 - now) / (1 - product(step));
    return [rate * ahead * whole, rate * here * whole, epsilon * whole];
  },
  update(g, weights, gradient, [first, second], [ahead, here, epsilon], { beta1, beta2 }) {
    const m = decayed(g, first, beta1, gradient);
    const v = decayed(g, second, beta2, b.square(g, gradient));
    const move = b.add(g, b.mul(g, m, ahead), b.mul(g, gradient, here));
    return { weights: b.sub(g, weights, b.div(g, move, b.add(g, b.sqrt(g, v), epsilon))), slots: [m, v] };
  },
};

/** With weightDecay, a share of learning rate · weightDecay is subtracted from every weight before the step, whatever the optimizer. */
const withDecay = (plain: Optimizer): Optimizer => ({
  slots: plain.slots,
  coefficients(settings, rate, step) {
    const own = plain.coefficients(settings, rate, step);
    return settings.weightDecay > 0 ? [...own, 1 - rate * settings.weightDecay] : own;
  },
  update(g, weights, gradient, slots, coefficients, settings) {
    if (!(settings.weightDecay > 0)) return plain.update(g, weights, gradient, slots, coefficients, settings);
    const kept = b.mul(g, weights, coefficients.at(-1)!);
    return plain.update(g, kept, gradient, slots, coefficients.slice(0, -1), settings);
  },
});

export const OPTIMIZERS: Readonly<Record<OptimizerName, Optimizer>> = {
  sgd: withDecay(sgd),
  adam: withDecay(adam),
  adamw: withDecay(adam),
  rmsprop: withDecay(rmsprop),
  adagrad: withDecay(adagrad),
  adadelta: withDecay(adadelta),
  adamax: withDecay(adamax),
  nadam: withDecay(nadam),
};

/** All numbers that a step needs: the optimizer's and, last, the share that averaged weights keep (Keras' use_ema: the first step sets them). */
export function numbersOf({ optimizer, averageWeights }: Plan["training"], rate: number, step: number): number[] {
  const own = OPTIMIZERS[optimizer.name].coefficients(optimizer, rate, step);
  return averageWeights === null ? own : [...own, step === 1 ? 0 : averageWeights];
}

/** The exponential moving average of weights after a step. */
export const averaged = (g: Graph, average: Tensor, weights: Tensor, keep: Tensor): Tensor =>
  b.add(g, b.mul(g, average, keep), b.mul(g, weights, b.sub(g, g.scalar(1), keep)));
