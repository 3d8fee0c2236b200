/** Runs graphs with onnxruntime on the CPU. */
import { InferenceSession, Tensor } from "onnxruntime-node";
import { onnxOnce, onnxScan } from "../onnx.ts";
import type { Feed, Runtime, Session } from "../runtime.ts";

const tensor = ({ dtype, data, shape }: Feed) => new Tensor(dtype, data as Float32Array, [...shape]);

async function open(model: Uint8Array, threads: number): Promise<Session> {
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    // 3: errors alone. The runtime warns of constants it folds away.
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

/** @param threads of one operation; 1 when trainings run side by side in workers. */
export const onnxRuntime = (threads: number): Runtime => ({
  steps: (step) => open(onnxScan(step.g, step), threads),
  once: (once) => open(onnxOnce(once.g, once.inputs, once.outputs), threads),
});
