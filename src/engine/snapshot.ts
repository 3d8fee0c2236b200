/** Turns the outputs of the observation graph into the statistics of each layer. */
import type { LayerStats } from "./events.ts";
import { observed, observedKernels, STATISTICS } from "./observe.ts";
import type { Weight } from "./resolved-network.ts";
import type { Setup } from "./setup.ts";

type State = Record<string, Float32Array>;

/** @param after the state one step later, for the update ratio. */
export function snapshotOf(
  { network, stack }: Setup,
  observations: State,
  before: State,
  after: State,
): LayerStats[][] {
  const shown = network.layers.filter(({ layer }) => observed(layer));
  const kernels = observedKernels(network);
  return Array.from({ length: stack }, (_, lane) => {
    const activations =
      observations["activations"]?.subarray(lane * shown.length * STATISTICS.length) ?? new Float32Array();
    const norms = observations["norms"]?.subarray(lane * kernels.length * 2) ?? new Float32Array();
    const part = (kernel: Weight, state: State) => weightIn(network, kernel, state, lane);
    return shown.map(({ name, index }, k): LayerStats => {
      const [mean, std, zeros, saturated, deadUnits] = activations.subarray(k * STATISTICS.length);
      const stats: LayerStats = { name, activation: { mean, std, zeros, saturated, deadUnits } };
      const at = kernels.findIndex(({ layer }) => layer === index);
      if (at < 0) return stats;
      const [gradient, weight] = norms.subarray(2 * at);
      return {
        ...stats,
        gradient,
        weight,
        update: distance(part(kernels[at], before), part(kernels[at], after)) / weight,
      };
    });
  });
}

/** A weight of one lane; absent where the training does not change it. */
function weightIn({ groups }: Setup["network"], weight: Weight, state: State, lane: number): Float32Array | undefined {
  const group = groups.find(({ weights }) => weights.includes(weight))!;
  const within = group.weights.slice(0, group.weights.indexOf(weight)).reduce((n, { size }) => n + size, 0);
  const start = lane * group.size + within;
  return state[group.name]?.subarray(start, start + weight.size);
}

function distance(from?: Float32Array, to?: Float32Array): number {
  if (!from || !to) return 0;
  let sum = 0;
  for (let i = 0; i < from.length; i++) sum += (to[i] - from[i]) ** 2;
  return Math.sqrt(sum);
}
