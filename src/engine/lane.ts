/** One training among those stacked in a graph: its data, its order of rows, and when it stops. */
import type { Prepared } from "../data/prepare.ts";
import type { Plan } from "../plan/plan.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import type { Checkpoint, EndEvent } from "./events.ts";
import { runsAlone } from "./layers/index.ts";
import type { Resolved } from "./resolve.ts";
import { freshPlateau, type Moment, type Plateau, rateAt, watch } from "./schedules.ts";

export type Lane = {
  plan: Plan;
  seed: number;
  data: Prepared;
  resolved: Resolved;
  /** Stops this training only, not those stacked with it. */
  signal?: { readonly aborted: boolean };
};

export class LaneState {
  readonly lane: Lane;
  /** The index of this lane's first row in the examples of the stack. */
  readonly offset: number;
  readonly stepsPerEpoch: number;
  readonly rows: number;
  plateau: Plateau = freshPlateau();
  stopping: Checkpoint["stopping"] = { best: Number.POSITIVE_INFINITY, bestEpoch: 0, waited: 0 };
  /** A copy of its slices of the state after the best epoch (restoreBest). */
  best: Record<string, Float32Array> | null = null;
  ended: EndEvent["reason"] | null = null;
  divergedAt: { step: number; epoch: number } | undefined;
  epoch = 0;
  #order: { epoch: number; rows: Uint32Array } | null = null;

  constructor(lane: Lane, offset: number) {
    this.lane = lane;
    this.offset = offset;
    const n = lane.data.train.length;
    this.rows = Math.min(lane.plan.training.batchSize, n);
    this.stepsPerEpoch = Math.ceil(n / this.rows);
  }

  /** The training rows in the order of an epoch (from 0). */
  order(epoch: number): Uint32Array {
    const { data, plan, seed } = this.lane;
    if (!plan.training.shuffle) return data.train;
    if (this.#order?.epoch === epoch) return this.#order.rows;
    const rows = permutation(data.train.length, stream(seed, PURPOSE.order, epoch)).map((i) => data.train[i]);
    this.#order = { epoch, rows };
    return rows;
  }

  /**
   * Writes the examples of one step and their weights. The last batch of an epoch may be smaller: it is padded with examples of weight 0.
   */
  batch(step: number, picked: Int32Array, weights: Float32Array, at: number): void {
    const { data, resolved } = this.lane;
    const within = step % this.stepsPerEpoch;
    const order = this.order(Math.floor(step / this.stepsPerEpoch));
    const start = within * this.rows;
    const real = Math.min(this.rows, order.length - start);
    // The loss is a mean over the rows, or over all their tokens.
    let count = 0;
    for (let i = start; i < start + real; i++) count += data.tokens ? data.tokens[order[i]] : 1;
    const each = resolved.loss.reduction === "sum" ? 1 : 1 / Math.max(1, count);
    for (let i = 0; i < this.rows; i++) {
      const row = i < real ? order[start + i] : order[0];
      picked[at + i] = this.offset + row;
      weights[at + i] = i < real ? each * (data.weights ? data.weights[row] : 1) : 0;
    }
  }

  rate(step: number): number {
    const { training } = this.lane.plan;
    const { stepsPerEpoch } = this;
    const at: Moment = {
      step,
      epoch: Math.floor(step / stepsPerEpoch),
      steps: training.epochs * stepsPerEpoch,
      epochs: training.epochs,
      stepsPerEpoch,
    };
    return rateAt(training, at) * this.plateau.factor;
  }

  /** Whether early stopping or the schedule needs the loss after every epoch. */
  get watches(): boolean {
    const { earlyStopping, schedule } = this.lane.plan.training;
    return earlyStopping !== null || schedule?.name === "reduceOnPlateau";
  }

  /** Records the monitored loss after `epoch` (from 1); returns whether this was the best epoch so far. */
  note(loss: number, epoch: number): boolean {
    const { schedule, earlyStopping } = this.lane.plan.training;
    if (schedule?.name === "reduceOnPlateau") this.plateau = watch(this.plateau, loss, schedule);
    if (!earlyStopping || epoch <= earlyStopping.after) return false;
    const improved = loss < this.stopping.best - earlyStopping.minDelta;
    this.stopping = improved
      ? { best: loss, bestEpoch: epoch, waited: 0 }
      : { ...this.stopping, waited: this.stopping.waited + 1 };
    // Keras stops after `patience` epochs in a row without improvement; patience 0 means after the first such epoch.
    if (!improved && this.stopping.waited >= Math.max(1, earlyStopping.patience)) this.ended = "early-stopping";
    return improved;
  }
}

/** Whether augmentation mixes the targets, so that those in the graph differ from those of the data. */
export const mixes = ({ data }: Lane): boolean => data.augment?.steps.some(({ name }) => name === "mixup") ?? false;

/** Trainings may share a graph when they differ only in the graph's inputs. */
export function stackKey(lane: Lane): string {
  const { plan, data, resolved } = lane;
  const { optimizer, batchSize, epochs, clipNorm, averageWeights } = plan.training;
  const { name, momentum, nesterov, beta1, beta2, rho, epsilon, weightDecay } = optimizer;
  const layers = resolved.network.layers.map(({ layer, inputs }) => ({
    ...layer,
    name: null,
    from: inputs,
    kernelInit: null,
    biasInit: null,
  }));
  const rows = [data.train.length, data.validation.length, data.test.length, data.shape];
  const { loss, network } = resolved;
  return JSON.stringify([
    layers,
    network.units,
    loss,
    { name, momentum, nesterov, beta1, beta2, rho, epsilon, decays: weightDecay > 0 },
    batchSize,
    epochs,
    clipNorm,
    averageWeights !== null,
    rows,
    data.augment !== undefined,
    mixes(lane),
  ]);
}

// Stacked examples are copied once per lane; above this many numbers (128 MB) trainings run one after the other.
const MOST_STACKED = 32e6;
// A wide network keeps the processor busy alone.
const WIDEST_STACKED = 60_000;

/** How many trainings like this one are worth stacking in one graph. */
export function stackable({ data, resolved, plan }: Lane): number {
  if (data.stored || resolved.network.layers.some(({ layer }) => runsAlone(layer))) return 1;
  const work = resolved.network.parameters * Math.min(plan.training.batchSize, data.train.length);
  const fit = Math.floor(MOST_STACKED / Math.max(1, data.x.length));
  return Math.max(1, Math.min(fit, 32, Math.floor((WIDEST_STACKED * 32) / Math.max(1, work))));
}
