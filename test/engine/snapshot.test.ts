/** What a look inside the layers tells, and that it changes nothing. */
import { expect, it } from "vitest";
import type { LayerStats, TrainEvent } from "../../src/engine/events.ts";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { classes, dense, end, losses, numbers, plan, told } from "./small.ts";

const engine = graphEngine(onnxRuntime(1));
const snapshots = (events: readonly TrainEvent[], seed = 1) =>
  events.flatMap((event) => (event.type === "layers" && event.seed === seed ? [event] : []));

it("the numbers of a layer are those of its rows, and of the step that follows", async () => {
  const data = numbers(60, 2, 1);
  const half = { ...dense(3, "relu"), kernelInit: { constant: 0.5 } };
  const the = plan({
    data: { validation: null },
    network: [half, dense(1)],
    training: { optimizer: { name: "sgd", learningRate: 0.2 }, batchSize: 60, epochs: 3 },
  });
  const [first] = snapshots(await told(engine, the, data, { snapshots: 3 }));
  const { x } = data.table;
  const given = Array.from({ length: 60 }, (_, r) => Math.max(0, 0.5 * (x[2 * r] + x[2 * r + 1])));
  const mean = given.reduce((sum, v) => sum + v, 0) / 60;
  const [{ activation, gradient, weight, update }] = first.layers as Required<LayerStats>[];
  expect(activation.mean).toBeCloseTo(mean, 5);
  expect(activation.std).toBeCloseTo(Math.sqrt(given.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 60), 5);
  expect(activation.zeros).toBeCloseTo(given.filter((v) => v === 0).length / 60, 6);
  expect(activation.deadUnits).toBe(0);
  expect(weight).toBeCloseTo(Math.sqrt(6 * 0.25), 5);
  // A batch of all rows: the step goes along the gradient that was seen.
  expect(update).toBeCloseTo((0.2 * gradient) / weight, 6);
});

it("a unit that is 0 for every row is dead", async () => {
  const dead = { ...dense(4, "relu"), kernelInit: { constant: 0.1 }, biasInit: { constant: -9 } };
  const [{ layers }] = snapshots(
    await told(engine, plan({ network: [dead, dense(1)] }), numbers(40, 2, 1), { snapshots: 1 }),
  );
  expect(layers[0]).toMatchObject({ activation: { zeros: 1, deadUnits: 1 }, gradient: 0, update: 0 });
});

it.each([[[1]], [[1, 2]]])("changes nothing of the training, seeds %j", async (seeds) => {
  const data = classes(100, [4], 3);
  const the = plan({
    network: [dense(8, "tanh"), { layer: "dropout", rate: 0.3 }, dense(3, "softmax")],
    training: { optimizer: "adam", batchSize: 16, epochs: 3 },
  });
  const [without, often] = [
    await told(engine, the, data, { seeds }),
    await told(engine, the, data, { seeds, snapshots: 7 }),
  ];
  const wanted = Array.from({ length: 7 }, (_, i) => Math.floor((i * losses(without).length) / 7));
  for (const seed of seeds) {
    expect(snapshots(often, seed).map(({ step }) => step)).toEqual(wanted);
    expect(losses(often, seed)).toEqual(losses(without, seed));
    expect(end(often, seed)).toEqual(end(without, seed));
  }
});
