/** Decides from the data what a plan leaves open: loss and metric. */
import type { Dataset, Task } from "../data/dataset.ts";
import { metricOf } from "../data/metrics.ts";
import type { Plan } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import type { LossSettings } from "./losses.ts";
import { resolveNetwork } from "./network.ts";
import type { Network } from "./resolved-network.ts";

export type Resolved = { network: Network; loss: LossSettings; metric: NonNullable<Plan["metric"]>; task: Task };

function silentLoss(task: Task, units: number, { data }: Plan): LossSettings["name"] {
  if (task === "regression") return "meanSquaredError";
  if (task === "multilabel" || units === 1) return "binaryCrossentropy";
  return data.augment.some(({ name }) => name === "mixup")
    ? "categoricalCrossentropy"
    : "sparseCategoricalCrossentropy";
}

// Bytes of one array. A training holds several such arrays: for the parameters also gradients and the optimizer's state, and all of it twice.
const MOST_BYTES = 2 ** 31;
const COPIES = 7;

/** Refuses a network that does not fit in memory, naming the size it would need. */
function refuseGiants(network: Network, targets: number, rows: number, batchSize: number): void {
  const { layers, weights, parameters } = network;
  const refuse = (numbers: number, copies: number, what: string, place: string) => {
    if (4 * numbers * copies <= MOST_BYTES * (copies > 1 ? 2 : 1)) return;
    const gigabytes = Math.ceil((4 * numbers * copies) / 1e9).toLocaleString("en-US");
    throw new UserError(`${what} would need about ${gigabytes} GB of memory.`, "Make the layer smaller.", place);
  };
  const largest = weights.toSorted((a, b) => b.size - a.size)[0];
  if (largest) refuse(parameters, COPIES, "training its weights", `network[${largest.layer}]`);
  for (const { index, shape } of layers)
    refuse(
      shape.reduce((a, b) => a * b, 1) * Math.min(batchSize, rows),
      1,
      "a batch of what it gives",
      `network[${index}]`,
    );
  refuse(targets * rows, 1, "a target for each unit and row", `network[${layers.length - 1}]`);
}

/** Network, loss, metric and task of a plan on its data; what the engine does not support is refused by name. */
export function resolve(plan: Plan, { task, table, validation, test, weights }: Dataset): Resolved {
  const { training } = plan;
  const network = resolveNetwork(
    plan,
    table.shape,
    weights,
    task === "sequence" ? [table.target.columns.length] : null,
  );
  const metric = metricOf(plan, task);
  if (task === "sequence") refuseForSequences(network, table.target.columns.length, metric);
  const targets = task === "sequence" ? table.target.columns.length : network.units;
  refuseGiants(network, targets, table.rows + (validation?.rows ?? 0) + (test?.rows ?? 0), training.batchSize);
  const loss = training.loss ?? {
    name: silentLoss(task, network.units, plan),
    fromLogits: false,
    reduction: "mean",
    labelSmoothing: 0,
  };
  return { network, loss, metric, task };
}

const OF_SEQUENCES: readonly string[] = ["accuracy", "exactMatch", "loss"];

function refuseForSequences({ shape, layers }: Network, steps: number, { name }: Resolved["metric"]): void {
  if (shape.length !== 2 || shape[0] !== steps)
    throw new UserError(
      `the target has ${steps} tokens, but the output of the network for a row has the shape [${shape}].`,
      `It must end in ${steps} steps of one unit for each token and one for padding.`,
      `network[${layers.length - 1}]`,
    );
  if (!OF_SEQUENCES.includes(name))
    throw new UserError(
      `the metric ${name} is not supported for sequences.`,
      `Use ${OF_SEQUENCES.join(", ")}.`,
      "metric",
    );
}
