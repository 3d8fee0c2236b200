/** Jobs on this machine: a pool of worker threads, each training on one processor. */
import { Channel } from "./channel.ts";
import { Datasets, type Load } from "./datasets.ts";
import type { Job, JobEvent, Jobs } from "./jobs.ts";
import { type Ready, STOP_ALL, stopOf, Thread } from "./thread.ts";
import { bundles } from "./train.ts";

/** @param load is called once for every different data part; its numbers are shared with the threads, not copied. */
export function localJobs(load: Load, threads: number): Jobs {
  const datasets = new Datasets(load);
  const all = new Set<Thread>();
  const idle = new Set<Thread>();
  const running = new Map<Int32Array, Promise<void>>();
  let closed = false;

  const forget = (thread: Thread): void => {
    all.delete(thread);
    idle.delete(thread);
  };

  const waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const one of waiting.splice(0)) one();
  };
  const halt = (stop: Int32Array): void => {
    Atomics.store(stop, STOP_ALL, 1);
    wake();
  };

  /** Lends a thread, as soon as one is free, unless the run is stopped by then; one that dies is not used again. */
  const withThread = async (stop: Int32Array, act: (thread: Thread) => Promise<void>): Promise<void> => {
    while (idle.size === 0 && all.size >= threads && !Atomics.load(stop, STOP_ALL))
      await new Promise<void>((free) => waiting.push(free));
    if (Atomics.load(stop, STOP_ALL)) return;
    const [thread = new Thread(forget)] = idle;
    all.add(thread);
    idle.delete(thread);
    try {
      await act(thread);
    } finally {
      if (all.has(thread)) idle.add(thread);
      wake();
    }
  };

  async function* run(jobs: readonly Job[], { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<JobEvent> {
    const tasks = await Promise.all(
      jobs.map(async ({ signal: _, ...job }, id) => ({ id, job, data: await datasets.of(job) })),
    );
    if (closed) throw new Error("these jobs are closed");
    const stop = new Int32Array(new SharedArrayBuffer(4 * (1 + jobs.length)));
    const unwatch = [
      watch(signal, () => halt(stop)),
      ...jobs.map((job, id) => watch(job.signal, () => Atomics.store(stop, stopOf(id), 1))),
    ];
    const events = new Channel<JobEvent>();
    const done = carryOut(tasks, stop, events);
    running.set(stop, done);
    try {
      yield* events;
    } finally {
      // Left early: what still runs is stopped, and waited for.
      halt(stop);
      for (const end of unwatch) end();
      await done;
      running.delete(stop);
    }
  }

  async function carryOut(tasks: readonly Ready[], stop: Int32Array, events: Channel<JobEvent>): Promise<void> {
    const queue = bundles(tasks, threads);
    let failure: { error: unknown } | undefined;
    const drain = async (): Promise<void> => {
      for (let bundle = queue.shift(); bundle && !Atomics.load(stop, STOP_ALL); bundle = queue.shift()) {
        const wanted = bundle.filter(({ id }) => !Atomics.load(stop, stopOf(id)));
        if (wanted.length > 0)
          await withThread(stop, (thread) => thread.train(wanted, stop, (event) => events.push(event)));
      }
    };
    const guarded = () =>
      drain().catch((error) => {
        failure ??= { error };
        halt(stop);
      });
    await Promise.all(Array.from({ length: threads }, guarded));
    events.end(failure);
  }

  async function close(): Promise<void> {
    closed = true;
    for (const stop of running.keys()) halt(stop);
    await Promise.all(running.values());
    await Promise.all([...all].map((thread) => thread.end()));
  }

  return { capacity: threads, run, close };
}

function watch(signal: AbortSignal | undefined, act: () => void): () => void {
  if (signal?.aborted) act();
  signal?.addEventListener("abort", act, { once: true });
  return () => signal?.removeEventListener("abort", act);
}
