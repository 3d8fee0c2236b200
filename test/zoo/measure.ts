/** Measures which faults of the zoo count: plan and true fix on five paired seeds → truth.json. Usage: node test/zoo/measure.ts [--only REGEX] [--again] */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { better } from "../../src/data/metrics.ts";
import { baselines } from "../../src/data/simple/baselines.ts";
import { mean } from "../../src/data/statistics.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { change, type Given } from "../../src/plan/edit.ts";
import type { Layer } from "../../src/plan/layers.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { Budget } from "../../src/trials/budget.ts";
import { compare, settled } from "../../src/trials/compare.ts";
import { Lab } from "../../src/trials/lab.ts";
import { gains, holm } from "../../src/trials/statistics.ts";
import { edited, subjectOf } from "../../src/trials/subject.ts";
import { loaderOf } from "./load.ts";
import { type Entry, zoo } from "./zoo.ts";

export type Truth = {
  metric: string;
  before: number;
  after: number | null;
  low?: number;
  counts: boolean;
  error?: string;
};

const FILE = new URL("truth.json", import.meta.url);
const SEEDS = [501, 502, 503, 504, 505];
// A small gain shows on more of them: what is called healthy has none.
const MORE_SEEDS = Array.from({ length: 12 }, (_, i) => 501 + i);
/** Of the plan; a number that no machine is too slow for. */
const TRAININGS = 1000;

/** What anybody would try: a healthy training gains by none of it. */
function usual(given: Given, { training: { epochs, optimizer }, network }: Plan): Given[] {
  const { learningRate } = optimizer;
  const edits = [
    change(given, "training.epochs", epochs * 3),
    change(given, "training.optimizer.learningRate", learningRate * 3),
    change(given, "training.optimizer.learningRate", learningRate / 3),
  ];
  const wide = (network as Layer[]).reduce(
    (plan, layer, i) =>
      layer.layer === "dense" && i < network.length - 1 ? change(plan, `network[${i}].units`, layer.units * 3) : plan,
    given,
  );
  return wide === given ? edits : [...edits, wide];
}

async function measure({ make, evaluated }: Entry, threads: number): Promise<Truth> {
  const { plan: given, fix, files } = make();
  const load = loaderOf(files);
  const jobs = localJobs(load, threads);
  const budget = new Budget({ trainings: TRAININGS });
  try {
    const lab = new Lab(jobs, budget, load);
    const plan = parsePlan(given);
    const base = subjectOf(plan, given, await load(plan));
    const { metric } = base.data.resolved;
    const measure = { name: metric.name, better: better(metric.name) };
    const simple = baselines(base.data.dataset, base.data.prepared(SEEDS[0]), metric);
    const settle = (scores: number[]) => settled(scores, metric.name, simple[0].value);
    const round = (v: number) => Math.round(v * 1e4) / 1e4;
    const diagnosed = async (others: Given[], seeds: number[]) => {
      const list = await Promise.all(others.map((other) => edited(other, base, load)));
      const pairs = await compare(base, list, seeds, lab, { doing: "measuring" });
      return pairs.map((pair) => {
        if (!pair) throw new Error("not measured in time");
        const [before, after] = [settle(pair.before), settle(pair.after)];
        const outcome = evaluated === "inflated" ? gains(after, before, measure) : gains(before, after, measure);
        return { before: mean(before), after: mean(after), ...outcome };
      });
    };
    if (!fix) {
      const tried = await diagnosed(usual(given, plan), MORE_SEEDS);
      const adjusted = holm(tried.map(({ gain }) => gain.p));
      const k = tried.findIndex((one, i) => one.gains && adjusted[i] < 0.05);
      const before = round(tried[0].before);
      if (k < 0) return { metric: metric.name, before, after: null, counts: true };
      return {
        metric: metric.name,
        before,
        after: round(tried[k].after),
        counts: false,
        error: `usual edit ${k} gains`,
      };
    }
    let [found] = await diagnosed([fix], SEEDS);
    // A gain worth having that the interval does not tell from none: more seeds, as in a proof.
    if (!found.gains && found.gain.mean >= found.worth) [found] = await diagnosed([fix], MORE_SEEDS);
    return {
      metric: metric.name,
      before: round(found.before),
      after: round(found.after),
      ...(Number.isFinite(found.gain.low) && { low: round(found.gain.low) }),
      counts: evaluated === "told" || found.gains,
    };
  } finally {
    budget.stop();
    await jobs.close();
  }
}

const { values } = parseArgs({
  options: { only: { type: "string" }, again: { type: "boolean" }, threads: { type: "string" } },
});
const only = new RegExp(values.only ?? "");
const truth: Record<string, Truth> = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
const known = new Set(zoo.map(({ id }) => id));
for (const id of Object.keys(truth)) if (!known.has(id)) delete truth[id];
const save = () => {
  const ordered = Object.keys(truth).sort();
  const lines = ordered.map((id) => `  ${JSON.stringify(id)}: ${JSON.stringify(truth[id])}`);
  writeFileSync(FILE, `{\n${lines.join(",\n")}\n}\n`);
};
const todo = zoo.filter(({ id }) => only.test(id) && (values.again || !truth[id]));
for (const [i, entry] of todo.entries()) {
  const began = performance.now();
  try {
    truth[entry.id] = await measure(entry, Number(values.threads ?? 1));
  } catch (error) {
    console.log(`${i + 1}/${todo.length} ! ${entry.id} ${String(error).slice(0, 160)}`);
    continue;
  }
  const { before, after, counts, error } = truth[entry.id];
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${i + 1}/${todo.length} ${counts ? "+" : "-"} ${entry.id} ${before} → ${after} ${seconds} s ${error ?? ""}`,
  );
  if (i % 10 === 0) save();
}
save();
