/** Where trainings are dear, those of the prescription tell which rows are missed: none is made for that. */
import { afterAll, expect, test } from "vitest";
import { localJobs } from "../../src/jobs/local.ts";
import type { Given } from "../../src/plan/edit.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { defineRemedy } from "../../src/remedies/remedy.ts";
import { Budget } from "../../src/trials/budget.ts";
import { errorsOfRuns } from "../../src/trials/errors.ts";
import { audit } from "../../src/trials/examine.ts";
import { Lab } from "../../src/trials/lab.ts";
import { beforeAndAfter } from "../../src/trials/outcome.ts";
import { prescribeProvable } from "../../src/trials/prescribe.ts";
import { subjectOf } from "../../src/trials/subject.ts";
import type { Terms } from "../../src/trials/terms.ts";
import { csv } from "../data/helpers.ts";
import { loading } from "./load.ts";

const text = csv("c0,y", 60, (i) => [(i % 2) * 4 + Math.sin(i), i % 2]);
const given: Given = {
  data: { source: "data.csv", target: "y", task: "classification", validation: { fraction: 0.5, split: "random" } },
  network: [{ layer: "dense", units: 2, activation: "softmax" }],
  training: { loss: "categoricalCrossentropy", optimizer: { name: "adam", learningRate: 1e-9 }, epochs: 20 },
};
const load = loading(text);
const jobs = localJobs(load, 1);
const budget = new Budget({ budget: 60 });
afterAll(async () => {
  budget.stop();
  await jobs.close();
});

test("the network that is prescribed has answered", async () => {
  const plan = parsePlan(given);
  const base = subjectOf(plan, given, await load(plan));
  const { known } = audit(base, 1);
  const terms: Terms = {
    base,
    lab: new Lab(jobs, budget, load),
    settings: { seed: 1, seeds: 3, budget: 60 },
    measure: known.metric!,
    baseline: 0.5,
    cost: { step: 0, training: 0, abreast: 1 },
    effort: { seeds: 1, size: undefined, share: 1, most: 5, finalists: 1, reserved: 0 },
  };
  const remedy = defineRemedy({
    id: "learn",
    title: "",
    cured: "",
    size: 1,
    edits: () => [{ path: "training.optimizer.learningRate", value: 0.3 }],
  });
  const prescribed = (await prescribeProvable(terms, [{ cause: "learning-rate-too-low", remedy, known }], []))!;
  const { trainings } = terms.lab;
  const { after } = await beforeAndAfter(terms, prescribed, []);
  expect(errorsOfRuns(prescribed.subject, after!.runs)).toMatchObject({ split: "validation", missed: 0 });
  expect(terms.lab.trainings).toBe(trainings);
});
