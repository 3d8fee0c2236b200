/** A budget of trainings: one seed gives one report at any speed, and a budget too small for a proof makes no cause of a limit of the data. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import { localJobs } from "../../src/jobs/local.ts";
import { readJson, writeJson } from "../../src/json.ts";
import type { Given } from "../../src/plan/edit.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { normal, stream } from "../../src/random.ts";
import { type Report, toJson } from "../../src/report/report.ts";
import { reportOf } from "../../src/report/verdict/assemble.ts";
import { Budget, type Limits } from "../../src/trials/budget.ts";
import { priceOf } from "../../src/trials/cost.ts";
import { outcomeOf } from "../../src/trials/events.ts";
import { fix } from "../../src/trials/fix.ts";
import { csv } from "../data/helpers.ts";
import { loading } from "./load.ts";

const drawn = stream(7);
const dense = (units: number, activation: string) => ({ layer: "dense", units, activation });
const given = (hidden: number, epochs: number): Given => ({
  data: { source: "data.csv", target: "y", task: "classification" },
  network: [...Array.from({ length: hidden }, () => dense(8, "relu")), dense(2, "softmax")],
  training: { loss: "categoricalCrossentropy", optimizer: { name: "adam", learningRate: 0.01 }, epochs },
});
/** One column that tells the classes and is far from scaled, beside one that tells nothing. */
const unscaled = csv("a,b,y", 120, (i) => [
  (i % 2) * 2000 + 1500 * normal(drawn, 2 * i),
  normal(drawn, 2 * i + 1),
  i % 2,
]);
const noise = csv("a,b,y", 240, (i) =>
  [0, 1, 2].map((k) => normal(drawn, 3 * i + k)).map((v, k) => (k < 2 ? v : Number(v > -0.2))),
);

async function fixed(text: string, own: Given, limits: Limits, threads = 1) {
  const load = loading(text);
  const jobs = localJobs(load, threads);
  const input = { plan: parsePlan(own), given: own, jobs, load, settings: { seed: 1, seeds: 3, ...limits } };
  try {
    return await outcomeOf(fix(input));
  } finally {
    await jobs.close();
  }
}

const origin = { version: "0", seed: 1, command: "" };
const timeless = (report: Report) => toJson({ ...report, cost: { ...report.cost, seconds: 0 } });
const BUSY = "for (;;) Math.sqrt(2);";

describe("trainings", () => {
  it("the same report on one thread, on two, and beside busy processes; and from a file", async () => {
    const [own, limits] = [given(2, 10), { trainings: 60 }];
    const alone = await fixed(unscaled, own, limits);
    const report = timeless(reportOf(alone, origin));
    const busy = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ["-e", BUSY]));
    try {
      expect(timeless(reportOf(await fixed(unscaled, own, limits, 2), origin))).toBe(report);
    } finally {
      for (const one of busy) one.kill();
    }
    expect(alone.screened.length).toBeGreaterThan(0);
    expect(timeless(reportOf(readJson(writeJson(alone)) as typeof alone, origin))).toBe(report);
  });

  it.each([5, 20, 40, 80, 160])("%i: noise is never a network that is stuck", async (trainings) => {
    const report = reportOf(await fixed(noise, given(6, 8), { trainings }), origin);
    expect(["data-limit", "unknown"]).toContain(report.verdict);
  });

  it("time that ends first is reported with what was not done", async () => {
    const { notes } = await fixed(unscaled, given(2, 4000), { trainings: 100, budget: 1.5 });
    expect(notes.at(-1)).toMatch(/budget ended/);
  });
});

describe("charges", () => {
  const own = parsePlan(given(1, 10));
  const price = priceOf(own, 100);
  const with_ = (training: object) => ({ plan: { ...own, training: { ...own.training, ...training } } });
  it.each([
    ["the plan", price(with_({})), 1],
    ["twice the epochs", price(with_({ epochs: 20 })), 2],
    ["a quarter of the batch", price(with_({ batchSize: 8 })), 4],
    ["a larger batch", price(with_({ batchSize: 64 })), 1],
    ["half of the rows", price({ plan: own, variation: { kind: "rows", rows: 50 } }), 0.5],
    ["four of five folds", price({ plan: own, variation: { kind: "fold", fold: 0, of: 5, validation: false } }), 0.8],
  ])("%s", (_name, found, expected) => expect(found).toBeCloseTo(expected, 12));

  it("in their order, while they fit, and none of a whole that does not", () => {
    const budget = new Budget({ trainings: 4 });
    expect(budget.charge([1, 1, 3])).toBe(2);
    expect(budget.charge([1, 1.5], false)).toBe(0);
    budget.reserved = 1;
    expect(budget.charge([1, 0.5])).toBe(1);
    expect([budget.spent, budget.left]).toEqual([3, 0]);
  });
});
