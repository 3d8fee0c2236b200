/** Reads the texts and numbers of an HDF5 file with a library that can neither reach this machine nor keep it waiting. */
import { extname } from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import { UserError } from "../../user-error.ts";
import type { NamedWeights } from "../../weights.ts";

/** Texts are those of attributes, by `GROUP@ATTRIBUTE`, that of the root being ""; tensors go by their path. */
export type Hdf5 = { texts: Record<string, string[]>; tensors: NamedWeights };

export type ToHdf5 = { bytes: Uint8Array; tensors: boolean; place: string; port: MessagePort; done: Int32Array };
export type Answer = { read: Hdf5 } | { fact: string; todo: string };

// The sources in the checkout, compiled in the published package.
const WORKER = new URL(`./hdf5-worker${extname(import.meta.url)}`, import.meta.url);
// On a busy machine a thread may be slow to start.
const START_MS = 60_000;
// Half a gigabyte takes some seconds; damaged files may send the library round in circles.
const [LONGEST_MS, BYTES_PER_MS] = [2000, 5000];

/** How far the thread is. */
export const STATE = { starting: 0, reading: 1, done: 2 } as const;

/** @param tensors whether the numbers are read too; `place`: the file. */
export function readHdf5(bytes: Uint8Array, tensors: boolean, place: string): Hdf5 {
  const { port1, port2 } = new MessageChannel();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const workerData: ToHdf5 = { bytes, tensors, place, port: port2, done };
  // Whoever asks waits, as for a file that is read.
  const worker = new Worker(WORKER, { workerData, transferList: [port2], stdout: true, stderr: true });
  Atomics.wait(done, 0, STATE.starting, START_MS);
  Atomics.wait(done, 0, STATE.reading, LONGEST_MS + bytes.length / BYTES_PER_MS);
  const answer = receiveMessageOnPort(port1)?.message as Answer | undefined;
  port1.close();
  void worker.terminate();
  if (!answer) throw new UserError("the HDF5 file cannot be read to its end.", "Save it again.", place);
  if ("read" in answer) return answer.read;
  throw new UserError(answer.fact, answer.todo, place);
}
