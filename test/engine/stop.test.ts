/** A training that is told to stop. */
import { expect, it } from "vitest";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { checkpoints, classes, dense, end, epochs, losses, plan, told } from "./small.ts";

const engine = graphEngine(onnxRuntime(1));
const data = classes(100, [6], 3);
const the = plan({ network: [dense(8, "relu"), dense(3, "softmax")], training: { batchSize: 8, epochs: 50 } });

it("ends with what it has, and says so", async () => {
  const stop = new AbortController();
  const events = [];
  for await (const event of engine.train(the, data, { seeds: [1], signal: stop.signal, checkpoints: 1 })) {
    events.push(event);
    if (event.type === "epoch" && event.epoch === 3) stop.abort();
  }
  expect(end(events)).toMatchObject({ reason: "stopped", epoch: 3, bestEpoch: 3 });
  expect(end(events).validation).toEqual(epochs(events)[2].validation);
  expect(losses(events).length).toBe(30);
  expect(checkpoints(events).length).toBe(3);
});

it("before the first step it ends with the start", async () => {
  const events = await told(engine, the, data, { signal: AbortSignal.abort() });
  expect(events.map((event) => event.type)).toEqual(["start", "end"]);
  expect(end(events)).toMatchObject({ reason: "stopped", epoch: 0 });
});

it("within an epoch, no more is run than the call that was under way", async () => {
  const long = plan({ ...the, training: { ...the.training, batchSize: 1, epochs: 100_000 } });
  const stop = new AbortController();
  const began = performance.now();
  const events = [];
  for await (const event of engine.train(long, data, { seeds: [1, 2], signal: stop.signal, scores: 1 })) {
    events.push(event);
    if (event.type === "steps" && event.first > 20) stop.abort();
  }
  expect([end(events, 1).reason, end(events, 2).reason]).toEqual(["stopped", "stopped"]);
  expect(performance.now() - began).toBeLessThan(5000);
});

it("leaving the loop frees the runtime", async () => {
  for await (const event of engine.train(the, data, { seeds: [1] })) if (event.type === "epoch") break;
});
