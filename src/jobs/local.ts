/** Jobs on this machine: a pool of worker threads, each training on one processor. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { datasetKey } from "../data/build.ts";
import type { Dataset } from "../data/dataset.ts";
import type { TrainEvent } from "../engine/events.ts";
import type { Plan } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import type { Job, JobEvent, Jobs } from "./jobs.ts";

type Numbered = { id: number; job: Job; dataset: number };
export type ToWorker =
  | { kind: "dataset"; id: number; dataset: Dataset }
  | { kind: "work"; jobs: Numbered[]; stop: Int32Array };
export type FromWorker =
  | { kind: "event"; id: number; event: TrainEvent }
  | { kind: "done" }
  | { kind: "failed"; message: string; user?: { fact: string; todo: string; place?: string } };

// The sources in the checkout, compiled in the published package.
const WORKER = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

// So many stacked trainings are told about, and can be stopped, together.
const MOST_TOGETHER = 16;

/** @param load the dataset of a plan; called once for every different data part. */
export function localJobs(load: (plan: Plan) => Promise<Dataset>, threads: number): Jobs {
  const idle: Worker[] = [];
  const all: Worker[] = [];
  const known = new Map<Worker, Set<number>>();
  const loaded = new Map<string, { id: number; dataset: Promise<Dataset> }>();

  const take = (): Worker => {
    const worker = idle.pop() ?? new Worker(WORKER, { workerData: { threads: 1 } });
    if (!all.includes(worker)) {
      all.push(worker);
      known.set(worker, new Set());
      worker.unref();
    }
    return worker;
  };

  const datasetOf = (plan: Plan) => {
    const key = datasetKey(plan);
    const entry = loaded.get(key) ?? { id: loaded.size, dataset: load(plan) };
    loaded.set(key, entry);
    return entry;
  };

  async function* run(jobs: readonly Job[], { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<JobEvent> {
    const numbered = await Promise.all(
      jobs.map(async (job, id) => {
        const { id: dataset, dataset: ready } = datasetOf(job.plan);
        return { id, job, dataset, ready: await ready };
      }),
    );
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const queue = bundles(numbered, threads);
    const events = new Channel<JobEvent>();
    const abort = () => Atomics.store(stop, 0, 1);
    signal?.addEventListener("abort", abort, { once: true });
    if (signal?.aborted) abort();

    const drain = async () => {
      for (let bundle = queue.shift(); bundle && !Atomics.load(stop, 0); bundle = queue.shift()) {
        const worker = take();
        worker.ref();
        for (const { dataset, ready } of bundle)
          if (!known.get(worker)!.has(dataset)) {
            known.get(worker)!.add(dataset);
            worker.postMessage({ kind: "dataset", id: dataset, dataset: ready } satisfies ToWorker);
          }
        await carryOut(
          worker,
          bundle.map(({ id, job, dataset }) => ({ id, job, dataset })),
          stop,
          (event) => events.push(event),
        );
        worker.unref();
        idle.push(worker);
      }
    };
    const done = Promise.all(Array.from({ length: threads }, drain)).then(
      () => events.end(),
      (error) => events.end(error),
    );
    try {
      yield* events;
    } finally {
      // Left early, or failed: what still runs is told to stop, and waited for.
      abort();
      signal?.removeEventListener("abort", abort);
      await done;
    }
  }

  return { run, close: async () => void (await Promise.all(all.map((worker) => worker.terminate()))) };
}

function carryOut(worker: Worker, jobs: Numbered[], stop: Int32Array, tell: (event: JobEvent) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (act: () => void) => {
      worker.off("message", hear);
      worker.off("error", fail);
      worker.off("exit", exited);
      act();
    };
    const fail = (error: unknown) => finish(() => reject(error));
    const exited = () => fail(new Error("a worker thread ended on its own"));
    const hear = (message: FromWorker) => {
      if (message.kind === "event") tell({ job: message.id, event: message.event });
      else if (message.kind === "done") finish(resolve);
      else
        fail(
          message.user
            ? new UserError(message.user.fact, message.user.todo, message.user.place)
            : new Error(message.message),
        );
    };
    worker.on("message", hear);
    worker.once("error", fail);
    worker.once("exit", exited);
    worker.postMessage({ kind: "work", jobs, stop } satisfies ToWorker);
  });
}

/** Jobs that may share a graph stay together, in parts for every thread; the others go one by one. */
function bundles<T extends { job: Job }>(jobs: readonly T[], threads: number): T[][] {
  const alike = new Map<string, T[]>();
  for (const entry of jobs) {
    const { plan, options, variation } = entry.job;
    const { name } = plan.training.optimizer;
    const key = JSON.stringify([
      plan.network,
      name,
      plan.training.epochs,
      plan.training.batchSize,
      plan.training.loss,
      options,
      variation?.kind,
    ]);
    alike.set(key, [...(alike.get(key) ?? []), entry]);
  }
  return [...alike.values()].flatMap((group) => {
    const parts = isDeep(group[0].job.plan)
      ? group.length
      : Math.max(Math.min(threads, group.length), Math.ceil(group.length / MOST_TOGETHER));
    return Array.from({ length: parts }, (_, k) =>
      group.slice(Math.ceil((k * group.length) / parts), Math.ceil(((k + 1) * group.length) / parts)),
    );
  });
}

/** Convolutions are not stacked: each training is a bundle of its own. */
const isDeep = ({ network }: Plan): boolean =>
  typeof network !== "string" && network.some(({ layer }) => layer.startsWith("conv"));

/** Values pushed by some, read by one. */
class Channel<T> implements AsyncIterable<T> {
  #values: T[] = [];
  #ended = false;
  #error: unknown;
  #wake: () => void = () => {};

  push(value: T): void {
    this.#values.push(value);
    this.#wake();
  }

  end(error?: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      while (this.#values.length > 0) yield this.#values.shift()!;
      if (this.#ended) {
        if (this.#error) throw this.#error;
        return;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
