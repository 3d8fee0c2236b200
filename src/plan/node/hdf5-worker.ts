/** Reads an HDF5 file in a thread of its own, which can be ended. */
import { workerData } from "node:worker_threads";
import { optional } from "../../files/node/optional.ts";
import { UserError } from "../../user-error.ts";
import { type Answer, STATE, type ToHdf5 } from "./hdf5.ts";
import { damaged, type Library, readFile } from "./hdf5-file.ts";

const { bytes, tensors, place, port, done } = workerData as ToHdf5;

async function answer(): Promise<Answer> {
  try {
    return { read: await readFile(await library, bytes, tensors) };
  } catch (error) {
    const { fact, todo } = error instanceof UserError ? error : damaged("it cannot be read");
    return { fact, todo };
  }
}

function reached(state: number): void {
  Atomics.store(done, 0, state);
  Atomics.notify(done, 0);
}

const library = optional<Library>("h5wasm", "An HDF5 file", place);
await library.then(({ ready }) => ready).catch(() => {});
reached(STATE.reading);
const result = await answer();
const buffers = "read" in result ? Object.values(result.read.tensors).map(({ values }) => values.buffer) : [];
port.postMessage(result, buffers as ArrayBuffer[]);
reached(STATE.done);
