/** Trains one plan, or several stacked in one graph, step by step on a runtime, and tells what happens. */
import { score as scoreOf } from "../data/metrics.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import { evaluation, groupShape, observation, type Setup, type TrainingStep, trainingStep } from "./compile.ts";
import { constantLoss } from "./constant-loss.ts";
import type { TrainOptions } from "./engine.ts";
import { type Checkpoint, type EndEvent, EVENT_VERSION, type Scored, type TrainEvent } from "./events.ts";
import { type Lane, LaneState } from "./lane.ts";
import { lookInside } from "./look.ts";
import { startingWeights } from "./network.ts";
import { OPTIMIZERS } from "./optimizers.ts";
import type { Feed, Runtime, Session } from "./runtime.ts";

type State = Record<string, Float32Array>;
type Body = TrainEvent extends infer E
  ? E extends { version: unknown; seed: unknown }
    ? Omit<E, "version" | "seed">
    : never
  : never;
export type LaneEvent = { lane: number; event: TrainEvent };
export type StackOptions = Omit<TrainOptions, "seeds">;

// A Scan cannot be interrupted: calls this long keep stopping and progress immediate.
const CALL_SECONDS = 0.2;
const MOST_STEPS = 4096;
// Enough rows for a training score within ±1.5 points, few enough to cost little beside the training.
const TRAIN_SCORE_ROWS = 4096;
const LOOK_ROWS = 512;
// One call of the evaluation graph: at most so many numbers of input, and rows of all lanes (what is worked on stays in the cache, and
// little is computed only to fill the last call).
const EVALUATION_NUMBERS = 400_000;
const EVALUATION_ROWS = 4096;
const EVALUATION_ROWS_OF_ONE = 1024;

type Judged = { step: number; validation: (Scored | null)[]; train: (Scored | null)[] };

export class Training {
  readonly #lanes: LaneState[];
  readonly #setup: Setup;
  readonly #step: TrainingStep;
  readonly #runtime: Runtime;
  readonly #options: StackOptions;
  readonly #fixed: Record<string, Feed> = {};
  #state: State = {};
  #sessions: { steps?: Session; evaluate?: Session; look?: Session } = {};
  #secondsPerStep = 0;
  #last: Judged | null = null;

