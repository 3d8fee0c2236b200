/** The graph that observes the layers: statistics of their activations, and the norms of their weights and gradients. */
import type { Layer } from "../plan/plan.ts";
import { SATURATION } from "./activations.ts";
import { alike, all, type Once, weightGradients } from "./compile.ts";
import { EVALUATE, forward, lossOf } from "./forward.ts";
import * as b from "./graph/build.ts";
import type { Graph, Tensor } from "./graph/graph.ts";
import type { Signal } from "./layers/layer.ts";
import type { Network, Weight } from "./resolved-network.ts";
import { begin, key, lead, type Setup } from "./setup.ts";

/** The five statistics of a layer's activations. */
export const STATISTICS = ["mean", "std", "zeros", "saturated", "deadUnits"] as const;

/** A snapshot on some rows, without dropout, batch statistics those of these rows: STATISTICS of the activations by layer, and the norms of each kernel's gradient and of the kernel. */
export function observation(setup: Setup): Once {
  const built = begin(setup);
  const { g, x, y, picked, groups, weights } = built;
  const from = lead(setup).length;
  const parts: Tensor[] = [];
  const line = (tensor: Tensor) => b.reshape(g, tensor, [...lead(setup), 1]);
  const result = forward(setup, built, { ...EVALUATE, training: true }, (resolved, signal) => {
    if (!observed(resolved.layer)) return;
    parts.push(...lookAt(g, signal, resolved.layer, from).map(line));
  });
  const { seed } = lossOf(
    setup,
    built,
    result,
    alike(setup, g, 1 / (setup.rows * (setup.tokens ? setup.targetWidth : 1))),
  );
  const own = weightGradients(setup, built, seed);
  const squares = observedKernels(setup.network).flatMap(({ layer, name }) => {
    const tensor = weights.get(key(layer, name))!;
    const gradient = own.get(key(layer, name)) ?? b.scale(g, tensor, 0);
    return [gradient, tensor].map((t) => line(b.squares(g, t, from)));
  });
  const joined = (list: Tensor[]) => b.concat(g, list, from);
  return {
    g,
    inputs: { x, y, rows: picked, ...Object.fromEntries(groups) },
    outputs: {
      ...(parts.length > 0 && { activations: joined(parts) }),
      ...(squares.length > 0 && { norms: b.sqrt(g, joined(squares)) }),
    },
  };
}

/** The activation of a layer, or of the one that it wraps. */
function activationOf(layer: Layer): string | undefined {
  const own = "of" in layer ? layer.of : layer;
  return "activation" in own ? own.activation : undefined;
}

export const observed = (layer: Layer) => activationOf(layer) !== undefined;

/** The kernels of the observed layers, one per layer; of a bidirectional layer that of the first direction. */
export const observedKernels = ({ layers, weights }: Network): Weight[] =>
  layers.flatMap(({ layer, index }) => {
    const kernel = weights.find((weight) => weight.layer === index && /^(forward\.)?kernel$/.test(weight.name));
    return kernel && observed(layer) ? [kernel] : [];
  });

function lookAt(g: Graph, { tensor, channelsFirst }: Signal, layer: Layer, from: number): Tensor[] {
  const axes = all(tensor, from);
  const share = (condition: Tensor) => b.mean(g, b.cast(g, condition, "float32"), axes);
  const mean = b.mean(g, tensor, axes);
  const centred = b.sub(g, tensor, b.mean(g, tensor, axes, true));
  const std = b.sqrt(g, b.mean(g, b.square(g, centred), axes));
  const zero = g.scalar(0);
  const range = SATURATION[activationOf(layer) ?? ""];
  const saturated = range
    ? b.add(g, share(b.atLeast(g, tensor, g.scalar(range.high))), share(b.atLeast(g, g.scalar(range.low), tensor)))
    : b.scale(g, mean, 0);
  // A unit (a filter of a convolution) is dead when its output is 0 for every observed row.
  const unit = channelsFirst ? from + 1 : tensor.shape.length - 1;
  const peak = b.largest(
    g,
    b.abs(g, tensor),
    axes.filter((axis) => axis !== unit),
  );
  const dead = b.mean(g, b.cast(g, b.equal(g, peak, zero), "float32"), all(peak, from));
  return [mean, std, share(b.equal(g, tensor, zero)), saturated, dead];
}
