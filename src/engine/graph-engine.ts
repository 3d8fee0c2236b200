/** Our own engine: prepares the data of each seed, stacks what can be stacked, and trains on a runtime. */
import type { Dataset } from "../data/dataset.ts";
import { type Prepared, prepare } from "../data/prepare.ts";
import type { Plan } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import type { Engine } from "./engine.ts";
import { reading } from "./examples.ts";
import { type Lane, stackable, stackKey } from "./lane.ts";
import { resolve } from "./resolve.ts";
import { DATA, type Network } from "./resolved-network.ts";
import type { Runtime } from "./runtime.ts";
import { type LaneEvent, type StackOptions, Training } from "./train.ts";

/** One training, ready to start: the plan resolved and its data prepared for the seed. */
export function makeLane(plan: Plan, dataset: Dataset, seed: number): Lane {
  const resolved = resolve(plan, dataset);
  const data = prepare(plan, dataset, seed, resolved.network.units);
  if (!data.tokens && data.width !== resolved.network.units)
    throw new UserError(
      `the network ends in ${resolved.network.units} units, but the target has ${data.width} ${data.width === 1 ? "column" : "columns"}.`,
      `Give the last layer ${data.width} ${data.width === 1 ? "unit" : "units"}.`,
      `network[${resolved.network.layers.length - 1}]`,
    );
  refuseTokens(resolved.network, data);
  return { plan, seed, data, resolved };
}

/** An embedding has a row for each token from 0 on; data with any other token are refused. */
function refuseTokens({ layers }: Network, { x, y }: Prepared): void {
  for (const { layer, inputs, index } of layers) {
    if (layer.layer !== "embedding" || inputs[0] >= 0) continue;
    const outside = (inputs[0] === DATA ? x : y).find((token) => !(token > -1 && token < layer.inputDim));
    if (outside === undefined) continue;
    throw new UserError(
      `token ${outside} is an input of an embedding whose tokens range from 0 to ${layer.inputDim - 1}.`,
      Number.isFinite(outside) && outside > 0
        ? "Give it a larger inputDim."
        : "Number the tokens from 0, and do not scale them.",
      `network[${index}]`,
    );
  }
}

/** Splits trainings into stacks that run as one graph each; each a list of indices into `lanes`. */
function stacks(lanes: readonly Lane[]): number[][] {
  const groups = new Map<string, number[]>();
  lanes.forEach((lane, i) => {
    const key = stackKey(lane);
    groups.set(key, [...(groups.get(key) ?? []), i]);
  });
  return [...groups.values()].flatMap((group) => {
    const most = stackable(lanes[group[0]]);
    const parts = Math.ceil(group.length / most);
    return Array.from({ length: parts }, (_, k) =>
      group.slice(Math.ceil((k * group.length) / parts), Math.ceil(((k + 1) * group.length) / parts)),
    );
  });
}

/** Trains lanes to their end, one stack after the other; `lane` of an event is the index into `lanes`. */
export async function* trainLanes(
  lanes: readonly Lane[],
  runtime: Runtime,
  options: StackOptions,
): AsyncGenerator<LaneEvent> {
  for (const stack of stacks(lanes)) {
    const own = stack.map((i) => lanes[i]);
    const lone = options.accompanied && !options.from && own.length === 1 && stackable(own[0]) > 1;
    const training = new Training(
      lone ? [own[0], own[0]] : own,
      // Trainings that read their examples from disk are not stacked.
      reading(runtime, lanes[stack[0]].data),
      options,
    );
    for await (const { lane, event } of training.run()) if (lane < stack.length) yield { lane: stack[lane], event };
  }
}

export const graphEngine = (runtime: Runtime): Engine => ({
  async *train(plan, data, { seeds, ...options }) {
    const lanes = seeds.map((seed) => makeLane(plan, data, seed));
    for await (const { event } of trainLanes(lanes, runtime, options)) yield event;
  },
});
