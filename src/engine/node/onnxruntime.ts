/** Runs graphs with onnxruntime on the CPU. */
import type { Values } from "../graph/graph.ts";
import { onnxOnce, onnxScan } from "../onnx.ts";
import type { Feed, Runtime, Session } from "../runtime.ts";
import { type Onnxruntime, onnxruntime } from "./binding.ts";

// Tables lie in shared memory. Node passes it to native code since these versions; with an earlier one the runtime gets a copy.
const [MAJOR, MINOR] = process.versions.node.split(".").map(Number);
const SHARES = MAJOR > 24 || (MAJOR === 24 && MINOR >= 9) || (MAJOR === 22 && MINOR >= 21);
const copies = new WeakMap<Values, Values>();

function reachable(data: Values): Values {
  if (SHARES || !(data.buffer instanceof SharedArrayBuffer)) return data;
  const copy = copies.get(data) ?? data.slice();
  copies.set(data, copy);
  return copy;
}

async function open(
  { InferenceSession, Tensor, provider }: Onnxruntime,
  model: Uint8Array,
  threads: number,
): Promise<Session> {
  const tensor = ({ dtype, data, shape }: Feed) => new Tensor(dtype, reachable(data) as Float32Array, [...shape]);
  const session = await InferenceSession.create(model, {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    // 3: errors only. The runtime warns of every constant that it folds.
    logSeverityLevel: 3,
  });
  return {
    async run(feeds) {
      const results = await session.run(
        Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensor(feed)])),
      );
      return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, value.data as Float32Array]));
    },
    release: () => session.release(),
  };
}

/**
 * @param threads for one operation; 1 when trainings run side by side in workers
 * @param library loaded when it is first used
 */
export const onnxRuntime = (threads: number, library: () => Onnxruntime = onnxruntime): Runtime => ({
  steps: async (step) => open(library(), onnxScan(step.g, step), threads),
  once: async (once) => open(library(), onnxOnce(once.g, once.inputs, once.outputs), threads),
});
