/**
 * Our scores beside those of an independent PyTorch trainer (npm run bench:agreement): every plan of the shared cases, and its fix, on
 * several seeds. They agree if the means lie within 2 points of each other, or of 2 % of the truth where that is larger than 1, or if the seeds spread
 * so much that Student's t of the difference is below its 99.9 % quantile: splits and random numbers are not the same.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { baselines } from "../src/data/baselines.ts";
import { loadDataset } from "../src/data/node/load.ts";
import { makeLane } from "../src/engine/graph-engine.ts";
import { UserError } from "../src/errors.ts";
import { localJobs } from "../src/jobs/local.ts";
import { readJson, writeJson } from "../src/json.ts";
import { loadPlan } from "../src/plan/node/load.ts";
import type { MetricName, Plan } from "../src/plan/plan.ts";
import { mean, sd, tCdf, tQuantile } from "../src/trials/statistics.ts";
import { table } from "./tables.ts";

const { values: options } = parseArgs({
  options: {
    cases: { type: "string", default: resolve(import.meta.dirname, "../../shared/cases") },
    /** Of group/id. */
    only: { type: "string", default: "" },
    seeds: { type: "string", default: "5" },
    /** So many cases at most. */
    limit: { type: "string", default: "100000" },
    /** Keeps the scores beside those that are kept. */
    write: { type: "boolean" },
    /** Trains nothing: the table of the scores that are kept. */
    replay: { type: "boolean" },
  },
});

const KEPT = join(import.meta.dirname, "agreement.json");
const PLANS = ["plan", "fixed"] as const;
type Which = (typeof PLANS)[number];
/** `null` of a score: NaN or infinite; `baseline`: the score of the best constant answer, for those. */
type Trained = { scores: (number | null)[]; baseline?: number } | { refused: string };
type Kept = Record<string, Partial<Record<Which, Trained>>>;

type Truth = {
  metric: { name: MetricName; fixedName?: MetricName; buggy: (number | null)[]; fixed?: (number | null)[] | null };
};

function truthOf(id: string, which: Which): { metric: MetricName; scores: (number | null)[] } | null {
  const { metric } = JSON.parse(readFileSync(join(options.cases, id, "truth.json"), "utf8")) as Truth;
  const scores = which === "plan" ? metric.buggy : metric.fixed;
  if (!scores || !existsSync(join(options.cases, id, `${which}.json`))) return null;
  return { metric: (which === "fixed" && metric.fixedName) || metric.name, scores };
}

const numberOrNull = (score: number) => (Number.isFinite(score) ? score : null);

async function trained(
  id: string,
  which: Which,
  { metric: name, scores: true_ }: NonNullable<ReturnType<typeof truthOf>>,
): Promise<Trained> {
  const folder = join(options.cases, id);
  const load = (plan: Plan) => loadDataset(plan, folder);
  const jobs = localJobs(load, availableParallelism());
  try {
    const read = loadPlan(join(folder, `${which}.json`)).plan;
    const metric = { k: 5, ...read.metric, name };
    const plan = { ...read, metric };
    const scores: (number | null)[] = Array.from({ length: Number(options.seeds) }, () => null);
    const wanted = scores.map((_, i) => ({ plan, seed: i + 1, options: { scores: 1 } }));
    for await (const { job, event } of jobs.run(wanted))
      if (event.type === "end") scores[job] = numberOrNull(event.score);
    if (![...scores, ...true_].includes(null)) return { scores };
    const data = await load(plan);
    return { scores, baseline: baselines(data, makeLane(plan, data, 1).data, metric)[0].value };
  } catch (error) {
    if (error instanceof UserError) return { refused: error.fact };
    throw error;
  } finally {
    await jobs.close();
  }
}
