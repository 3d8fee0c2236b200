/** A worker thread: trains the jobs it is handed, stacked where they can be, and tells their events. */
import { parentPort, workerData } from "node:worker_threads";
import type { Dataset } from "../data/dataset.ts";
import { revived } from "../data/node/disk.ts";
import { makeLane, trainLanes } from "../engine/graph-engine.ts";
import { onnxRuntime } from "../engine/node/onnxruntime.ts";
import { UserError } from "../user-error.ts";
import type { Job } from "./jobs.ts";
import type { FromWorker, ToWorker } from "./local.ts";
import { vary } from "./vary.ts";

const port = parentPort!;
const runtime = onnxRuntime((workerData as { threads: number }).threads);
const datasets = new Map<number, Dataset>();
const tell = (message: FromWorker) => port.postMessage(message);

async function work(jobs: readonly { id: number; job: Job; dataset: number }[], stop: Int32Array): Promise<void> {
  const lanes = jobs.map(({ job, dataset }) => {
    const lane = makeLane(job.plan, datasets.get(dataset)!, job.seed);
    return { ...lane, data: vary(lane.data, job.variation, job.seed) };
  });
  const signal = {
    get aborted() {
      return Atomics.load(stop, 0) !== 0;
    },
  };
  for await (const { lane, event } of trainLanes(lanes, runtime, { ...jobs[0].job.options, signal }))
    tell({ kind: "event", id: jobs[lane].id, event });
}

port.on("message", async (message: ToWorker) => {
  if (message.kind === "dataset") {
    datasets.set(message.id, revived(message.dataset));
    return;
  }
  try {
    await work(message.jobs, message.stop);
    tell({ kind: "done" });
  } catch (error) {
    const user = error instanceof UserError ? { fact: error.fact, todo: error.todo, place: error.place } : undefined;
    tell({ kind: "failed", message: error instanceof Error ? (error.stack ?? error.message) : String(error), user });
  }
});
