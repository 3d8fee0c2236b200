/** A worker thread that gathers the evidence of the data that it is started with, and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { evidence } from "../evidence/index.ts";
import type { Measured } from "./evidence.ts";

const { dataset, data, metric } = workerData as Measured;
parentPort!.postMessage(evidence(dataset, data, metric));
