/** What every engine keeps to, whatever carries it out: call `engineConforms` with it in a test. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import type { Engine } from "../../src/engine/engine.ts";
import type { TrainEvent } from "../../src/engine/events.ts";
import {
  apart,
  checkpoints,
  classes,
  dense,
  end,
  epochs,
  losses,
  numbers,
  plan,
  type Sketch,
  told,
} from "../engine/small.ts";

// Of the clock nothing is promised.
const timeless = (events: readonly TrainEvent[]) =>
  events.map((event) => (event.type === "epoch" ? { ...event, seconds: 0 } : event));

/** 20 rows in the order of the file, in batches of 8, 8 and 4, and a rate of 0: what is computed can be computed by hand. */
const still = ({ training, ...rest }: Sketch) =>
  plan({
    ...rest,
    data: { validation: null, ...rest.data },
    training: { optimizer: { name: "sgd", learningRate: 0 }, shuffle: false, batchSize: 8, epochs: 2, ...training },
  });
const ROWS = 20;
const BATCHES = [0, 8, 16].map((from) => Array.from({ length: Math.min(8, ROWS - from) }, (_, i) => from + i));

const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
const column = ({ table }: Dataset, c: number, rows: readonly number[]) =>
  rows.map((r) => table.x[r * table.shape[0] + c]);
const target = ({ table }: Dataset, rows: readonly number[]) =>
  rows.map((r) => (table.target.kind === "numbers" ? table.target.values[r] : Number.NaN));
const squared = (a: readonly number[], b: readonly number[]) => mean(a.map((v, i) => (v - b[i]) ** 2));

export function engineConforms(name: string, engine: Engine): void {
  describe(`${name} keeps to what an engine is`, () => {
    repeats(engine);
    learns(engine);
    stops(engine);
    diverges(engine);
    countsRealRows(engine);
  });
}

function repeats(engine: Engine): void {
  it("the same seed is the same run, another seed another", async () => {
    const data = classes(60, [4], 3);
    const the = plan({
      network: [dense(8, "relu"), { layer: "dropout", rate: 0.3 }, dense(3, "softmax")],
      training: { optimizer: "adam", batchSize: 16, epochs: 3 },
    });
    const options = { checkpoints: 3, predictions: true };
    const first = await told(engine, the, data, options);
    expect(timeless(await told(engine, the, data, options))).toEqual(timeless(first));
    expect(checkpoints(first).length).toBe(1);
    expect(losses(await told(engine, the, data, { seeds: [2] }), 2)).not.toEqual(losses(first));
  });
}

function learns(engine: Engine): void {
  it("learns a linear problem", async () => {
    const data = numbers(200, 3, 1);
    if (data.table.target.kind !== "numbers") throw new Error("the data are numbers");
    const { x, target } = data.table;
    for (let r = 0; r < 200; r++) target.values[r] = 2 * x[3 * r] - x[3 * r + 1] + 0.5 * x[3 * r + 2] + 1;
    const training = { optimizer: { name: "sgd", learningRate: 0.1 }, batchSize: 16, epochs: 20 } as const;
    const { reason, score } = end(await told(engine, plan({ network: [dense(1)], training }), data));
    expect(reason).toBe("finished");
    expect(score).toBeGreaterThan(0.999);
  });
}

function stops(engine: Engine): void {
  it("stops within half a second of the signal", async () => {
    const the = plan({
      network: [dense(16, "relu"), dense(3, "softmax")],
      training: { batchSize: 4, epochs: 100_000 },
    });
    const stop = new AbortController();
    let aborted = Number.NaN;
    const events: TrainEvent[] = [];
    for await (const event of engine.train(the, classes(200, [4], 3), { seeds: [1], signal: stop.signal, scores: 1 })) {
      events.push(event);
      if (event.type !== "steps" || event.first < 20 || stop.signal.aborted) continue;
      stop.abort();
      aborted = performance.now();
    }
    expect(performance.now() - aborted).toBeLessThan(500);
    expect(end(events).reason).toBe("stopped");
  });
}

function diverges(engine: Engine): void {
  it.each([
    { name: "a cell that is no number", row: 17, rate: 0.01, step: 2 },
    { name: "a rate that is far too high", row: null, rate: 1e30, step: null },
  ])("ends as diverged: $name", async ({ row, rate, step }) => {
    const data = numbers(ROWS, 3, 1);
    if (row !== null) data.table.x[3 * row] = Number.NaN;
    const training = { optimizer: { name: "sgd", learningRate: rate }, epochs: 30 } as const;
    const events = await told(engine, still({ network: [dense(4, "relu"), dense(1)], training }), data);
    const { reason, divergedAt, epoch } = end(events);
    expect(reason).toBe("diverged");
    const at = divergedAt!.step;
    if (step !== null) expect(at).toBe(step);
    expect(epoch).toBe(Math.floor(at / BATCHES.length) + 1);
    // The loss of that step, or the one after it where the weights went first.
    const seen = losses(events).findIndex((loss) => !Number.isFinite(loss));
    expect([at, at + 1]).toContain(seen);
    expect(losses(events).length).toBe(seen + 1);
  });
}

function countsRealRows(engine: Engine): void {
  it("the last small batch is judged by its own rows", async () => {
    const data = numbers(ROWS, 2, 1);
    const network: Sketch["network"] = [{ ...dense(1), kernelInit: { constant: 0.5 } }];
    const events = await told(engine, still({ network, training: { epochs: 1 } }), data);
    const answers = (rows: number[]) => rows.map((r) => 0.5 * (data.table.x[2 * r] + data.table.x[2 * r + 1]));
    const expected = BATCHES.map((rows) => squared(answers(rows), target(data, rows)));
    expect(apart(losses(events), expected)).toBeLessThan(1e-5);
  });

  it("batch normalisation: statistics of the batch in training, gathered ones in evaluation", async () => {
    const data = numbers(ROWS, 1, 1);
    const [momentum, epsilon] = [0.7, 0.01];
    const network: Sketch["network"] = [{ layer: "batchNormalization", momentum, epsilon }];
    const events = await told(engine, still({ network }), data);
    const normalised = (rows: readonly number[], { centre, variance }: { centre: number; variance: number }) =>
      column(data, 0, rows).map((v) => (v - centre) / Math.sqrt(variance + epsilon));
    const moving = { centre: 0, variance: 1 };
    const expected: number[] = [];
    const judged: number[] = [];
    for (let epoch = 0; epoch < 2; epoch++) {
      for (const rows of BATCHES) {
        const values = column(data, 0, rows);
        const own = {
          centre: mean(values),
          variance: squared(
            values,
            values.map(() => mean(values)),
          ),
        };
        expected.push(squared(normalised(rows, own), target(data, rows)));
        moving.centre = momentum * moving.centre + (1 - momentum) * own.centre;
        moving.variance = momentum * moving.variance + (1 - momentum) * own.variance;
      }
      judged.push(squared(normalised(BATCHES.flat(), moving), target(data, BATCHES.flat())));
    }
    expect(apart(losses(events), expected)).toBeLessThan(1e-5);
    expect(
      apart(
        epochs(events).map(({ train }) => train!.loss),
        judged,
      ),
    ).toBeLessThan(1e-5);
  });
}
