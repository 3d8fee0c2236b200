/** Remedies of the output layer and the loss. */
import type { Task } from "../case/case.ts";
import { layersOf } from "../case/from-plan.ts";
import {
  activationsAfter,
  clippedLogits,
  isCrossEntropy,
  outputActivation,
  outputActivationIndex,
  outputIndex,
  outputUnits,
} from "../checks/facts.ts";
import { activationMismatch } from "../checks/network/output-table.ts";
import type { Loss, LossName } from "../plan/plan.ts";
import { type Context, defineRemedy, type Edit } from "./remedy.ts";

const taskOf = ({ known }: Context): Task | undefined => known.task ?? known.profile?.task;

const unitsOf = ({ plan, known }: Context): number | undefined =>
  outputUnits({ network: layersOf(plan), task: plan.data.task, start: known.start });

/** The loss that is trained: what the plan says, or what its silence stands for. */
function lossOf(context: Context): Loss {
  const given = context.plan.training.loss;
  if (given) return given;
  return {
    name: fitting(taskOf(context) ?? "classification", unitsOf(context)).loss,
    fromLogits: false,
    reduction: "mean",
    labelSmoothing: 0,
  };
}

/** The activation and the loss that go with a task. */
function fitting(task: Task, units: number | undefined): { activation: string; loss: LossName } {
  if (task === "regression") return { activation: "linear", loss: "meanSquaredError" };
  if (task === "multilabel" || units === 1) return { activation: "sigmoid", loss: "binaryCrossentropy" };
  return { activation: "softmax", loss: "categoricalCrossentropy" };
}

const setActivation = ({ plan }: Context, activation: string): Edit[] => {
  const index = outputActivationIndex(layersOf(plan));
  return outputActivation(layersOf(plan)) === activation
    ? []
    : [{ path: `network[${index}].activation`, value: activation }];
};

const setLoss = (context: Context, name: string): Edit[] => {
  const loss = lossOf(context);
  const same = loss.name === name || (/categorical/i.test(loss.name) && /categorical/i.test(name));
  if (same && !loss.fromLogits) return [];
  // A whole new loss: what the old one had beside its name belongs to it.
  return [{ path: "training.loss", value: same ? { name: loss.name, reduction: loss.reduction } : name }];
};

const orNull = (edits: Edit[]): Edit[] | null => (edits.length > 0 ? edits : null);

export const fixOutputActivation = defineRemedy({
  id: "fix-output-activation",
  title: "Use the output activation that matches the task",
  cured: "With the matching output activation",
  size: 1,
  edits: (context) => {
    const task = taskOf(context);
    if (!task || layersOf(context.plan).length === 0) return null;
    const units = unitsOf(context);
    const { activation } = fitting(task, units);
    const loss = lossOf(context);
    if (isCrossEntropy(loss.name) && loss.fromLogits) return orNull(setActivation(context, "linear"));
    const freed = clippedLogits(layersOf(context.plan)).map(
      ({ index }): Edit => ({ path: `network[${index}].activation`, value: "linear" }),
    );
    return orNull([...freed, ...setActivation(context, activation)]);
  },
});

export const fixLoss = defineRemedy({
  id: "fix-loss",
  title: "Use the loss that matches the task",
  cured: "With the matching loss",
  size: 1,
  edits: (context) => {
    const task = taskOf(context);
    if (!task) return null;
    const units = unitsOf(context);
    const activation = outputActivation(layersOf(context.plan));
    const loss = fitting(task, units).loss;
    // Where the new loss could not live with the activation, both are changed: that is another remedy.
    const then = activationMismatch(task, activation, { name: loss, fromLogits: false }, units);
    return then && then.strength >= 0.9 ? null : orNull(setLoss(context, loss));
  },
});

export const fixOutputAndLoss = defineRemedy({
  id: "fix-output-and-loss",
  title: "Use the output activation and the loss that match the task",
  cured: "With the matching output activation and loss",
  size: 2,
  edits: (context) => {
    const task = taskOf(context);
    if (!task || layersOf(context.plan).length === 0) return null;
    const { activation, loss } = fitting(task, unitsOf(context));
    const edits = [setActivation(context, activation), setLoss(context, loss)];
    // One alone is a remedy of its own.
    return edits.every((part) => part.length > 0) ? edits.flat() : null;
  },
});

export const freeOutputAndScaleTarget = defineRemedy({
  id: "free-output-and-scale-target",
  title: "Use a linear output and standardise the targets",
  cured: "With a linear output and scaled targets",
  size: 2,
  edits: (context) => {
    if (taskOf(context) !== "regression" || layersOf(context.plan).length === 0) return null;
    const edits = setActivation(context, "linear");
    return edits.length > 0 && context.plan.data.scaleTarget !== "standard"
      ? [...edits, { path: "data.scaleTarget", value: "standard" }]
      : null;
  },
});

export const oneUnitPerClass = defineRemedy({
  id: "one-unit-per-class",
  title: "Use one output unit per class",
  cured: "With one output unit per class",
  size: 3,
  edits: (context) => {
    const { plan, known } = context;
    const target = known.profile?.target;
    const out = outputIndex(layersOf(plan));
    if (taskOf(context) !== "classification" || target?.kind !== "classes" || layersOf(plan)[out]?.layer !== "dense")
      return null;
    const classes = [...target.classes].sort((a, b) => a.value - b.value);
    if (classes.length < 3 || layersOf(plan)[out].units === classes.length) return null;
    const labels: Edit[] = classes.every((one, i) => one.value === i)
      ? []
      : [
          {
            path: "data.labels",
            value: Object.fromEntries(classes.map((one, i) => [plan.data.labels ? one.name : String(one.value), i])),
          },
        ];
    return [
      ...labels,
      { path: `network[${out}].units`, value: classes.length },
      ...setActivation(context, "softmax"),
      ...setLoss(context, "sparseCategoricalCrossentropy"),
    ];
  },
});

export const squashOnce = defineRemedy({
  id: "squash-once",
  title: "Apply softmax once, in the last layer",
  cured: "With softmax applied once",
  size: 1,
  edits: (context) => {
    const { plan } = context;
    const squashes = (activation: string) => activation === "softmax" || activation === "sigmoid";
    const chain = activationsAfter(layersOf(plan), outputIndex(layersOf(plan))).filter((one) =>
      squashes(one.activation),
    );
    const loss = lossOf(context);
    const edits: Edit[] = chain
      .slice(0, -1)
      .map((one) => ({ path: `network[${one.index}].activation`, value: "linear" }));
    if (isCrossEntropy(loss.name) && loss.fromLogits && chain.length > 0)
      edits.push({ path: "training.loss.fromLogits", value: false });
    return orNull(edits);
  },
});

export const takeLogits = defineRemedy({
  id: "take-logits",
  title: "Apply softmax once, in the loss",
  cured: "With softmax applied once",
  size: 1,
  edits: (context) => {
    const { plan } = context;
    const loss = lossOf(context);
    if (!isCrossEntropy(loss.name) || !loss.fromLogits || outputActivation(layersOf(plan)) === "linear") return null;
    return setActivation(context, "linear");
  },
});

export const averageLoss = defineRemedy({
  id: "average-loss",
  title: "Average the loss over the batch",
  cured: "With the loss averaged",
  size: 1,
  edits: ({ plan }) =>
    plan.training.loss?.reduction === "sum" ? [{ path: "training.loss.reduction", value: "mean" }] : null,
});
