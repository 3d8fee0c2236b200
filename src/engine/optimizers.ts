/** The optimizers, as Keras 3 defines them: the update of one tensor, and the numbers that change with the step. */
import type { Plan } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";

export type OptimizerSettings = Plan["training"]["optimizer"];
type Update = { weights: Tensor; slots: Tensor[] };

export type Optimizer = {
  /** How many tensors of memory each weight tensor has; all start at zero. */
  slots(settings: OptimizerSettings): number;
  /** What the update multiplies with at `step` (from 1) and learning rate `rate`. */
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
  slots: ({ momentum }) => (momentum > 0 ? 1 : 0),
  coefficients: (_settings, rate) => [rate],
  update(g, weights, gradient, [velocity], [rate], { momentum, nesterov }) {
    const step = b.mul(g, gradient, rate);
    if (!velocity) return { weights: b.sub(g, weights, step), slots: [] };
    const next = b.sub(g, b.scale(g, velocity, momentum), step);
    const move = nesterov ? b.sub(g, b.scale(g, next, momentum), step) : next;
    return { weights: b.add(g, weights, move), slots: [next] };
  },
};

// The memories are kept divided by (1 − beta), which saves two operations a step; the coefficients make up for it.
const adam: Optimizer = {
  slots: () => 2,
  coefficients({ beta1, beta2 }, rate, step) {
    const corrected = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    return [(corrected * (1 - beta1)) / Math.sqrt(1 - beta2)];
  },
  update(g, weights, gradient, [first, second], [rate], { beta1, beta2, epsilon }) {
    const m = decayed(g, first, beta1, gradient);
    const v = decayed(g, second, beta2, b.square(g, gradient));
    const spread = b.add(g, b.sqrt(g, v), g.scalar(epsilon / Math.sqrt(1 - beta2)));
    return { weights: b.sub(g, weights, b.mul(g, b.div(g, m, spread), rate)), slots: [m, v] };
  },
};

const rmsprop: Optimizer = {
  slots: ({ momentum }) => (momentum > 0 ? 2 : 1),
  coefficients: ({ rho }, rate) => [rate / Math.sqrt(1 - rho)],
  update(g, weights, gradient, [second, velocity], [rate], { rho, epsilon, momentum }) {
    const v = decayed(g, second, rho, b.square(g, gradient));
    const step = b.mul(g, b.div(g, gradient, b.sqrt(g, b.add(g, v, g.scalar(epsilon / (1 - rho))))), rate);
    if (!velocity) return { weights: b.sub(g, weights, step), slots: [v] };
    const next = decayed(g, velocity, momentum, step);
    return { weights: b.sub(g, weights, next), slots: [v, next] };
  },
};

/** With weightDecay, rate · weightDecay of every weight is taken off before the step, whatever the optimizer. */
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

export const OPTIMIZERS: Readonly<Record<string, Optimizer>> = Object.fromEntries(
  Object.entries({ sgd, adam, adamw: adam, rmsprop }).map(([name, optimizer]) => [name, withDecay(optimizer)]),
);
