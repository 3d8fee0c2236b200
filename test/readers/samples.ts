/** Samples of logs: of each reader by its id, and under "none" what no reader reads. */
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { writeJson } from "../../src/json.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import type { Sample } from "../conformance/readers.ts";
import { classes } from "../engine/small.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const given = {
  data: { source: "t.csv", target: "y" },
  network: [{ layer: "dense", units: 3, activation: "softmax" }],
  training: { optimizer: { name: "sgd", learningRate: 0.1 }, epochs: 5 },
};
const head = { version: 1, unstuck: "0.0.0", plan: "plan.json", given, seed: 1, threads: 1, task: "classification" };

/** A real training, small enough to be over at once. */
async function ownRun(learningRate: number): Promise<Sample> {
  const plan = parsePlan({ ...given, training: { ...given.training, optimizer: { name: "sgd", learningRate } } });
  const lines: string[] = [];
  for await (const event of graphEngine(onnxRuntime(1)).train(plan, classes(60, [2], 3), { seeds: [1], snapshots: 4 }))
    if (event.type !== "weights" && event.type !== "checkpoint") lines.push(writeJson(event));
  return { "run.json": utf8(writeJson({ ...head, data: "x" })), "events.ndjson": utf8(`${lines.join("\n")}\n`) };
}

const recorded = {
  version: 1,
  recorder: { name: "observer", framework: "torch 2.15" },
};

const own = await ownRun(0.1);

export const samples: Readonly<Record<string, readonly Sample[]>> = {
  unstuck: [
    own,
    // Its loss becomes NaN.
    await ownRun(1e30),
    // Written by a recorder that knows no plan.
    { ...own, "run.json": utf8(writeJson(recorded)) },
  ],
  none: [
    { "plan.json": utf8(writeJson(given)), "t.csv": utf8("a,y\n1,2\n") },
    { "train.out": utf8("Epoch 1/2\n3/3 - loss: 0.9 - val_loss: 1.0\nEpoch 2/2\n3/3 - loss: 0.8 - val_loss: 0.9\n") },
    { "history.csv": utf8("epoch,loss,val_loss\n0,1.5,1.6\n1,1.2,1.4\n") },
  ],
};
