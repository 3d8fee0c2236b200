/** What a plan leaves open, decided from the data: loss and metric. */
import type { Dataset, Task } from "../data/dataset.ts";
import { metricOf } from "../data/metrics.ts";
import { UserError } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { LOSSES, type LossSettings } from "./losses.ts";
import { type Network, resolveNetwork } from "./network.ts";

export type Resolved = { network: Network; loss: LossSettings; metric: NonNullable<Plan["metric"]>; task: Task };

function silentLoss(task: Task, units: number): LossSettings["name"] {
  if (task === "regression") return "meanSquaredError";
  if (task === "multilabel" || units === 1) return "binaryCrossentropy";
  return "sparseCategoricalCrossentropy";
}

/** Network, loss, metric and task of a plan on its data; what the engine lacks is refused by name. */
export function resolve(plan: Plan, { task, table }: Dataset): Resolved {
  const { training } = plan;
  const lacking = (place: string) =>
    new UserError(`${place} is not supported yet.`, "Take it out of the plan.", `training.${place}`);
  if (training.averageWeights !== null) throw lacking("averageWeights");
  const network = resolveNetwork(plan, table.shape);
  const loss = training.loss ?? {
    name: silentLoss(task, network.units),
    fromLogits: false,
    reduction: "mean",
    labelSmoothing: 0,
  };
  if (!LOSSES[loss.name]) throw lacking(`loss ${loss.name}`);
  return { network, loss, metric: metricOf(plan, task), task };
}
