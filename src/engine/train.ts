/** Trains one plan, or several stacked in one graph, step by step on a runtime, and emits the events. */
import { constantLoss } from "./constant-loss.ts";
import type { TrainOptions } from "./engine.ts";
import { type Checkpoint, type EndEvent, EVENT_VERSION, type TrainEvent } from "./events.ts";
import { stepsPerCall } from "./examples.ts";
import type { Lane, LaneState } from "./lane.ts";
import type { Runtime } from "./runtime.ts";
import { type PartScores, Scorer } from "./scorer.ts";
import { Stack, type State } from "./stack.ts";

type Body = TrainEvent extends infer E
  ? E extends { version: unknown; seed: unknown }
    ? Omit<E, "version" | "seed">
    : never
  : never;
export type LaneEvent = { lane: number; event: TrainEvent };
export type StackOptions = Omit<TrainOptions, "seeds">;

// A Scan cannot be interrupted: calls of at most this length make stopping and progress seem immediate.
const CALL_SECONDS = 0.2;
const MOST_STEPS = 4096;
// Enough for a share within ±5 points, few enough to cost no more than a few steps.
const LOOK_ROWS = 128;
type Evaluated = PartScores & { step: number };

export class Training {
  readonly #stack: Stack;
  readonly #lanes: readonly LaneState[];
  readonly #scorer: Scorer;
  readonly #options: StackOptions;
  #last: Evaluated | null = null;

  constructor(lanes: readonly Lane[], runtime: Runtime, options: StackOptions) {
    this.#stack = new Stack(lanes, runtime);
    this.#lanes = this.#stack.lanes;
    this.#scorer = new Scorer(this.#stack);
    this.#options = options;
  }

