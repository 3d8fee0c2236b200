/** Measures which faults of the zoo count: plan and true fix on five paired seeds → truth.json. Usage: node test/zoo/measure.ts [--only REGEX] [--again] */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { baselines } from "../../src/data/baselines.ts";
import { better } from "../../src/data/metrics.ts";
import { prepare } from "../../src/data/prepare.ts";
import { localJobs } from "../../src/jobs/local.ts";
import { change, type Given } from "../../src/plan/edit.ts";
import type { Layer } from "../../src/plan/layers.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { Clock } from "../../src/trials/clock.ts";
import { compare, settled } from "../../src/trials/compare.ts";
import { edited, subjectOf } from "../../src/trials/examine.ts";
import { Lab } from "../../src/trials/lab.ts";
import { gains, holm, mean } from "../../src/trials/statistics.ts";
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
const SECONDS = 60;

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

async function measure({ make, judged }: Entry, threads: number): Promise<Truth> {
  const { plan: given, fix, files } = make();
  const load = loaderOf(files);
  const jobs = localJobs(load, threads);
  const clock = new Clock(SECONDS);
  try {
    const lab = new Lab(jobs, load, clock);
    const plan = parsePlan(given);
    const base = subjectOf(plan, given, await load(plan));
    const { metric, network } = base.resolved;
    const measure = { name: metric.name, better: better(metric.name) };
    const simple = baselines(base.dataset, prepare(base.plan, base.dataset, SEEDS[0], network.units), metric);
    const settle = (scores: number[]) => settled(scores, metric.name, simple[0].value);
    const round = (v: number) => Math.round(v * 1e4) / 1e4;
    if (!fix) {
      const list = await Promise.all(usual(given, plan).map((edit) => edited(edit, base, lab)));
      const pairs = await compare(base, list, MORE_SEEDS, lab, { doing: "measuring" });
      const outcomes = pairs.map((pair) => gains(settle(pair!.before), settle(pair!.after), measure));
      const adjusted = holm(outcomes.map(({ gain }) => gain.p));
      const k = pairs.findIndex(
        (pair, i) => gains(settle(pair!.before), settle(pair!.after), measure, adjusted[i]).gains,
      );
      const before = round(mean(settle(pairs[0]!.before)));
      if (k < 0) return { metric: metric.name, before, after: null, counts: true };
      return {
        metric: metric.name,
        before,
        after: round(mean(settle(pairs[k]!.after))),
        counts: false,
        error: `edit ${k} gains`,
      };
    }
    const other = await edited(fix, base, lab);
    const [pair] = await compare(base, [other], SEEDS, lab, { doing: "measuring" });
    if (!pair)
      return { metric: metric.name, before: Number.NaN, after: null, counts: false, error: "not measured in time" };
    const [before, after] = [settle(pair.before), settle(pair.after)];
    const { gain, gains: helps } =
      judged === "inflated" ? gains(after, before, measure) : gains(before, after, measure);
    return {
      metric: metric.name,
      before: round(mean(before)),
      after: round(mean(after)),
      ...(Number.isFinite(gain.low) && { low: round(gain.low) }),
      counts: judged === "told" || helps,
    };
  } finally {
    clock.stop();
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
    truth[entry.id] = { metric: "", before: 0, after: null, counts: false, error: String(error).slice(0, 160) };
  }
  const { before, after, counts, error } = truth[entry.id];
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `${i + 1}/${todo.length} ${counts ? "+" : "-"} ${entry.id} ${before} → ${after} ${seconds} s ${error ?? ""}`,
  );
  if (i % 10 === 0) save();
}
save();
