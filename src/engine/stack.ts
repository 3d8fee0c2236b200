/** Trainings stacked in one graph: their examples, weights and optimizer's memory, and the calls of the runtime that change and read them. */

import { PURPOSE, stream } from "../random.ts";
import type { NamedWeights } from "../weights.ts";
import { augmented } from "./augmented.ts";
import { averageOf, type TrainingStep, trainingStep } from "./compile.ts";
import { Evaluator, joined, type Outputs } from "./evaluator.ts";
import type { LayerStats } from "./events.ts";
import { type Lane, LaneState, mixes } from "./lane.ts";
import { startingWeights } from "./network.ts";
import { observation } from "./observe.ts";
import { numbersOf, OPTIMIZERS } from "./optimizers.ts";
import type { Feed, Runtime, Session } from "./runtime.ts";
import { groupShape, type Setup } from "./setup.ts";
import { snapshotOf } from "./snapshot.ts";
import { namedWeights } from "./weights.ts";

export type State = Record<string, Float32Array>;
/** The losses of each lane, and the first step whose loss or weights are not finite (-1: none); after a snapshot also the statistics of its layers. */
type Advance = { losses: number[][]; spoilt: number[]; layers?: LayerStats[][] };

export class Stack {
  readonly lanes: LaneState[];
  readonly setup: Setup;
  /** Measured over the last call that ran several steps. */
  secondsPerStep = 0;
  readonly #step: TrainingStep;
  readonly #runtime: Runtime;
  readonly #evaluator: Evaluator;
  readonly #fixed: Record<string, Feed> = {};
  #state: State = {};
  #sessions: { steps?: Session; snapshot?: Session } = {};

  constructor(lanes: readonly Lane[], runtime: Runtime) {
    const first = lanes[0];
    const shared = lanes.every((lane) => lane.data.x === first.data.x && same(lane.data.y, first.data.y));
    const examples = first.data.x.length / first.data.shape.reduce((p, n) => p * n, 1);
    let offset = 0;
    this.lanes = lanes.map((lane) => {
      const state = new LaneState(lane, shared ? 0 : offset);
      offset += lane.data.y.length / lane.data.width;
      return state;
    });
    const { network, loss } = first.resolved;
    const { data } = first;
    const binaryTargets = lanes.every((lane) => !mixes(lane) && lane.data.y.every((v) => v === 0 || v === 1));
    const rows = this.lanes[0].rows;
    this.setup = {
      plan: first.plan,
      network,
      loss,
      stack: lanes.length,
      rows,
      filled: data.train.length % rows > 0,
      inputShape: data.shape,
      binaryTargets,
      targetsSumToOne: lanes.every((lane) => sumToOne(lane)),
      targetWidth: data.width,
      tokens: data.tokens !== null,
    };
    this.#runtime = runtime;
    this.#evaluator = new Evaluator(this.setup, this.lanes, runtime);
    this.#step = trainingStep(this.setup);
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
    const { optimizer, averageWeights } = this.setup.plan.training;
    const slots = OPTIMIZERS[optimizer.name].slots(optimizer);
    this.setup.network.groups.forEach((group, i) => {
      const values = joined(starts.map((start) => start[i]));
      if (group.trainable || group.moving) this.#state[group.name] = values;
      else this.#fixed[group.name] = { dtype: "float32", shape: groupShape(group, this.#lead), data: values };
      if (!group.trainable) return;
      for (const [k, start] of slots.entries())
        this.#state[`${group.name}.${k}`] = new Float32Array(values.length).fill(start);
      if (averageWeights !== null) this.#state[averageOf(group)] = values.slice();
    });
  }

