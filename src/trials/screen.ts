/** Tries the likely remedies on few seeds, to find those worth a proof. Nothing is claimed from it. */

import type { CauseId } from "../causes/index.ts";
import { causes } from "../causes/index.ts";
import type { Suspect } from "../causes/rank.ts";
import { UserError } from "../errors.ts";
import { applyRemedy, type Remedy } from "../remedies/remedy.ts";
import { compare, type Scores, type Size, settled } from "./compare.ts";
import { type Examined, edited, type Subject } from "./examine.ts";
import type { Lab } from "./lab.ts";
import { improvements, type Measure, mean, worthHaving } from "./statistics.ts";

export type Candidate = { cause: CauseId; suspicion: number; remedy: Remedy; subject: Subject };

export type Screened = Candidate & {
  before: Scores;
  after: Scores;
  gain: number;
  verdict: "helps" | "hurts" | "unclear" | "cut";
};

/** More likely than not. */
const SUSPECTED = 0.5;
/** Below this a suspicion is not worth a training. */
const LEAST_SUSPICION = 0.03;
// The likelier a cause, the more of its remedies are tried.
const REMEDIES = [
  { above: LEAST_SUSPICION, count: 1 },
  { above: 0.12, count: 2 },
  { above: 0.3, count: 3 },
  { above: 0.6, count: 4 },
];

const countFor = ({ suspicion }: Suspect) => REMEDIES.findLast(({ above }) => suspicion >= above)?.count ?? 0;

/** The remedies to try, likeliest first: one of each suspect, then the second ones, and so on; no plan twice. */
export async function candidates({ subject, known, suspects }: Examined, lab: Lab, most: number): Promise<Candidate[]> {
  const context = { plan: known.plan!, given: subject.given, known };
  const queues = suspects.flatMap((suspect) => {
    const { remedies } = causes.find(({ id }) => id === suspect.id)!;
    return countFor(suspect) > 0 ? [{ suspect, remedies: remedies as readonly Remedy[] }] : [];
  });
  const found: Candidate[] = [];
  const seen = new Set([JSON.stringify(subject.plan)]);
  for (let turn = 0; turn < REMEDIES.length && found.length < most; turn++)
    for (const { suspect, remedies } of queues) {
      const applicable = remedies.filter((remedy) => applyRemedy(remedy, context));
      const remedy = turn < countFor(suspect) ? applicable[turn] : undefined;
      const given = remedy && applyRemedy(remedy, context);
      if (!remedy || !given || found.length >= most) continue;
      const tried = await tryOut(given, subject, lab);
      if (!tried || seen.has(JSON.stringify(tried.plan))) continue;
      seen.add(JSON.stringify(tried.plan));
      found.push({ cause: suspect.id, suspicion: suspect.suspicion, remedy, subject: tried });
    }
  return found;
}

/** The edited plan, if it can be loaded and built. */
async function tryOut(given: Subject["given"], base: Subject, lab: Lab): Promise<Subject | null> {
  try {
    return await edited(given, base, lab);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Trains the candidates beside the plan; those that look hopeless on the first seed are cut. */
export async function screen(
  base: Subject,
  list: readonly Candidate[],
  seeds: readonly number[],
  lab: Lab,
  measure: Measure,
  baseline: number,
  size: Size,
): Promise<Screened[]> {
  const settle = (scores: Scores) => settled(scores, measure.name, baseline);
  const round = async (some: readonly Candidate[], upTo: number): Promise<Screened[]> => {
    const pairs = await compare(
      base,
      some.map((c) => c.subject),
      seeds.slice(0, upTo),
      lab,
      { size, doing: "trying remedies" },
    );
    return some.flatMap((candidate, i) => {
      const pair = pairs[i];
      if (!pair) return [];
      const differences = improvements(settle(pair.before), settle(pair.after), measure);
      const gain = mean(differences);
      const worth = worthHaving(mean(settle(pair.before)), measure);
      // Where seeds disagree, what gains plainly on average, or is suspected anyway, still deserves a proof.
      const steady = gain >= worth / 2 && differences.every((d) => d >= 0);
      const plain = gain >= worth * (candidate.suspicion >= SUSPECTED ? 1 : 3);
      const verdict = steady || plain ? "helps" : gain < -worth ? "hurts" : "unclear";
      return [{ ...candidate, ...pair, gain, verdict } as const];
    });
  };
  const first = await round(list, 1);
  const hopeless = first.filter((one) => one.verdict === "hurts").map((one): Screened => ({ ...one, verdict: "cut" }));
  const rest = first.filter((one) => one.verdict !== "hurts");
  const second = seeds.length > 1 ? await round(rest, seeds.length) : rest;
  // What did not end in time keeps what its first seed said.
  const told = rest.map((one) => second.find((s) => s.subject === one.subject) ?? one);
  return [...told, ...hopeless];
}
