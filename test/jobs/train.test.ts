/** How jobs are grouped: together where they may share a graph, by themselves where they cannot. */
import { expect, it } from "vitest";
import type { Checkpoint } from "../../src/engine/events.ts";
import type { Job } from "../../src/jobs/jobs.ts";
import { bundles } from "../../src/jobs/train.ts";
import type { PlanInput } from "../../src/plan/plan.ts";
import { dense, plan } from "../engine/small.ts";

const checkpoint: Checkpoint = {
  version: 1,
  epoch: 1,
  state: {},
  stopping: { best: 1, bestEpoch: 1, waited: 0 },
  plateau: { factor: 1, best: 1, waited: 0 },
};
type Layers = PlanInput["network"];
const steps = (...layers: object[]) => [...layers, { layer: "flatten" }, dense(2)] as Layers;
const conv1d = { layer: "conv1d", filters: 2, kernelSize: 3 };

it.each<{ name: string; network: Layers; more?: Partial<Job>; sizes: number[] }>([
  { name: "a dense network", network: [dense(2)] as Layers, sizes: [3, 2] },
  { name: "a convolution", network: steps(conv1d), sizes: [1, 1, 1, 1, 1] },
  { name: "pooling", network: steps({ layer: "maxPooling1d" }), sizes: [1, 1, 1, 1, 1] },
  {
    name: "a convolution of every image",
    network: steps({ layer: "timeDistributed", of: { layer: "depthwiseConv2d", kernelSize: 2 } }),
    sizes: [1, 1, 1, 1, 1],
  },
  { name: "a job that goes on", network: [dense(2)] as Layers, more: { from: checkpoint }, sizes: [1, 1, 1, 1, 1] },
])("five seeds of $name, two workers: $sizes", ({ network, more, sizes }) => {
  const the = plan({ network, training: { epochs: 2 } });
  const tasks = [1, 2, 3, 4, 5].map((seed, id) => ({ id, job: { plan: the, seed, ...more } }));
  const found = bundles(tasks, 2);
  expect(found.map((bundle) => bundle.length).toSorted((a, b) => b - a)).toEqual(sizes);
  expect(
    found
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual([0, 1, 2, 3, 4]);
});