  /** Trains to the end of every lane. Leaving the loop early, or aborting the signal, stops between two calls of the runtime. */
  async *run(): AsyncGenerator<LaneEvent> {
    const { from, throughNaN = false } = this.#options;
    const { epochs } = this.#stack.setup.plan.training;
    const perEpoch = this.#lanes[0].stepsPerEpoch;
    const total = epochs * perEpoch;
    const snapshots = lookSteps(this.#options.snapshots ?? 0, total);
    const scored = scoredEpochs(
      this.#options.scores ?? "every",
      epochs,
      this.#lanes.some((lane) => lane.watches),
    );
    const began = performance.now();
    let step = 0;
    let running = { sum: this.#lanes.map(() => 0), steps: 0 };
    if (from) step = this.#resume(from) * perEpoch;
    try {
      for (const [i, lane] of this.#lanes.entries()) yield this.#event(i, this.#start(lane));
      while (step < total) {
        yield* this.#stopAborted();
        if (this.#lanes.every((lane) => lane.ended)) break;
        const epoch = Math.floor(step / perEpoch);
        const stop = Math.min(nextScored(scored, epoch) * perEpoch, nextAfter(snapshots, step) ?? total, total);
        const count = snapshots.has(step) ? 1 : Math.min(stop - step, this.#callSteps());
        const { losses, spoilt, layers } = await (snapshots.has(step)
          ? this.#stack.snapshot(step, throughNaN, this.#scorer.trainRows(LOOK_ROWS))
          : this.#stack.advance(step, count, throughNaN));
        for (const [i, lane] of this.#lanes.entries()) {
          if (lane.ended) continue;
          if (layers) yield this.#event(i, { type: "layers", step, epoch: epoch + 1, layers: layers[i] });
          const bad = spoilt[i];
          const kept = bad < 0 ? losses[i] : losses[i].slice(0, bad + 1);
          // Weights of NaN have a loss of NaN, even where pooling drops the NaN.
          if (Number.isFinite(kept.at(-1)) && bad >= 0 && step + bad + 1 < total) kept.push(Number.NaN);
          yield this.#event(i, {
            type: "steps",
            first: step,
            loss: kept,
            rate: kept.map((_, k) => lane.rate(step + k)),
          });
          if (bad >= 0) this.#diverge(lane, step + bad);
          running.sum[i] += kept.reduce((sum, loss) => sum + loss, 0);
        }
        running.steps += count;
        step += count;
        if (step % perEpoch === 0 && scored.has(step / perEpoch)) {
          yield* this.#endEpoch(step, running, (performance.now() - began) / 1000);
          running = { sum: this.#lanes.map(() => 0), steps: 0 };
        }
      }
      yield* this.#finish(step);
    } finally {
      await this.#stack.release();
    }
  }

  #event(lane: number, body: Body): LaneEvent {
    return { lane, event: { version: EVENT_VERSION, seed: this.#lanes[lane].lane.seed, ...body } as TrainEvent };
  }

  #start({ lane, stepsPerEpoch }: LaneState): Body {
    const { network, metric, loss } = lane.resolved;
    const layers = network.layers.map(({ name, layer, shape, index }) => ({
      name,
      kind: layer.layer,
      shape,
      parameters: network.weights.reduce((n, weight) => n + (weight.layer === index ? weight.size : 0), 0),
    }));
    const rows = { train: lane.data.train.length, validation: lane.data.validation.length };
    const { epochs } = lane.plan.training;
    return {
      type: "start",
      epochs,
      stepsPerEpoch,
      parameters: network.parameters,
      rows,
      metric: metric.name,
      loss: loss.name,
      constantLoss: constantLoss(loss, lane.data),
      layers,
    };
  }

  #callSteps(): number {
    const { secondsPerStep, setup } = this.#stack;
    const wanted = secondsPerStep === 0 ? 4 : Math.floor(CALL_SECONDS / secondsPerStep);
    return Math.max(1, Math.min(MOST_STEPS, stepsPerCall(this.#lanes[0].lane.data, setup.stack * setup.rows), wanted));
  }

  #diverge(lane: LaneState, step: number): void {
    lane.ended = "diverged";
    lane.divergedAt = { step, epoch: Math.floor(step / lane.stepsPerEpoch) + 1 };
    lane.epoch = lane.divergedAt.epoch;
  }

  async *#endEpoch(
    step: number,
    running: { sum: number[]; steps: number },
    seconds: number,
  ): AsyncGenerator<LaneEvent> {
    const epoch = step / this.#lanes[0].stepsPerEpoch;
    const { validation, train } = await this.#scorer.scores(this.#options.trainScores ?? true);
    this.#last = { step, validation, train };
    for (const [i, lane] of this.#lanes.entries()) {
      if (lane.ended) continue;
      lane.epoch = epoch;
      yield this.#event(i, {
        type: "epoch",
        epoch,
        step,
        running: running.sum[i] / running.steps,
        train: train[i],
        validation: validation[i],
        rate: lane.rate(step - 1),
        seconds,
      });
      const evaluated = validation[i] ?? train[i];
      if (evaluated && lane.note(evaluated.loss, epoch) && lane.lane.plan.training.earlyStopping?.restoreBest)
        lane.best = this.#stack.slices(i);
      // The other lanes of the stack go on, so the results of this one are kept now.
      if (lane.ended) lane.best ??= this.#stack.slices(i);
      const { checkpoints } = this.#options;
      if (checkpoints && (epoch % checkpoints === 0 || lane.ended))
        yield this.#event(i, { type: "checkpoint", checkpoint: this.#checkpoint(lane, i) });
    }
  }

  #checkpoint(lane: LaneState, i: number): Checkpoint {
    return {
      version: 1,
      epoch: lane.epoch,
      state: { ...this.#stack.slices(i), ...renamed(lane.best ?? {}, (name) => BEST + name) },
      stopping: { ...lane.stopping },
      plateau: { ...lane.plateau },
      ...(lane.ended && { ended: lane.ended }),
    };
  }

  #resume(from: Checkpoint): number {
    if (this.#lanes.length > 1) throw new Error("a checkpoint is of one training");
    const part = (best: boolean) =>
      Object.fromEntries(Object.entries(from.state).filter(([name]) => name.startsWith(BEST) === best));
    this.#stack.restore(0, part(false));
    const best = renamed(part(true), (name) => name.slice(BEST.length));
    Object.assign(this.#lanes[0], {
      stopping: { ...from.stopping },
      plateau: { ...from.plateau },
      epoch: from.epoch,
      ended: from.ended ?? null,
    });
    this.#lanes[0].best = Object.keys(best).length > 0 ? best : null;
    return from.epoch;
  }

  /** Ends the trainings whose signal is aborted, with their last evaluation: no time is spent on another one. */
  *#stopAborted(): Generator<LaneEvent> {
    for (const [i, lane] of this.#lanes.entries()) {
      if (lane.ended || !(this.#options.signal?.aborted || lane.lane.signal?.aborted)) continue;
      lane.ended = "stopped";
      yield this.#event(i, this.#end(i, this.#last ?? this.#scorer.none()));
    }
  }

  async *#finish(step: number): AsyncGenerator<LaneEvent> {
    if (this.#lanes.every(({ ended }) => ended === "stopped")) return;
    const hurried = this.#options.signal?.aborted && this.#lanes.some(({ ended }) => ended === "stopped");
    const restored = this.#lanes.some((lane) => lane.best);
    for (const [i, lane] of this.#lanes.entries()) {
      if (lane.best) this.#stack.restore(i, lane.best);
    }
    // The last evaluation is still valid where no weight has changed since.
    const stands = this.#last && (hurried || (!restored && this.#last.step === step));
    const { trainScores = true, test: asked, weights, predictions } = this.#options;
    const unseen = () => (hurried ? this.#scorer.none() : this.#scorer.scores(trainScores));
    const scores = this.#last && stands ? this.#last : await unseen();
    const test = asked ? await this.#scorer.score("test") : [];
    for (const [i, lane] of this.#lanes.entries()) {
      if (lane.ended === "stopped") continue;
      if (weights && lane.ended !== "diverged")
        yield this.#event(i, { type: "weights", weights: this.#stack.weights(i) });
      if (predictions && !hurried) yield this.#event(i, await this.#scorer.predictions(i));
      yield this.#event(i, { ...this.#end(i, scores), ...(test[i] && { test: test[i].score }) });
    }
  }

  #end(i: number, { validation, train }: PartScores): Omit<EndEvent, "test"> {
    const lane = this.#lanes[i];
    const atBest = lane.lane.plan.training.earlyStopping?.restoreBest && lane.stopping.bestEpoch > 0;
    return {
      type: "end",
      reason: lane.ended ?? "finished",
      epoch: lane.epoch,
      bestEpoch: atBest ? lane.stopping.bestEpoch : lane.epoch,
      ...(lane.divergedAt && { divergedAt: lane.divergedAt }),
      train: train[i],
      validation: validation[i],
      score: (validation[i] ?? train[i])?.score ?? Number.NaN,
    };
  }
}

const BEST = "best.";
const renamed = (state: State, name: (old: string) => string): State =>
  Object.fromEntries(Object.entries(state).map(([old, values]) => [name(old), values]));

/** The steps at which to take a snapshot: the first, then evenly distributed ones. */
function lookSteps(snapshots: number, total: number): Set<number> {
  return new Set(
    Array.from({ length: Math.min(snapshots, total) }, (_, i) => Math.floor((i * total) / Math.min(snapshots, total))),
  );
}

/** The epochs (from 1) after which to evaluate. */
function scoredEpochs(wanted: "every" | number, epochs: number, all: boolean): Set<number> {
  const n = wanted === "every" || all ? epochs : Math.min(wanted, epochs);
  return new Set(Array.from({ length: n }, (_, i) => Math.round(((i + 1) * epochs) / n)));
}

const nextScored = (scored: Set<number>, epoch: number): number => {
  for (let e = epoch + 1; ; e++) if (scored.has(e)) return e;
};

const nextAfter = (steps: Set<number>, step: number): number | undefined => [...steps].find((s) => s > step);
