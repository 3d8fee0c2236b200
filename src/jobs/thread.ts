/** One worker thread, and the messages between it and the pool. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Dataset } from "../data/dataset.ts";
import { UserError } from "../user-error.ts";
import type { JobEvent } from "./jobs.ts";
import type { Task } from "./train.ts";

/** Of the numbers that stop a run, the first stops all, and the others one job each. */
export const STOP_ALL = 0;
export const stopOf = (id: number): number => 1 + id;

/** A task with its data; `id` of the data is the same for tasks that share them. */
export type Ready = Task & { data: { id: number; dataset: Dataset } };

export type ToWorker =
  | { kind: "dataset"; id: number; dataset: Dataset }
  | { kind: "work"; tasks: (Task & { dataset: number })[]; stop: Int32Array };
export type FromWorker =
  | ({ kind: "event" } & JobEvent)
  | { kind: "done" }
  | { kind: "failed"; message: string; user?: { fact: string; todo: string; place?: string } };

// The sources in the checkout, compiled in the published package.
const WORKER = new URL(`./worker${extname(import.meta.url)}`, import.meta.url);

export class Thread {
  readonly #worker = new Worker(WORKER, { workerData: { threads: 1 } });
  readonly #known = new Set<number>();

  /** @param died is called once it cannot be used any more, also while it is idle. */
  constructor(died: (thread: Thread) => void) {
    this.#worker.on("error", () => died(this));
    this.#worker.on("exit", () => died(this));
    this.#worker.unref();
  }

  /** Trains a bundle of tasks. */
  train(bundle: readonly Ready[], stop: Int32Array, emit: (event: JobEvent) => void): Promise<void> {
    const worker = this.#worker;
    worker.ref();
    return new Promise<void>((resolve, reject) => {
      const finish = (act: () => void) => {
        worker.off("message", hear).off("error", failed).off("exit", exited).unref();
        act();
      };
      const failed = (error: NodeJS.ErrnoException) => finish(() => reject(deathOf(error)));
      const exited = (code: number) =>
        finish(() => reject(new Error(`a worker thread ended while it was training (exit code ${code})`)));
      const hear = (message: FromWorker) => {
        if (message.kind === "event") emit({ job: message.job, event: message.event });
        else if (message.kind === "done") finish(resolve);
        else finish(() => reject(errorOf(message)));
      };
      worker.on("message", hear).on("error", failed).on("exit", exited);
      for (const { data } of bundle) this.#share(data.id, data.dataset);
      const tasks = bundle.map(({ id, job, data }) => ({ id, job, dataset: data.id }));
      worker.postMessage({ kind: "work", tasks, stop } satisfies ToWorker);
    });
  }

  #share(id: number, dataset: Dataset): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#worker.postMessage({ kind: "dataset", id, dataset } satisfies ToWorker);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

const errorOf = ({ message, user }: Extract<FromWorker, { kind: "failed" }>): Error =>
  user ? new UserError(user.fact, user.todo, user.place) : new Error(message);

/** What a worker died of. */
function deathOf(error: NodeJS.ErrnoException): Error {
  if (error.code !== "ERR_WORKER_OUT_OF_MEMORY") return error;
  return new UserError("a training ran out of memory.", "Use fewer threads (--threads), or a part of the rows.");
}
