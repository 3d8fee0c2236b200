/**
 * Our scores beside those of an independent PyTorch trainer (npm run bench:agreement): every plan of the shared cases and its fix, on
 * several seeds. They agree if the means lie within 2 points of each other (2 % of a truth beyond ±1), or if the seeds spread so far that
 * Student's t of the difference stays below its 99.9 % quantile: splits and random numbers are not the same.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadDataset } from "../src/data/node/load.ts";
import { baselines } from "../src/data/simple/baselines.ts";
import { mean, sd } from "../src/data/statistics.ts";
import { makeLane } from "../src/engine/graph-engine.ts";
import { localJobs } from "../src/jobs/local.ts";
import { loadPlan } from "../src/plan/node/load.ts";
import type { MetricName, Plan } from "../src/plan/plan.ts";
import { tCdf, tQuantile } from "../src/trials/statistics.ts";
import { UserError } from "../src/user-error.ts";

const USAGE = `node bench/agreement.ts
  --cases FOLDER   of groups of cases (../shared/cases)
  --only REGEX     of group/id
  --seeds N        (5)
  --limit N        trains so many cases at most
  --write          keeps the scores, in .unstuck/agreement.json
  --replay         trains nothing: compares what was kept`;

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: resolve(import.meta.dirname, "../../shared/cases") },
    only: { type: "string", default: "" },
    seeds: { type: "string", default: "5" },
    limit: { type: "string", default: "100000" },
    write: { type: "boolean" },
    replay: { type: "boolean" },
    help: { type: "boolean" },
  },
});

const FOLDER = resolve(import.meta.dirname, "../.unstuck");
const KEPT = join(FOLDER, "agreement.json");
const PLANS = ["plan", "fixed"] as const;

/** A score that is null was no number any more. */
type Scores = readonly (number | null)[];
/** `baseline`: the score of the best constant answer; of those where a score is null. */
type Ours = { scores: Scores; baseline?: number } | { refused: string };
type Kept = Record<string, Ours>;
type Truth = { metric: { name: MetricName; fixedName?: MetricName; buggy: Scores; fixed?: Scores | null } };
type Entry = { id: string; file: (typeof PLANS)[number]; metric: MetricName; truth: Scores };

const keyOf = ({ id, file }: Entry) => `${id} ${file}`;

/** The plan of a case, and the fix where the truth was measured. */
function entriesOf(id: string): Entry[] {
  const { metric } = JSON.parse(readFileSync(join(options.cases, id, "truth.json"), "utf8")) as Truth;
  const { name, fixedName = name, buggy, fixed } = metric;
  const plan: Entry = { id, file: "plan", metric: name, truth: buggy };
  const isFixed = fixed && existsSync(join(options.cases, id, "fixed.json"));
  return isFixed ? [plan, { id, file: "fixed", metric: fixedName, truth: fixed }] : [plan];
}

function entries(): Entry[] {
  const only = new RegExp(options.only);
  return (readdirSync(options.cases, { recursive: true }) as string[])
    .filter((path) => basename(path) === "truth.json")
    .map(dirname)
    .filter((id) => only.test(id))
    .sort()
    .slice(0, Number(options.limit))
    .flatMap(entriesOf);
}

/** Trains on seeds 1, 2, …; the metric is the truth's. */
async function trained({ id, file, metric: name, truth }: Entry): Promise<Ours> {
  const folder = join(options.cases, id);
  const load = (plan: Plan) => loadDataset(plan, folder);
  const jobs = localJobs(load, availableParallelism());
  try {
    const written = loadPlan(join(folder, `${file}.json`)).plan;
    const metric = { k: 5, ...written.metric, name };
    const plan = { ...written, metric };
    const scores = Array.from({ length: Number(options.seeds) }, (): number | null => null);
    const wanted = scores.map((_, i) => ({ plan, seed: i + 1, options: { scores: 1, trainScores: false } }));
    for await (const { job, event } of jobs.run(wanted))
      if (event.type === "end" && Number.isFinite(event.score)) scores[job] = event.score;
    if (![...scores, ...truth].includes(null)) return { scores };
    const data = await load(plan);
    return { scores, baseline: baselines(data, makeLane(plan, data, 1).data, metric)[0].value };
  } catch (error) {
    if (error instanceof UserError) return { refused: error.fact };
    throw error;
  } finally {
    await jobs.close();
  }
}

type Compared = {
  verdict: "agrees" | "differs";
  ours: number[];
  truth: number[];
  /** Ours − truth; in standard deviations that both sides share; and the share of chance that lies further off. */
  difference: number;
  spreads: number;
  p: number;
};

