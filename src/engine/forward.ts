/** The network in a graph: its inputs, from the picked rows to the output, and the loss. */
import type { Layer } from "../plan/plan.ts";
import * as b from "./graph/build.ts";
import type { Tensor } from "./graph/graph.ts";
import { kindOf } from "./layers/index.ts";
import type { Built, Context, Draw, Signal, Weights } from "./layers/layer.ts";
import { LOSSES, type LossValue } from "./losses.ts";
import { DATA, type ResolvedLayer, TARGET } from "./resolved-network.ts";
import { type Forward, type Inputs, key, lead, type Setup } from "./setup.ts";
import { shifted, tokenLoss } from "./tokens.ts";

/**
 * How the network is run: batch or moving statistics, which rows count, the random numbers that the layers asked for, and the
 * input tokens of a decoder (absent: those of the target).
 */
type Mode = Pick<Context, "training" | "real"> & { drawn: readonly Tensor[] | null; teacherForced?: Tensor };
export const EVALUATE: Mode = { training: false, real: null, drawn: null };

/** The random numbers that a layer needs in every step. */
export const drawsOf = ({ layer, befores: [before, ...more] }: ResolvedLayer): Draw[] =>
  kindOf(layer.layer).draws?.(layer, before, ...more) ?? [];

/** The network from the picked rows on. `logits` is the input of the last activation, if nothing but a change of shape follows it. */
export function forward(
  setup: Setup,
  inputs: Inputs,
  { drawn, teacherForced, ...mode }: Mode,
  visit: (layer: ResolvedLayer, signal: Signal) => void = () => {},
): Forward {
  const { g, x, picked, weights, target } = inputs;
  const { layers } = setup.network;
  const data: Signal = { tensor: b.gather(g, x, picked), shape: setup.inputShape, channelsFirst: false, mask: null };
  const shape = [setup.targetWidth];
  const late = () => ({ tensor: shifted(inputs, teacherForced ?? target), shape, channelsFirst: false, mask: null });
  const signals: Built[] = [];
  const after = new Map<string, Tensor>();
  const left = drawn && [...drawn];
  const context = { g, lead: lead(setup), rows: setup.rows, ...mode, drawn: null };
  for (const resolved of layers) {
    const { layer, index } = resolved;
    const kind = kindOf(layer.layer);
    const [before, ...more] = resolved.inputs.map((at) => (at === DATA ? data : at === TARGET ? late() : signals[at]));
    const own = left && { drawn: left.splice(0, drawsOf(resolved).length) };
    const built = kind.build({ ...context, ...own }, layer, before, weightsOf(setup, weights, index), ...more);
    const logits = built.logits ?? reshaped(setup, context, layer, before);
    const { tensor, shape, channelsFirst, mask } = built;
    signals.push({ tensor, shape, channelsFirst, mask, ...(logits && { logits }) });
    for (const [name, value] of Object.entries(built.after ?? {})) after.set(key(index, name), value);
    visit(resolved, built);
  }
  const last = signals.at(-1)!;
  const flat = (signal: Signal) => kindOf("flatten").build(context, FLATTEN, signal, {}).tensor;
  return {
    output: flat(last),
    logits: last.logits ? flat({ ...last, tensor: last.logits }) : null,
    mask: last.mask,
    after,
  };
}

const FLATTEN = { layer: "flatten" } as Layer;

/** The logits before a layer that only changes their shape, in that shape; softmax works along a row, so it is not the same after a change of shape. */
function reshaped({ network }: Setup, context: Context, layer: Layer, before: Built): Tensor | undefined {
  const only = (layer.layer === "flatten" || layer.layer === "reshape") && network.lastActivation !== "softmax";
  if (!only || !before.logits) return undefined;
  return kindOf(layer.layer).build(context, layer, { ...before, tensor: before.logits }, {}).tensor;
}

const weightsOf = ({ network }: Setup, weights: Map<string, Tensor>, layer: number): Weights =>
  Object.fromEntries(
    network.weights.flatMap((w) => (w.layer === layer ? [[w.name, weights.get(key(layer, w.name))!]] : [])),
  );

/** The loss of each row, and where its gradient enters; `weight` [..., rows, 1] as in LossInput. */
export function lossOf(setup: Setup, inputs: Inputs, result: Forward, weight: Tensor): LossValue {
  const { g, target } = inputs;
  const { output, logits } = result;
  const formula = LOSSES[setup.loss.name];
  const lastActivation = logits ? setup.network.lastActivation : "none";
  const common = {
    g,
    output,
    logits: logits ?? output,
    lastActivation,
    weight,
    settings: setup.loss,
    binary: setup.binaryTargets,
    sumToOne: setup.targetsSumToOne,
  };
  return setup.tokens ? tokenLoss(setup, inputs, result, common) : formula({ ...common, target });
}
