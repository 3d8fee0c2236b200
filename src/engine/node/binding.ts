/** Finds onnxruntime: the library that the published package includes for this machine, else the npm package (as in the checkout), else WebAssembly. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";
import { UserError } from "../../user-error.ts";

type Library = Pick<typeof import("onnxruntime-common"), "InferenceSession" | "Tensor" | "env">;
/** `provider`: the native and the WebAssembly library share their classes, and a session that names no provider runs on the one registered with the higher priority. */
export type Onnxruntime = Library & { provider: "cpu" | "wasm" };

// Another version may optimise a training graph in another way; the tests cover this one.
export const ONNXRUNTIME = "1.30.0";

const VENDOR = new URL("../../vendor/", import.meta.url);
const MACHINE = `${process.platform}/${process.arch}`;
const machine = MACHINE.replace("/", " ");
const require = createRequire(import.meta.url);

/** The npm package `name`, or the copy of it in the published package where that contains `part`. */
function find(name: string, part: string, main: string): Library {
  const carried = existsSync(new URL(`${name}/${part}`, VENDOR));
  return require(carried ? fileURLToPath(new URL(`${name}/${main}`, VENDOR)) : name);
}

const pick = ({ InferenceSession, Tensor, env }: Library): Library => ({ InferenceSession, Tensor, env });

function native(): Onnxruntime {
  const found = find("onnxruntime-node", `bin/napi-v6/${MACHINE}/`, "dist/index.js");
  const version = (found.env.versions as { node?: string }).node;
  if (version !== ONNXRUNTIME)
    throw new UserError(
      `the engine is onnxruntime-node ${ONNXRUNTIME}, and ${version} is installed.`,
      `Install the required version: npm install onnxruntime-node@${ONNXRUNTIME}`,
    );
  return { ...pick(found), provider: "cpu" };
}

/** The same runtime as WebAssembly with one thread: it runs wherever Node does, at half the speed. */
export function portable(): Onnxruntime {
  // Both register as "cpu", and the first registration wins: where the native library starts, it is registered first.
  try {
    native();
  } catch {}
  const found = find("onnxruntime-web", "ort.node.min.js", "ort.node.min.js");
  found.env.wasm.numThreads = 1;
  return { ...pick(found), provider: "wasm" };
}

function load(): Onnxruntime {
  try {
    return native();
  } catch (error) {
    if (error instanceof UserError) throw error;
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    const missing = message.includes("'onnxruntime-node'");
    try {
      const found = portable();
      const reason = missing ? `none is carried for ${machine}` : message;
      printOnce(`The native engine does not start (${reason}): the portable one runs, at half its speed.\n`);
      return found;
    } catch {
      throw unusable(message, missing);
    }
  }
}

const unusable = (message: string, missing: boolean): UserError =>
  missing
    ? new UserError(
        `this package does not include the engine for ${machine}.`,
        `Install the runtime beside it: npm install onnxruntime-node@${ONNXRUNTIME}`,
      )
    : new UserError(
        `the engine does not start on ${machine}: ${message}.`,
        "It needs Linux with glibc 2.28 or newer (which Alpine does not have), macOS 14 or newer on Apple silicon, or 64-bit Windows 10 or newer.",
      );

// Shared with the workers, so that only one of all threads prints the notice.
const NOTICE = "unstuck: the notice of the engine is printed";
if (isMainThread) setEnvironmentData(NOTICE, new SharedArrayBuffer(4));

function printOnce(text: string): void {
  const printed = getEnvironmentData(NOTICE);
  if (printed instanceof SharedArrayBuffer && Atomics.exchange(new Int32Array(printed), 0, 1) === 1) return;
  process.stderr.write(text);
}

let loaded: Onnxruntime | undefined;

/** The library is loaded at its first use, because a command that trains nothing does not need it. */
export function onnxruntime(): Onnxruntime {
  loaded ??= load();
  return loaded;
}
