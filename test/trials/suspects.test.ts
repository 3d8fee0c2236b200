/** Wrong labels: their remedies are judged by the rows that nothing contradicts, and the rows are shown. */
import { afterAll, expect, test } from "vitest";
import { localJobs } from "../../src/jobs/local.ts";
import { change, type Given } from "../../src/plan/edit.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { Budget } from "../../src/trials/budget.ts";
import { compare, scoreOfRun } from "../../src/trials/compare.ts";
import { audit, diagnosed } from "../../src/trials/examine.ts";
import { Lab } from "../../src/trials/lab.ts";
import { edited, subjectOf } from "../../src/trials/subject.ts";
import { suspectsOf } from "../../src/trials/suspects.ts";
import { csv } from "../data/helpers.ts";
import { loading } from "./load.ts";

const ROWS = 120;
const wrong = Array.from({ length: 12 }, (_, k) => k * 10 + (k % 2));
const side = (row: number) => row % 2;
const text = csv("c0,y", ROWS, (i) => [side(i) * 4 + Math.sin(i), wrong.includes(i) ? 1 - side(i) : side(i)]);
const given: Given = {
  data: { source: "data.csv", target: "y", task: "classification", validation: { fraction: 0.5, split: "random" } },
  network: [{ layer: "dense", units: 2, activation: "softmax" }],
  training: { loss: "categoricalCrossentropy", optimizer: { name: "adam", learningRate: 0.1 }, epochs: 20 },
};
const load = loading(text);
const jobs = localJobs(load, 1);
const budget = new Budget({ budget: 60 });
afterAll(async () => {
  budget.stop();
  await jobs.close();
});

test.each([
  ["data.drop", wrong],
  ["data.relabel", Object.fromEntries(wrong.map((row) => [String(row), String(side(row))]))],
])("%s: both plans are scored on the rows that are no suspects", async (path, value) => {
  const lab = new Lab(jobs, budget, load);
  const plan = parsePlan(given);
  const base = subjectOf(plan, given, await load(plan));
  const other = await edited(change(given, path, value), base, load);
  const [pair] = await compare(base, [other], [1, 2], lab, { doing: "" });
  const own = await lab.train([{ plan, seed: 1, detail: "score" }], "");
  expect(scoreOfRun(own[0]!)).toBeLessThan(0.95);
  expect(pair).toEqual({ before: [1, 1], after: [1, 1] });
});

test("the suspects are the planted rows", async () => {
  const plan = parsePlan(given);
  const subject = subjectOf(plan, given, await load(plan));
  const rows = suspectsOf(diagnosed(subject, audit(subject, 1).known));
  expect(rows.filter(({ row }) => wrong.includes(row)).length).toBeGreaterThanOrEqual(9);
  expect(rows.filter(({ row }) => !wrong.includes(row)).length).toBeLessThanOrEqual(3);
  for (const { given, likely } of rows) expect(given).not.toBe(likely);
});
