/** What is measured of the engine alone: two trials side by side, WebAssembly, statistics of the layers, the growth of memory. */
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { graphEngine } from "../src/engine/graph-engine.ts";
import { onnxruntime, portable } from "../src/engine/node/binding.ts";
import { onnxRuntime } from "../src/engine/node/onnxruntime.ts";
import { type Case, CNN, MLP } from "./cases.ts";
import { datasetOf, ours, planOf, processor } from "./ours.ts";
import { onWorker } from "./worker.ts";

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
/** Two trainings on two workers, one thread each, as times the samples per second of one alone. */
export async function sideBySide(given: Case, rounds: number, length: number): Promise<number> {
  const both = [onWorker(given), onWorker(given)];
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const alone = await both[0](length);
    const together = await Promise.all(both.map((measure) => measure(length)));
    if (round > 0) ratios.push((together[0] + together[1]) / alone);
  }
  for (const measure of both) measure.end();
  return median(ratios);
}

/** Processor time of a training, one thread. */
async function trained(given: Case, epochs: number, snapshots: number): Promise<number> {
  const began = processor();
  const options = { seeds: [1], scores: 1, trainScores: false, snapshots };
  for await (const _ of graphEngine(onnxRuntime(1)).train(planOf(given, epochs), datasetOf(given), options));
  return processor() - began;
}

// As often as `unstuck train` looks.
const LOOKS = 16;

/** The share of processor time that looking inside the layers adds to a training of `epochs`; either goes first in turn. */
async function lookingCosts(given: Case, epochs: number, rounds: number): Promise<number> {
  const times = new Map<number, number[]>([0, LOOKS].map((snapshots) => [snapshots, []]));
  for (let round = 0; round < rounds; round++)
    for (const snapshots of round % 2 ? [0, LOOKS] : [LOOKS, 0])
      times.get(snapshots)!.push(await trained(given, epochs, snapshots));
  return median(times.get(LOOKS)!) / median(times.get(0)!) - 1;
}

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** Megabytes that are held once all garbage is collected: of the process, and of what JavaScript reaches. */
async function held(): Promise<{ resident: number; reached: number }> {
  // What belonged to garbage outside the heap is freed in the next turn.
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await setImmediate();
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / 1e6, reached: (heapUsed + external) / 1e6 };
}

/** Megabytes that are held more after 10,000 steps, from the 10,000th on: heap and arenas have their size by then. */
async function growth(given: Case): Promise<{ resident: number; reached: number }> {
  const perEpoch = Math.ceil(given.rows / given.batch);
  const options = { seeds: [1], scores: 1, trainScores: false };
  const plan = planOf(given, Math.ceil(20_000 / perEpoch));
  let steps = 0;
  let before: Awaited<ReturnType<typeof held>> | undefined;
  for await (const event of graphEngine(onnxRuntime(1)).train(plan, datasetOf(given), options)) {
    if (event.type !== "steps") continue;
    steps += event.loss.length;
    if (!before && steps >= 10_000) before = await held();
  }
  const after = await held();
  return { resident: after.resident - before!.resident, reached: after.reached - before!.reached };
}

/** How much longer one thread takes as WebAssembly than natively. */
async function slower(given: Case, rounds: number, length: number): Promise<number> {
  const sides = [onnxruntime, portable].map((library) => ours(given, onnxRuntime(1, library), processor));
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [native, web] = [await sides[0](length), await sides[1](length)];
    if (round > 0) ratios.push(native / web);
  }
  return median(ratios);
}

const SMALL: Case = {
  ...CNN,
  name: "CNN 12×12, 4 filters",
  shape: [12, 12, 1],
  layers: CNN.layers.map((layer) => (layer.layer === "conv2d" ? { ...layer, filters: 4 } : layer)),
  batch: 16,
  rows: 256,
};

export async function* costs(rounds: number, length: number): AsyncGenerator<string> {
  // First: what other trainings held is not freed at once.
  for (const given of [MLP, SMALL]) {
    const { resident, reached } = await growth(given);
    yield `memory after 10,000 more steps, ${given.name}: ${resident.toFixed(1)} MB more, ${reached.toFixed(1)} of them JavaScript's (0)`;
  }
  for (const given of [CNN, MLP])
    yield `two trials side by side, ${given.name}: ${(await sideBySide(given, rounds, length)).toFixed(2)} × one (≥ 1.6)`;
  yield `statistics of the layers, ${MLP.name}, 20 epochs: ${(100 * (await lookingCosts(MLP, 20, 2 * rounds))).toFixed(1)} % (≤ 3)`;
  try {
    yield `WebAssembly, ${MLP.name}: ${(await slower(MLP, rounds, length)).toFixed(2)} × slower (≤ 2.5)`;
  } catch (error) {
    yield `WebAssembly is not measured: ${(error as Error).message.split("\n")[0]}`;
  }
}
