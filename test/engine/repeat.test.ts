/** The same seed gives the same bits: alone, again, in a worker, resumed; stacked, within a tolerance. */
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import type { TrainEvent } from "../../src/engine/events.ts";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import {
  apart,
  checkpoints,
  classes,
  dense,
  end,
  epochs,
  losses,
  plan,
  type Sketch,
  statesApart,
  told,
} from "./small.ts";

const engine = graphEngine(onnxRuntime(1));
const EPOCHS = 4;
const data = classes(150, [6], 3);

type Table = { name: string; network?: (rate: number) => Sketch["network"] } & Pick<Sketch, "data"> &
  Sketch["training"];

const chain = (rate: number): Sketch["network"] => [
  dense(20, "relu"),
  { layer: "dropout", rate },
  dense(10, "tanh"),
  { layer: "dropout", rate: rate / 2 },
  dense(3, "softmax"),
];
const branched = (rate: number): Sketch["network"] => [
  { ...dense(12, "relu"), name: "a" },
  { layer: "batchNormalization", momentum: 0.9 },
  { layer: "gaussianNoise", std: rate },
  { ...dense(12, "tanh"), name: "b" },
  { layer: "dropout", rate, from: ["a"], name: "c" },
  { layer: "add", from: ["b", "c"], name: "d" },
  { layer: "layerNormalization" },
  { layer: "concatenate", from: ["d", "input"] },
  dense(3, "softmax"),
];

const tables: Table[] = [
  { name: "adam", optimizer: { name: "adam", learningRate: 0.01 } },
  { name: "momentum, nesterov", optimizer: { name: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true } },
  { name: "rmsprop with momentum", optimizer: { name: "rmsprop", learningRate: 0.005, momentum: 0.5 } },
  {
    name: "nadam, batch normalisation, branches, noise, averaged weights",
    optimizer: { name: "nadam", learningRate: 0.01 },
    averageWeights: 0.9,
    network: branched,
  },
  {
    name: "augmented: noise and mixed rows",
    optimizer: { name: "adam", learningRate: 0.01 },
    data: { augment: [{ name: "noise", amount: 0.3 }, { name: "mixup" }] },
  },
];

const planOf = ({ network = chain, optimizer, averageWeights, data }: Table, rate = 0.3) =>
  plan({
    ...(data && { data }),
    network: network(rate),
    training: {
      optimizer,
      averageWeights,
      epochs: EPOCHS,
      batchSize: 16,
      schedule: { name: "reduceOnPlateau", patience: 1, factor: 0.5 },
      earlyStopping: { patience: 50, restoreBest: true },
    },
  });

// All that was told but the clock's time.
const course = (events: readonly TrainEvent[], seed = 1) => ({
  losses: losses(events, seed),
  epochs: epochs(events, seed).map((epoch) => ({ ...epoch, seconds: 0 })),
  last: checkpoints(events, seed).at(-1),
  end: end(events, seed),
});

const inWorker = (workerData: object) =>
  new Promise<TrainEvent[]>((resolve, reject) => {
    const worker = new Worker(new URL("./train-worker.ts", import.meta.url), { workerData });
    worker.once("message", resolve).once("error", reject);
  });

describe.each(tables)("$name", (table) => {
  const the = planOf(table);
  const alone = told(engine, the, data, { checkpoints: EPOCHS });

  it("twice the same", async () => {
    expect(course(await told(engine, the, data, { checkpoints: EPOCHS }))).toEqual(course(await alone));
  });

  it("in a worker", async () => {
    const options = { checkpoints: EPOCHS };
    expect(course(await inWorker({ plan: the, data, options }))).toEqual(course(await alone));
  });

  it.each([1, 2, 3])("resumed after epoch %i", async (epoch) => {
    const first: TrainEvent[] = [];
    for await (const event of engine.train(the, data, { seeds: [1], checkpoints: 1 })) {
      first.push(event);
      if (event.type === "checkpoint" && event.checkpoint.epoch === epoch) break;
    }
    const from = structuredClone(checkpoints(first).at(-1)!);
    const rest = await told(engine, the, data, { checkpoints: EPOCHS, from });
    const whole = course(await alone);
    expect([...losses(first), ...losses(rest)]).toEqual(whole.losses);
    expect(checkpoints(rest).at(-1)).toEqual(whole.last);
    expect(end(rest)).toEqual(whole.end);
  });

  it("stacked with other seeds, within 1e-6", async () => {
    const stacked = await told(engine, the, data, { seeds: [4, 1, 9], checkpoints: EPOCHS });
    const one = course(await alone);
    const among = course(stacked);
    expect(apart(among.losses, one.losses)).toBeLessThan(1e-6);
    expect(statesApart(among.last!.state, one.last!.state)).toBeLessThan(1e-6);
  });

  it.each([[[1, 4]], [[7, 1]], [[4, 1, 9]], [[1]]])("accompanied, among %j: the same bits", async (seeds) => {
    const options = { checkpoints: EPOCHS, snapshots: 3, accompanied: true };
    const [among, looked] = [
      await told(engine, the, data, { ...options, seeds }),
      (events: readonly TrainEvent[]) => events.filter(({ type, seed }) => type === "layers" && seed === 1),
    ];
    const pair = await told(engine, the, data, { ...options, seeds: [1, 6] });
    expect(course(among)).toEqual(course(pair));
    expect(looked(among)).toEqual(looked(pair));
  });

  it("another seed, or no dropout, is another training", async () => {
    const mine = losses(await alone);
    const other = losses(await told(engine, the, data, { seeds: [2] }), 2);
    const undropped = losses(await told(engine, planOf(table, 0), data));
    expect(other[0]).not.toBe(mine[0]);
    expect(undropped[0]).not.toBe(mine[0]);
  });
});

it("resumed after its best epoch, it ends with the weights of that epoch", async () => {
  const the = plan({
    network: [dense(40, "relu"), dense(3, "softmax")],
    training: {
      optimizer: { name: "adam", learningRate: 0.1 },
      epochs: 12,
      batchSize: 16,
      earlyStopping: { patience: 4, restoreBest: true },
    },
  });
  const events = await told(engine, the, data, { checkpoints: 1 });
  const whole = end(events);
  expect(whole.reason).toBe("early-stopping");
  const from = checkpoints(events).find(({ epoch }) => epoch === whole.bestEpoch + 2);
  expect(end(await told(engine, the, data, { from }))).toEqual(whole);
});
