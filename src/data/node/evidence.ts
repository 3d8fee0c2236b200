/** Evidence gathered in a thread of its own, while this one measures the rest; both share the same rows in memory. */
import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Metric } from "../../plan/plan.ts";
import type { Dataset } from "../dataset.ts";
import type { evidence } from "../evidence/index.ts";
import type { Prepared } from "../prepare.ts";

/** The rows are in memory, none of them on disk. */
export type Measured = { dataset: Dataset; data: Prepared; metric: Metric };

const WORKER = new URL(`./evidence-worker${extname(import.meta.url)}`, import.meta.url);

export function evidenceApart({ dataset, data, metric }: Measured): Promise<ReturnType<typeof evidence>> {
  const { augment: _, ...rows } = data;
  const { weights: __, ...tables } = dataset;
  const workerData: Measured = { dataset: tables, data: rows, metric };
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
