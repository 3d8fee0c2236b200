/** Reads an HDF5 file in a thread of its own, which can be ended. */
import { workerData } from "node:worker_threads";
import { optional } from "../../files/node/optional.ts";
import { UserError } from "../../user-error.ts";
import type { Answer, ToHdf5 } from "./hdf5.ts";
import { damaged, type Library, readFile } from "./hdf5-file.ts";

const { bytes, tensors, place, port, done } = workerData as ToHdf5;

async function answer(): Promise<Answer> {
  try {
    return { read: await readFile(await optional<Library>("h5wasm", "An HDF5 file", place), bytes, tensors) };
  } catch (error) {
    const { fact, todo } = error instanceof UserError ? error : damaged("it cannot be read");
    return { fact, todo };
  }
}

const told = await answer();
const buffers = "read" in told ? Object.values(told.read.tensors).map(({ values }) => values.buffer) : [];
port.postMessage(told, buffers as ArrayBuffer[]);
Atomics.store(done, 0, 1);
Atomics.notify(done, 0);
