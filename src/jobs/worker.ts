/** A worker thread: trains the bundles of jobs that it receives, and sends their events. */
import { parentPort, workerData } from "node:worker_threads";
import type { Dataset } from "../data/dataset.ts";
import { revived } from "../data/node/disk.ts";
import { onnxRuntime } from "../engine/node/onnxruntime.ts";
import { UserError } from "../user-error.ts";
import { type FromWorker, STOP_ALL, stopOf, type ToWorker } from "./thread.ts";
import { trainBundle } from "./train.ts";

const port = parentPort!;
const runtime = onnxRuntime((workerData as { threads: number }).threads);
const datasets = new Map<number, Dataset>();
const send = (message: FromWorker) => port.postMessage(message);

async function work({ tasks, stop }: Extract<ToWorker, { kind: "work" }>): Promise<void> {
  const bundle = tasks.map(({ id, job, dataset }) => ({ id, job, dataset: datasets.get(dataset)! }));
  const at = (place: number) => Atomics.load(stop, place) !== 0;
  const stops = { all: () => at(STOP_ALL), one: (id: number) => at(stopOf(id)) };
  for await (const { job, event } of trainBundle(bundle, runtime, stops)) send({ kind: "event", job, event });
}

port.on("message", async (message: ToWorker) => {
  if (message.kind === "dataset") {
    datasets.set(message.id, revived(message.dataset));
    return;
  }
  try {
    await work(message);
    send({ kind: "done" });
  } catch (error) {
    const user = error instanceof UserError ? { fact: error.fact, todo: error.todo, place: error.place } : undefined;
    send({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error), user });
  }
});