  get #lead(): number[] {
    return this.lanes.length > 1 ? [this.lanes.length] : [];
  }

  /** Runs `count` steps. */
  async advance(first: number, count: number, throughNaN: boolean): Promise<Advance> {
    this.#sessions.steps ??= await this.#runtime.steps(this.#step);
    const began = performance.now();
    const feeds = this.#feeds(first, count);
    const before = this.#state;
    const results = await this.#sessions.steps.run(feeds);
    this.#state = Object.fromEntries(Object.keys(before).map((name) => [name, results[name]]));
    if (count > 1) this.secondsPerStep = (performance.now() - began) / 1000 / count;
    const lanes = this.lanes.length;
    const losses = this.lanes.map((_, i) => Array.from({ length: count }, (_, k) => results["loss"][k * lanes + i]));
    const spoilt: number[] = [];
    for (const [i, lane] of this.lanes.entries())
      spoilt.push(lane.ended || throughNaN ? -1 : await this.#spoilt(i, before, first, losses[i]));
    return { losses, spoilt };
  }

  /**
   * The first of some steps whose loss, or a weight after it, is not finite; -1 if there is none. Weights go first when a step
   * is too large, and a loss can stay finite over them (max pooling drops NaN): then the steps are run again, by halves.
   */
  async #spoilt(lane: number, before: State, first: number, losses: number[]): Promise<number> {
    const found = losses.findIndex((loss) => !Number.isFinite(loss));
    if (found === 0 || (found < 0 && this.#finite(this.#state, lane))) return found;
    let [good, bad, state] = [0, found < 0 ? losses.length : found + 1, before];
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      const results = await this.#sessions.steps!.run(this.#feeds(first + good, middle - good, state));
      if (this.#finite(results, lane)) [good, state] = [middle, results];
      else bad = middle;
    }
    return good;
  }

  #finite(state: State, lane: number): boolean {
    return Object.keys(this.#state).every((name) => finite(slice(state[name], lane, this.lanes.length)));
  }

  #feeds(first: number, count: number, state: State = this.#state): Record<string, Feed> {
    const lanes = this.lanes.length;
    const { rows } = this.setup;
    const picked = new Int32Array(count * lanes * rows);
    const weight = new Float32Array(picked.length);
    const coefficients = Array.from({ length: this.#step.coefficients }, () => new Float32Array(count * lanes));
    const bits = this.#step.streams.map(() => new Uint32Array(count * lanes));
    for (let k = 0; k < count; k++)
      for (const [i, lane] of this.lanes.entries()) {
        const at = k * lanes + i;
        const step = first + k;
        lane.batch(step, picked, weight, at * rows);
        numbersOf(lane.lane.plan.training, lane.rate(step), step + 1).forEach((value, c) => {
          coefficients[c][at] = value;
        });
        for (const [d, list] of bits.entries())
          list[at] = stream(lane.lane.seed, PURPOSE.dropout, this.#step.streams[d], step);
      }
    const before = this.#lead;
    const one = lanes > 1 ? [count, lanes, 1, 1] : [count];
    const changed = this.lanes.some(({ lane }) => lane.data.augment) && augmented(this.lanes, first, picked, weight);
    const feeds: Record<string, Feed> = { ...this.#fixed, ...(changed && { x: changed.x, y: changed.y }) };
    for (const group of this.setup.network.groups)
      for (const name of Object.keys(this.#state))
        if (name === group.name || name.startsWith(`${group.name}.`))
          feeds[`in.${name}`] = { dtype: "float32", shape: groupShape(group, before), data: state[name] };
    feeds["rows"] = { dtype: "int32", shape: [count, ...before, rows], data: changed ? changed.picked : picked };
    feeds["weight"] = { dtype: "float32", shape: [count, ...before, rows, 1], data: weight };
    for (const [c, data] of coefficients.entries()) feeds[`rate${c}`] = { dtype: "float32", shape: one, data };
    for (const [d, data] of bits.entries()) feeds[`bits${d}`] = { dtype: "uint32", shape: one, data };
    return feeds;
  }

  /** A copy of the weights and the optimizer's state of one lane. */
  slices(lane: number): State {
    return Object.fromEntries(
      Object.entries(this.#state).map(([name, values]) => [name, slice(values, lane, this.lanes.length).slice()]),
    );
  }

  /** Restores the saved slices of one lane. */
  restore(lane: number, slices: State): void {
    for (const [name, values] of Object.entries(this.#state))
      values.set(slices[name], (lane * values.length) / this.lanes.length);
  }

  async release(): Promise<void> {
    for (const session of Object.values(this.#sessions)) await session.release();
    await this.#evaluator.release();
  }

  /** As Evaluator.outputs, with the current weights. */
  outputs(rows: readonly Uint32Array[], most: number, decode = false): Promise<Outputs[]> {
    return this.#evaluator.outputs(rows, most, decode, { ...this.#fixed, ...this.#weights(true) });
  }

  /** The weights without the optimizer's state; for evaluation the averaged ones where the plan asks for averages. */
  #weights(scorer: boolean): Record<string, Feed> {
    const groups = this.setup.network.groups.filter((group) => group.name in this.#state);
    return Object.fromEntries(
      groups.map((group) => {
        const average = scorer ? this.#state[averageOf(group)] : undefined;
        const data = average ?? this.#state[group.name];
        return [group.name, { dtype: "float32", shape: groupShape(group, this.#lead), data } as Feed];
      }),
    );
  }

  /** The weights with which one lane is evaluated, under Keras' names. */
  weights(lane: number): NamedWeights {
    return namedWeights(this.setup.network, (group) => {
      const own = this.#state[averageOf(group)] ?? this.#state[group.name] ?? this.#fixed[group.name].data;
      return slice(own as Float32Array, lane, this.lanes.length);
    });
  }

  /** Takes a snapshot of each lane on its `chosen` rows (the same number for each), then one step, so that the update is measured too. */
  async snapshot(step: number, throughNaN: boolean, chosen: readonly Uint32Array[]): Promise<Advance> {
    const rows = chosen[0].length;
    this.#sessions.snapshot ??= await this.#runtime.once(observation({ ...this.setup, rows }));
    const picked = Int32Array.from(chosen.flatMap((own, i) => Array.from(own, (row) => row + this.lanes[i].offset)));
    const observations = await this.#sessions.snapshot.run({
      ...this.#fixed,
      ...this.#weights(false),
      rows: { dtype: "int32", shape: [...this.#lead, rows], data: picked },
    });
    const before = this.#state;
    const advance = await this.advance(step, 1, throughNaN);
    return { ...advance, layers: snapshotOf(this.setup, observations, before, this.#state) };
  }
}

const same = (a: Float32Array, b: Float32Array) => a === b || (a.length === b.length && a.every((v, i) => v === b[i]));

/** Whether the targets of every row sum to 1; those of tokens do if each is one of the classes. */
function sumToOne({ data: { y, width, tokens }, resolved }: Lane): boolean {
  if (tokens) return y.every((token) => token < resolved.network.shape.at(-1)!);
  for (let row = 0; row < y.length; row += width) {
    let sum = 0;
    for (let i = row; i < row + width; i++) sum += y[i];
    if (sum !== 1) return false;
  }
  return true;
}

// All exponent bits set: infinite or NaN (IEEE 754).
const EXPONENT = 0x7f800000;

/** Whether all values are finite. (A call of `every` for 300,000 numbers takes as long as several steps with them.) */
function finite({ buffer, byteOffset, length }: Float32Array): boolean {
  const bits = new Int32Array(buffer, byteOffset, length);
  for (let i = 0; i < length; i++) if ((bits[i] & EXPONENT) === EXPONENT) return false;
  return true;
}

const slice = (values: Float32Array, lane: number, lanes: number) =>
  values.subarray((lane * values.length) / lanes, ((lane + 1) * values.length) / lanes);