// Two points are what a validation part of some hundred rows tells apart.
const NEAR = 0.02;
// Of 250 comparisons, a quarter of one is expected to be beyond by chance.
const QUANTILE = 0.999;

function compare(truth: Scores, { scores, baseline = 0 }: Extract<Ours, { scores: Scores }>): Compared {
  const [a, b] = [scores, truth].map((side) => side.map((score) => score ?? baseline));
  const difference = mean(a) - mean(b);
  const freedom = a.length + b.length - 2;
  const spread = Math.sqrt(((a.length - 1) * sd(a) ** 2 + (b.length - 1) * sd(b) ** 2) / freedom);
  const t = Math.abs(difference) / (spread * Math.sqrt(1 / a.length + 1 / b.length));
  const near = Math.abs(difference) <= NEAR * Math.max(1, Math.abs(mean(b)));
  return {
    verdict: near || t < tQuantile((1 + QUANTILE) / 2, freedom) ? "agrees" : "differs",
    ours: a,
    truth: b,
    difference,
    spreads: difference === 0 ? 0 : difference / spread,
    p: difference === 0 ? 1 : 2 * tCdf(-t, freedom),
  };
}

const plusMinus = (values: readonly number[]) => `${mean(values).toFixed(3)} ± ${sd(values).toFixed(3)}`.padStart(17);
const spreads = (value: number) =>
  `${value < 0 ? "−" : "+"}${Math.abs(value) > 99 ? ">99" : Math.abs(value).toFixed(1)}`.padStart(5);

function line(entry: Entry, ours: Ours): string {
  const head = `${entry.id.padEnd(45)} ${entry.file.padEnd(5)} ${entry.metric.padEnd(16)}`;
  if ("refused" in ours) return `refused ${head} ${ours.refused}`;
  const compared = compare(entry.truth, ours);
  const nan = ours.scores.filter((score) => score === null).length;
  const note = nan > 0 ? `  (${nan} of ${ours.scores.length} seeds diverged: baseline)` : "";
  const { verdict, ours: a, truth: b } = compared;
  return `${verdict.padEnd(7)} ${head} ${plusMinus(a)} ${plusMinus(b)} ${spreads(compared.spreads)}${note}`;
}

/** Of plans and fixes in pairs: the fix gains at least half of what it gains in the truth, in the same direction. */
function gaps(known: ReadonlyMap<string, Compared>): string {
  const pairs = [...known].flatMap(([key, plan]) => {
    const fixed = key.endsWith(" plan") && known.get(key.replace(/ plan$/, " fixed"));
    return fixed ? [[mean(fixed.ours) - mean(plan.ours), mean(fixed.truth) - mean(plan.truth)]] : [];
  });
  return `${pairs.filter(([ours, truth]) => ours / truth >= 0.5).length} of ${pairs.length}`;
}

function totals(done: readonly (readonly [Entry, Ours])[]): string {
  const known = new Map(
    done.flatMap(([entry, ours]) => ("refused" in ours ? [] : [[keyOf(entry), compare(entry.truth, ours)]])),
  );
  const all = [...known.values()];
  const count = (verdict: Compared["verdict"]) => all.filter((one) => one.verdict === verdict).length;
  const chance = all.filter(({ p }) => p < 0.05).length;
  const above = all.filter(({ difference }) => difference > 0).length;
  const below = all.filter(({ difference }) => difference < 0).length;
  return [
    `${done.length} plans: ${count("agrees")} agree, ${count("differs")} differ, ${done.length - all.length} refused.`,
    `Beyond 95 % of chance: ${chance} of ${all.length} (5 % are expected). Ours above the truth: ${above}, below: ${below}.`,
    `The gap between plan and fix is there (half of it or more): ${gaps(known)}.`,
  ].join("\n");
}

const kept = (): Kept => (existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, "utf8")) as Kept) : {});

function keep(entry: Entry, ours: Ours): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(KEPT, JSON.stringify({ ...kept(), [keyOf(entry)]: ours }, null, 1));
}

async function main(): Promise<void> {
  if (options.help) return console.log(USAGE);
  if (!existsSync(options.cases)) return console.log(`There are no cases in ${options.cases}: nothing is compared.`);
  console.log(`verdict ${"case".padEnd(45)} plan  ${"metric".padEnd(16)}       ours ± sd        truth ± sd  in sd`);
  const done: [Entry, Ours][] = [];
  const before = options.replay ? kept() : {};
  for (const entry of entries()) {
    const ours = options.replay ? before[keyOf(entry)] : await trained(entry);
    if (!ours) continue;
    if (options.write) keep(entry, ours);
    done.push([entry, ours]);
    console.log(line(entry, ours));
  }
  console.log(totals(done));
}

await main();
