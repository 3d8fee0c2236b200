/** Turns what the observation graph saw into the statistics of each layer. */
import type { LayerStats } from "./events.ts";
import type { Setup } from "./forward.ts";
import { observed, SEEN } from "./observe.ts";

type State = Record<string, Float32Array>;

/** @param after the state one step later, for the update ratio. */
export function lookInside(setup: Setup, seen: State, before: State, after: State, lanes: number): LayerStats[][] {
  const { layers, weights, groups } = setup.network;
  const shown = layers.filter(({ layer }) => observed(layer));
  return Array.from({ length: lanes }, (_, lane) => {
    const activations = seen["activations"]?.subarray(lane * shown.length * SEEN.length) ?? new Float32Array();
    const norms = seen["norms"]?.subarray(lane * weights.length * 2) ?? new Float32Array();
    return shown.map(({ name, index }, k): LayerStats => {
      const [mean, std, zeros, saturated, deadUnits] = activations.subarray(k * SEEN.length);
      const stats: LayerStats = { name, activation: { mean, std, zeros, saturated, deadUnits } };
      const at = weights.findIndex((weight) => weight.layer === index && /^(forward\.)?kernel$/.test(weight.name));
      if (at < 0) return stats;
      const group = groups.find((g) => g.weights.includes(weights[at]))!;
      const start = group.weights.slice(0, group.weights.indexOf(weights[at])).reduce((n, w) => n + w.size, 0);
      const part = (state: State) =>
        state[group.name]?.subarray(lane * group.size + start, lane * group.size + start + weights[at].size);
      const [from, to] = [part(before), part(after)];
      let moved = 0;
      if (from && to) for (let i = 0; i < from.length; i++) moved += (to[i] - from[i]) ** 2;
      return {
        ...stats,
        gradient: norms[2 * at],
        weight: norms[2 * at + 1],
        update: Math.sqrt(moved) / norms[2 * at + 1],
      };
    });
  });
}
