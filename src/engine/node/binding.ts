/** Finds onnxruntime: what the published package carries for this machine, else the npm package (as in the checkout). */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { UserError } from "../../errors.ts";

type Onnxruntime = Pick<typeof import("onnxruntime-common"), "InferenceSession" | "Tensor" | "env">;

// Another version may rewrite a training graph in another way: the tests vouch for this one.
export const ONNXRUNTIME = "1.30.0";

const CARRIED = new URL("../../vendor/onnxruntime-node/", import.meta.url);
const MACHINE = `${process.platform}/${process.arch}`;

function find(): Onnxruntime {
  const require = createRequire(import.meta.url);
  const carried = existsSync(new URL(`bin/napi-v6/${MACHINE}/`, CARRIED));
  return require(carried ? fileURLToPath(new URL("dist/index.js", CARRIED)) : "onnxruntime-node");
}

function load(): Onnxruntime {
  const machine = MACHINE.replace("/", " ");
  let found: Onnxruntime;
  try {
    found = find();
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0] : String(error);
    if (message.includes("'onnxruntime-node'"))
      throw new UserError(
        `this package carries no engine for ${machine}.`,
        `Install the runtime beside it: npm install onnxruntime-node@${ONNXRUNTIME}`,
      );
    throw new UserError(
      `the engine does not start on ${machine}: ${message}.`,
      "It needs Linux with glibc 2.28 or newer (Alpine has none), macOS 14 or newer on Apple silicon, or 64-bit Windows 10 or newer.",
    );
  }
  const version = (found.env.versions as { node?: string }).node;
  if (version !== ONNXRUNTIME)
    throw new UserError(
      `the engine is onnxruntime-node ${ONNXRUNTIME}, and ${version} is installed.`,
      `Install that one: npm install onnxruntime-node@${ONNXRUNTIME}`,
    );
  return found;
}

let loaded: Onnxruntime | undefined;

/** Loaded at its first use: what trains nothing needs no engine. */
export function onnxruntime(): Onnxruntime {
  loaded ??= load();
  return loaded;
}
