/** What runs a graph: onnxruntime, or the plain interpreter. */
import type { Once } from "./compile.ts";
import type { DType, Graph, Values } from "./graph/graph.ts";
import type { Step } from "./onnx.ts";

export type Feed = { dtype: DType; shape: readonly number[]; data: Values };
export type Session = {
  run(feeds: Record<string, Feed>): Promise<Record<string, Float32Array>>;
  release(): Promise<void>;
};
export interface Runtime {
  /** Many steps per call: feeds `fixed` and `each` by name and state as `in.NAME`; gives state and `out` by name. */
  steps(step: Step & { g: Graph }): Promise<Session>;
  once(once: Once): Promise<Session>;
}
