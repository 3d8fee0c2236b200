/** A training in a thread of its own, for repeat.test.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { told } from "./small.ts";

const { plan, data, options } = workerData;
parentPort!.postMessage(await told(graphEngine(onnxRuntime(1)), plan, data, options));