  constructor(lanes: readonly Lane[], runtime: Runtime, options: StackOptions) {
    const first = lanes[0];
    const shared = lanes.every((lane) => lane.data.x === first.data.x && same(lane.data.y, first.data.y));
    const examples = first.data.x.length / first.data.shape.reduce((p, n) => p * n, 1);
    let offset = 0;
    this.#lanes = lanes.map((lane) => {
      const state = new LaneState(lane, shared ? 0 : offset);
      offset += lane.data.y.length / lane.data.width;
      return state;
    });
    const { network, loss } = first.resolved;
    const { data } = first;
    const binaryTargets = lanes.every((lane) => lane.data.y.every((v) => v === 0 || v === 1));
    const rows = this.#lanes[0].rows;
    this.#setup = {
      plan: first.plan,
      network,
      loss,
      stack: lanes.length,
      rows,
      inputShape: data.shape,
      binaryTargets,
      targetsSumToOne: lanes.every((lane) => sumToOne(lane.data.y, lane.data.width)),
    };
    this.#runtime = runtime;
    this.#options = options;
    this.#step = trainingStep(this.#setup);
    const n = shared ? examples : offset;
    this.#fixed["x"] = {
      dtype: "float32",
      shape: [n, ...data.shape],
      data: shared ? data.x : joined(lanes.map((lane) => lane.data.x)),
    };
    this.#fixed["y"] = {
      dtype: "float32",
      shape: [n, data.width],
      data: shared ? data.y : joined(lanes.map((lane) => lane.data.y)),
    };
    this.#begin(lanes);
  }

  #begin(lanes: readonly Lane[]): void {
    const starts = lanes.map((lane) => startingWeights(lane.resolved.network, lane.seed));
    const slots = OPTIMIZERS[this.#setup.plan.training.optimizer.name].slots(this.#setup.plan.training.optimizer);
    this.#setup.network.groups.forEach((group, i) => {
      const values = joined(starts.map((start) => start[i]));
      if (!group.trainable)
        this.#fixed[group.name] = { dtype: "float32", shape: groupShape(group, this.#lead), data: values };
      else {
        this.#state[group.name] = values;
        for (let k = 0; k < slots; k++) this.#state[`${group.name}.${k}`] = new Float32Array(values.length);
      }
    });
  }

  get #lead(): number[] {
    return this.#lanes.length > 1 ? [this.#lanes.length] : [];
  }

  /** Trains to the end of every lane. Leaving the loop early, or aborting the signal, stops between two calls of the runtime. */
  async *run(): AsyncGenerator<LaneEvent> {
    const { signal, from } = this.#options;
    const { epochs } = this.#setup.plan.training;
    const perEpoch = this.#lanes[0].stepsPerEpoch;
    const total = epochs * perEpoch;
    const looks = lookSteps(this.#options.looks ?? 0, total);
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
      for (const [i, lane] of this.#lanes.entries()) yield this.#tell(i, this.#start(lane));
      while (step < total && !signal?.aborted && this.#lanes.some((lane) => !lane.ended)) {
        const epoch = Math.floor(step / perEpoch);
        if (looks.has(step)) {
          for (const [i, layers] of (await this.#look(step)).entries())
            if (!this.#lanes[i].ended) yield this.#tell(i, { type: "layers", step, epoch: epoch + 1, layers });
        }
        const stop = Math.min(nextScored(scored, epoch) * perEpoch, nextAfter(looks, step) ?? total, total);
        const count = looks.has(step) ? 1 : Math.min(stop - step, this.#callSteps());
        const { losses, spoilt } = await this.#advance(step, count);
        for (const [i, lane] of this.#lanes.entries()) {
          if (lane.ended) continue;
          const bad = spoilt[i];
          const told = bad < 0 ? losses[i] : losses[i].slice(0, bad + 1);
          // Weights that are no numbers give no loss, whatever pooling makes of them.
          if (Number.isFinite(told.at(-1)) && bad >= 0 && step + bad + 1 < total) told.push(Number.NaN);
          yield this.#tell(i, {
            type: "steps",
            first: step,
            loss: told,
            rate: told.map((_, k) => lane.rate(step + k)),
          });
          if (bad >= 0) this.#diverge(lane, step + bad);
          running.sum[i] += told.reduce((sum, loss) => sum + loss, 0);
        }
        running.steps += count;
        step += count;
        if (step % perEpoch === 0 && scored.has(step / perEpoch)) {
          yield* this.#endEpoch(step, running, (performance.now() - began) / 1000);
          running = { sum: this.#lanes.map(() => 0), steps: 0 };
        }
      }
      yield* this.#finish(step >= total || !signal?.aborted ? "finished" : "stopped", step);
    } finally {
      for (const session of Object.values(this.#sessions)) await session.release();
    }
  }

  #tell(lane: number, body: Body): LaneEvent {
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
    return this.#secondsPerStep === 0
      ? 4
      : Math.max(1, Math.min(MOST_STEPS, Math.floor(CALL_SECONDS / this.#secondsPerStep)));
  }

  /** Runs `count` steps; answers the losses of each lane, and which of the steps spoilt it (-1: none). */
  async #advance(first: number, count: number): Promise<{ losses: number[][]; spoilt: number[] }> {
    this.#sessions.steps ??= await this.#runtime.steps(this.#step);
    const began = performance.now();
    const feeds = this.#feeds(first, count);
    const before = this.#state;
    const results = await this.#sessions.steps.run(feeds);
    this.#state = Object.fromEntries(Object.keys(before).map((name) => [name, results[name]]));
    this.#secondsPerStep = (performance.now() - began) / 1000 / count;
    const lanes = this.#lanes.length;
    const losses = this.#lanes.map((_, i) => Array.from({ length: count }, (_, k) => results["loss"][k * lanes + i]));
    const spoilt: number[] = [];
    for (const [i, lane] of this.#lanes.entries())
      spoilt.push(lane.ended || this.#options.throughNaN ? -1 : await this.#spoilt(i, before, first, losses[i]));
    return { losses, spoilt };
  }

  /**
   * The first of some steps whose loss is no finite number, or that left such weights; -1 if there is none. Weights go first when a step
   * is too large, and a loss can stay finite over them (max pooling drops NaN): then the steps are run again, by halves.
   */
  async #spoilt(lane: number, before: State, first: number, losses: number[]): Promise<number> {
    const seen = losses.findIndex((loss) => !Number.isFinite(loss));
    if (seen === 0 || (seen < 0 && this.#finite(this.#state, lane))) return seen;
    let [good, bad, state] = [0, seen < 0 ? losses.length : seen + 1, before];
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      const results = await this.#sessions.steps!.run(this.#feeds(first + good, middle - good, state));
      if (this.#finite(results, lane)) [good, state] = [middle, results];
      else bad = middle;
    }
    return good;
  }

  #finite(state: State, lane: number): boolean {
    return Object.keys(this.#state).every((name) =>
      slice(state[name], lane, this.#lanes.length).every(Number.isFinite),
    );
  }

  #feeds(first: number, count: number, state: State = this.#state): Record<string, Feed> {
    const lanes = this.#lanes.length;
    const { rows } = this.#setup;
    const picked = new Int32Array(count * lanes * rows);
    const weight = new Float32Array(picked.length);
    const rates = Array.from({ length: this.#step.coefficients }, () => new Float32Array(count * lanes));
    const bits = Array.from({ length: this.#step.dropouts }, () => new Uint32Array(count * lanes));
    const optimizer = OPTIMIZERS[this.#setup.plan.training.optimizer.name];
    for (let k = 0; k < count; k++)
      for (const [i, lane] of this.#lanes.entries()) {
        const at = k * lanes + i;
        const step = first + k;
        lane.batch(step, picked, weight, at * rows);
        const { optimizer: settings } = lane.lane.plan.training;
        optimizer.coefficients(settings, lane.rate(step), step + 1).forEach((value, c) => {
          rates[c][at] = value;
        });
        for (const [d, list] of bits.entries()) list[at] = stream(lane.lane.seed, PURPOSE.dropout, d, step);
      }
    const before = this.#lead;
    const one = lanes > 1 ? [count, lanes, 1, 1] : [count];
    const feeds: Record<string, Feed> = { ...this.#fixed };
    for (const group of this.#setup.network.groups)
      for (const name of Object.keys(this.#state))
        if (name === group.name || name.startsWith(`${group.name}.`))
          feeds[`in.${name}`] = { dtype: "float32", shape: groupShape(group, before), data: state[name] };
    feeds["rows"] = { dtype: "int32", shape: [count, ...before, rows], data: picked };
    feeds["weight"] = { dtype: "float32", shape: [count, ...before, rows, 1], data: weight };
    for (const [c, data] of rates.entries()) feeds[`rate${c}`] = { dtype: "float32", shape: one, data };
    for (const [d, data] of bits.entries()) feeds[`bits${d}`] = { dtype: "uint32", shape: one, data };
    return feeds;
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
    const { validation, train } = await this.#scores();
    this.#last = { step, validation, train };
    for (const [i, lane] of this.#lanes.entries()) {
      if (lane.ended) continue;
      lane.epoch = epoch;
      yield this.#tell(i, {
        type: "epoch",
        epoch,
        step,
        running: running.sum[i] / running.steps,
        train: train[i],
        validation: validation[i],
        rate: lane.rate(step - 1),
        seconds,
      });
      const judged = validation[i] ?? train[i];
      if (judged && lane.note(judged.loss, epoch) && lane.lane.plan.training.earlyStopping?.restoreBest)
        lane.best = this.#slices(i);
      // Stacked lanes go on computing; what counts for this one is kept as it is now.
      if (lane.ended) lane.best ??= this.#slices(i);
      const { checkpoints } = this.#options;
      if (checkpoints && (epoch % checkpoints === 0 || lane.ended))
        yield this.#tell(i, { type: "checkpoint", checkpoint: this.#checkpoint(lane, i) });
    }
  }

  #slices(lane: number): State {
    return Object.fromEntries(
      Object.entries(this.#state).map(([name, values]) => [name, slice(values, lane, this.#lanes.length).slice()]),
    );
  }

  #checkpoint(lane: LaneState, i: number): Checkpoint {
    return {
      version: 1,
      epoch: lane.epoch,
      state: { ...this.#slices(i), ...renamed(lane.best ?? {}, (name) => BEST + name) },
      stopping: { ...lane.stopping },
      plateau: { ...lane.plateau },
    };
  }

  #resume(from: Checkpoint): number {
    if (this.#lanes.length > 1) throw new Error("a checkpoint is of one training");
    const part = (best: boolean) =>
      Object.fromEntries(Object.entries(from.state).filter(([name]) => name.startsWith(BEST) === best));
    this.#state = part(false);
    const best = renamed(part(true), (name) => name.slice(BEST.length));
    Object.assign(this.#lanes[0], { stopping: { ...from.stopping }, plateau: { ...from.plateau }, epoch: from.epoch });
    this.#lanes[0].best = Object.keys(best).length > 0 ? best : null;
    return from.epoch;
  }

  /** Both parts as they are now; the training part where it is asked for, or is all there is to judge by. */
  async #scores(): Promise<Pick<Judged, "validation" | "train">> {
    const validation = await this.#judge("validation");
    const needed = (this.#options.trainScores ?? true) || validation.every((v) => v === null);
    return { validation, train: needed ? await this.#judge("train") : this.#lanes.map(() => null) };
  }

  async *#finish(otherwise: EndEvent["reason"], step: number): AsyncGenerator<LaneEvent> {
    const restored = this.#lanes.some((lane) => lane.best);
    for (const [i, lane] of this.#lanes.entries()) {
      if (!lane.best) continue;
      for (const [name, values] of Object.entries(this.#state))
        values.set(lane.best[name], (i * values.length) / this.#lanes.length);
    }
    // What was judged last still stands where no weight changed since; a training that is told to stop takes no time to judge again.
    const stands = this.#last && (otherwise === "stopped" || (!restored && this.#last.step === step));
    const { validation, train } =
      this.#last && stands ? this.#last : otherwise === "stopped" ? this.#unjudged() : await this.#scores();
    const test = this.#options.test ? await this.#judge("test") : [];
    for (const [i, lane] of this.#lanes.entries()) {
      const judged = validation[i] ?? train[i];
      const { plan } = lane.lane;
      const atBest = plan.training.earlyStopping?.restoreBest && lane.stopping.bestEpoch > 0;
      if (this.#options.predictions && otherwise !== "stopped") yield this.#tell(i, await this.#predictions(i));
      yield this.#tell(i, {
        type: "end",
        reason: lane.ended ?? otherwise,
        epoch: lane.epoch,
        bestEpoch: atBest ? lane.stopping.bestEpoch : lane.epoch,
        ...(lane.divergedAt && { divergedAt: lane.divergedAt }),
        train: train[i],
        validation: validation[i],
        score: judged?.score ?? Number.NaN,
        ...(test[i] && { test: test[i].score }),
      });
    }
  }

  #rowsOf(lane: LaneState, part: "train" | "validation" | "test"): Uint32Array {
    const rows = lane.lane.data[part];
    if (part !== "train" || rows.length <= TRAIN_SCORE_ROWS) return rows;
    return permutation(rows.length, stream(lane.lane.seed, PURPOSE.sample))
      .slice(0, TRAIN_SCORE_ROWS)
      .map((i) => rows[i]);
  }

  #unjudged(): Pick<Judged, "validation" | "train"> {
    const none = this.#lanes.map(() => null);
    return { validation: none, train: none };
  }

  async #judge(part: "train" | "validation" | "test"): Promise<(Scored | null)[]> {
    const rows = this.#lanes.map((lane) => this.#rowsOf(lane, part));
    if (rows[0].length === 0) return this.#lanes.map(() => null);
    const results = await this.#outputs(rows);
    return results.map(({ output, loss }, i) => {
      const { data, resolved } = this.#lanes[i].lane;
      const meanLoss = loss.reduce((sum, v) => sum + v, 0) / loss.length;
      const { metric, network, task } = resolved;
      const score =
        metric.name === "loss" ? meanLoss : scoreOf(metric, output, data, rows[i], network.lastActivation, task);
      return { loss: meanLoss, score };
    });
  }

  async #predictions(i: number): Promise<Body> {
    const lane = this.#lanes[i];
    const judged = this.#rowsOf(lane, lane.lane.data.validation.length > 0 ? "validation" : "train");
    const results = await this.#outputs(
      this.#lanes.map((other) =>
        other === lane
          ? judged
          : this.#rowsOf(other, "validation").length
            ? this.#rowsOf(other, "validation")
            : this.#rowsOf(other, "train"),
      ),
    );
    return {
      type: "predictions",
      rows: Array.from(judged),
      units: this.#setup.network.units,
      outputs: Array.from(results[i].output),
    };
  }

  /** Outputs and losses for some rows of each lane (as many of each), in calls of a fixed number of rows. */
  async #outputs(rows: readonly Uint32Array[]): Promise<{ output: Float32Array; loss: Float32Array }[]> {
    const { inputShape, network } = this.#setup;
    const lanes = this.#lanes.length;
    const inputs = inputShape.reduce((p, n) => p * n, 1);
    const most = Math.max(
      ...this.#lanes.map(({ lane: { data } }) =>
        Math.max(data.validation.length, Math.min(data.train.length, TRAIN_SCORE_ROWS)),
      ),
    );
    const fit = Math.floor(Math.min(EVALUATION_NUMBERS / inputs, EVALUATION_ROWS / lanes, EVALUATION_ROWS_OF_ONE));
    const width = Math.max(1, Math.min(most, Math.max(32, fit)));
    this.#sessions.evaluate ??= await this.#runtime.once(evaluation({ ...this.#setup, rows: width }));
    const n = rows[0].length;
    const results = rows.map(() => ({ output: new Float32Array(n * network.units), loss: new Float32Array(n) }));
    for (let at = 0; at < n; at += width) {
      const picked = new Int32Array(lanes * width);
      for (let i = 0; i < lanes; i++)
        for (let k = 0; k < width; k++)
          picked[i * width + k] = this.#lanes[i].offset + rows[i][Math.min(at + k, n - 1)];
      const { output, loss } = await this.#sessions.evaluate.run({
        ...this.#fixed,
        ...this.#weights(),
        rows: { dtype: "int32", shape: [...this.#lead, width], data: picked },
      });
      const real = Math.min(width, n - at);
      results.forEach((result, i) => {
        result.output.set(
          output.subarray(i * width * network.units, (i * width + real) * network.units),
          at * network.units,
        );
        result.loss.set(loss.subarray(i * width, i * width + real), at);
      });
    }
    return results;
  }

  /** The weights alone, as evaluation wants them. */
  #weights(): Record<string, Feed> {
    const groups = this.#setup.network.groups.filter((group) => group.trainable);
    return Object.fromEntries(
      groups.map((group) => [
        group.name,
        { dtype: "float32", shape: groupShape(group, this.#lead), data: this.#state[group.name] } as Feed,
      ]),
    );
  }

  async #look(step: number) {
    const rows = Math.min(LOOK_ROWS, this.#lanes[0].lane.data.train.length);
    this.#sessions.look ??= await this.#runtime.once(observation({ ...this.#setup, rows }));
    const picked = Int32Array.from(
      this.#lanes.flatMap((lane) =>
        Array.from(this.#rowsOf(lane, "train").subarray(0, rows), (row) => row + lane.offset),
      ),
    );
    const seen = await this.#sessions.look.run({
      ...this.#fixed,
      ...this.#weights(),
      rows: { dtype: "int32", shape: [...this.#lead, rows], data: picked },
    });
    const before = this.#state;
    const { state } = await this.#peek(step);
    return lookInside(this.#setup, seen, before, state, this.#lanes.length);
  }

  /** The state after one more step, without taking it. */
  async #peek(step: number): Promise<{ state: State }> {
    this.#sessions.steps ??= await this.#runtime.steps(this.#step);
    return { state: await this.#sessions.steps.run(this.#feeds(step, 1)) };
  }
}

const BEST = "best.";
const renamed = (state: State, name: (old: string) => string): State =>
  Object.fromEntries(Object.entries(state).map(([old, values]) => [name(old), values]));

function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0].slice();
  const out = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const same = (a: Float32Array, b: Float32Array) => a === b || (a.length === b.length && a.every((v, i) => v === b[i]));

function sumToOne(y: Float32Array, width: number): boolean {
  for (let row = 0; row < y.length; row += width) {
    let sum = 0;
    for (let i = row; i < row + width; i++) sum += y[i];
    if (sum !== 1) return false;
  }
  return true;
}

const slice = (values: Float32Array, lane: number, lanes: number) =>
  values.subarray((lane * values.length) / lanes, ((lane + 1) * values.length) / lanes);

/** The steps at which to look inside: the first, then evenly spread. */
function lookSteps(looks: number, total: number): Set<number> {
  return new Set(
    Array.from({ length: Math.min(looks, total) }, (_, i) => Math.floor((i * total) / Math.min(looks, total))),
  );
}

/** The epochs (from 1) after which to score. */
function scoredEpochs(wanted: "every" | number, epochs: number, all: boolean): Set<number> {
  const n = wanted === "every" || all ? epochs : Math.min(wanted, epochs);
  return new Set(Array.from({ length: n }, (_, i) => Math.round(((i + 1) * epochs) / n)));
}

const nextScored = (scored: Set<number>, epoch: number): number => {
  for (let e = epoch + 1; ; e++) if (scored.has(e)) return e;
};

const nextAfter = (steps: Set<number>, step: number): number | undefined => [...steps].find((s) => s > step);
