/** Remedies of the optimizer, the batch and the length of the training. */
import { defineRemedy, type Edit, type Remedy } from "./remedy.ts";

// More epochs repair much that something else broke, and cost time: they count as a large edit.
const longer = <const Id extends string>(id: Id, factor: number, title: string, size: number): Remedy<Id> =>
  defineRemedy({
    id,
    title,
    cured: "With more epochs",
    size,
    edits: ({ plan: { training }, known }) => {
      const stop = training.earlyStopping;
      // Who stops early by rule gains nothing from a later end.
      const patience: Edit[] =
        stop && known.end?.reason === "early-stopping"
          ? [{ path: "training.earlyStopping.patience", value: Math.max(10, (stop.patience + 1) * factor) }]
          : [];
      return [...patience, { path: "training.epochs", value: training.epochs * factor }];
    },
  });

export const trainLonger = longer("train-longer", 3, "Train three times as many epochs", 3);
export const trainMuchLonger = longer("train-much-longer", 10, "Train ten times as many epochs", 5);

export const stopAtBest = defineRemedy({
  id: "stop-at-best",
  title: "Use early stopping and keep the best weights",
  cured: "With early stopping",
  size: 1,
  edits: ({ plan: { data, training } }) =>
    data.validation === null || training.earlyStopping?.restoreBest
      ? null
      : [
          {
            path: "training.earlyStopping",
            value: { patience: Math.max(3, Math.round(training.epochs / 10)), restoreBest: true },
          },
        ],
});

export const smallerBatch = defineRemedy({
  id: "smaller-batch",
  title: "Use smaller batches",
  cured: "With smaller batches",
  size: 1,
  edits: ({ plan: { training }, known }) => {
    const rows = known.profile?.split.train ?? known.start?.rows?.train ?? training.batchSize;
    const used = Math.min(training.batchSize, rows);
    const value = Math.max(1, Math.min(32, Math.floor(used / 4)));
    return value < used ? [{ path: "training.batchSize", value }] : null;
  },
});

export const smallBatch = defineRemedy({
  id: "small-batch",
  title: "Use batches of 8",
  cured: "With batches of 8",
  size: 1,
  edits: ({ plan: { training } }) => (training.batchSize > 16 ? [{ path: "training.batchSize", value: 8 }] : null),
});

export const largerBatch = defineRemedy({
  id: "larger-batch",
  title: "Use larger batches",
  cured: "With larger batches",
  size: 1,
  edits: ({ plan: { training } }) => (training.batchSize < 32 ? [{ path: "training.batchSize", value: 32 }] : null),
});

const adamAt = <const Id extends string>(id: Id, learningRate: number, title: string): Remedy<Id> =>
  defineRemedy({
    id,
    title,
    cured: "With Adam",
    size: 2,
    edits: ({ plan }) =>
      plan.training.optimizer.name === "adam"
        ? null
        : [{ path: "training.optimizer", value: { name: "adam", learningRate } }],
  });

export const adam = adamAt("adam", 0.001, "Use Adam with its default learning rate");
export const adamFast = adamAt("adam-fast", 0.01, "Use Adam with ten times its default learning rate");

export const momentum = defineRemedy({
  id: "momentum",
  title: "Use momentum 0.9",
  cured: "With momentum",
  size: 1,
  edits: ({ plan }) => {
    const now = plan.training.optimizer;
    return now.name === "sgd" && now.momentum < 0.9 ? [{ path: "training.optimizer.momentum", value: 0.9 }] : null;
  },
});

export const usualEpsilon = defineRemedy({
  id: "usual-epsilon",
  title: "Use the optimizer's default epsilon",
  cured: "With the default epsilon",
  size: 1,
  edits: ({ plan: { training } }) => {
    const { name, epsilon } = training.optimizer;
    return name !== "sgd" && (epsilon < 1e-9 || epsilon > 1e-2)
      ? [{ path: "training.optimizer.epsilon", value: 1e-7 }]
      : null;
  },
});
