/** A training on a thread of its own: answers how many samples a second it took for so many seconds. */
import { once } from "node:events";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { onnxRuntime } from "../src/engine/node/onnxruntime.ts";
import type { Case } from "./cases.ts";
import { type Measure, ours } from "./ours.ts";

if (parentPort) {
  const measure = ours(workerData as Case, onnxRuntime(1));
  parentPort.on("message", async (seconds: number) => parentPort!.postMessage(await measure(seconds)));
}

/** As `ours`, with one thread on a worker. */
export function onWorker(given: Case): Measure & { end(): void } {
  const worker = new Worker(new URL(import.meta.url), { workerData: given });
  const measure = async (seconds: number): Promise<number> => {
    worker.postMessage(seconds);
    const [rate] = await once(worker, "message");
    return rate;
  };
  return Object.assign(measure, { end: () => void worker.terminate() });
}
