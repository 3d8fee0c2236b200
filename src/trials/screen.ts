/** Tries the likely remedies on few seeds, to find those worth a proof. A screen proves nothing. */

import { type CauseId, causeOf } from "../causes/index.ts";
import { LIKELY, type Suspect } from "../causes/rank.ts";
import { mean } from "../data/statistics.ts";
import { applyRemedy, type Remedy } from "../remedies/remedy.ts";
import { UserError } from "../user-error.ts";
import { compare, type Pair, type Scores, type Size, settled } from "./compare.ts";
import type { Examined } from "./examine.ts";
import type { Lab } from "./lab.ts";
import { improvements, type Measure, worthHaving } from "./statistics.ts";
import { edited, type Subject } from "./subject.ts";

type Candidate = { cause: CauseId; suspicion: number; remedy: Remedy; subject: Subject };

export type Screened = Candidate & {
  before: Scores;
  after: Scores;
  gain: number;
  verdict: "helps" | "hurts" | "unclear" | "cut";
};

/** A suspicion below this is not worth a training. */
const LEAST_SUSPICION = 0.03;
// The more likely a cause is, the more of its remedies are tried.
const REMEDIES = [
  { above: LEAST_SUSPICION, count: 1 },
  { above: 0.12, count: 2 },
  { above: 0.3, count: 3 },
  { above: 0.6, count: 4 },
];

const countFor = ({ suspicion }: Suspect) => REMEDIES.findLast(({ above }) => suspicion >= above)?.count ?? 0;

/**
 * The remedies to try, most likely first: one of each suspect, then the second ones, and so on; no plan twice.
 * @param most the largest total cost, in trainings of the plan.
 * @param mended causes whose remedies have helped: a stronger dose may help more.
 */
export async function candidates(
  { subject, known, suspects }: Examined,
  lab: Lab,
  most: number,
  mended: readonly CauseId[] = [],
): Promise<Candidate[]> {
  const context = { plan: subject.complete, given: subject.given, known };
  const likely = suspects
    .map((one) => (mended.includes(one.id) ? { ...one, suspicion: Math.max(one.suspicion, LIKELY) } : one))
    .toSorted((a, b) => b.suspicion - a.suspicion);
  const queues = likely.flatMap((suspect) => {
    const { remedies } = causeOf(suspect.id);
    return countFor(suspect) > 0 ? [{ suspect, remedies }] : [];
  });
  const found: Candidate[] = [];
  let spent = 0;
  const plans = new Set([JSON.stringify(subject.plan)]);
  for (let turn = 0; turn < REMEDIES.length && spent < most; turn++)
    for (const { suspect, remedies } of queues) {
      const applicable = remedies.filter((remedy) => applyRemedy(remedy, context));
      const remedy = turn < countFor(suspect) ? applicable[turn] : undefined;
      const given = remedy && applyRemedy(remedy, context);
      if (!remedy || !given || spent >= most) continue;
      const tried = await tryOut(given, subject, lab);
      if (!tried || plans.has(JSON.stringify(tried.plan))) continue;
      plans.add(JSON.stringify(tried.plan));
      spent += relativeCost(tried, subject);
      found.push({ cause: suspect.id, suspicion: suspect.suspicion, remedy, subject: tried });
    }
  return found;
}

/** A cause of which no remedy was tried, with the reason: no edit of the plan applies, its edit was tried for another cause, or others came first. */
export type Omitted = { cause: CauseId; why: "no-edit" | "later" } | { cause: CauseId; why: "same"; as: CauseId };

/** The likely causes that are not among the candidates tried. */
export async function omitted(
  { subject, known, suspects }: Examined,
  tried: readonly Candidate[],
  lab: Lab,
): Promise<Omitted[]> {
  const context = { plan: subject.complete, given: subject.given, known };
  const found: Omitted[] = [];
  for (const { id: cause, suspicion } of suspects) {
    if (suspicion < LEAST_SUSPICION || tried.some((one) => one.cause === cause)) continue;
    const edits = (causeOf(cause).remedies as readonly Remedy[])
      .map((one) => applyRemedy(one, context))
      .filter((one) => one !== null);
    const plans = await Promise.all(edits.map((given) => tryOut(given, subject, lab)));
    const keys = plans.flatMap((one) => (one ? [JSON.stringify(one.plan)] : []));
    const same = tried.find((one) => keys.includes(JSON.stringify(one.subject.plan)));
    found.push(same ? { cause, why: "same", as: same.cause } : { cause, why: keys.length > 0 ? "later" : "no-edit" });
  }
  return found;
}

/** How many trainings of `base` one of `edited` costs, by its steps; more epochs and smaller batches have more. */
export function relativeCost(edited: Subject, base: Subject): number {
  const steps = ({ plan: { training } }: Subject) => training.epochs / training.batchSize;
  return Math.max(1, steps(edited) / steps(base));
}

/** The edited plan, if it can be loaded and built. */
async function tryOut(given: Subject["given"], base: Subject, lab: Lab): Promise<Subject | null> {
  try {
    return await edited(given, base, lab.load);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** How plans are tried on few seeds. */
export type Setting = { seeds: readonly number[]; lab: Lab; measure: Measure; baseline: number; size: Size };

export type Evaluated = { gain: number; verdict: "helps" | "hurts" | "unclear" };

/** The result on few seeds. */
export function evaluated(
  { before, after }: Pair,
  { measure, baseline }: Pick<Setting, "measure" | "baseline">,
  suspected: boolean,
): Evaluated {
  const [was, is] = [before, after].map((scores) => settled(scores, measure.name, baseline));
  const differences = improvements(was, is, measure);
  const gain = mean(differences);
  const worth = worthHaving(mean(was), measure);
  // Where seeds disagree, an edit that clearly improves the mean, or whose cause is likely anyway, still deserves a proof.
  const steady = gain > 0 && gain >= worth / 2 && differences.every((d) => d >= 0);
  const plain = gain >= worth * (suspected ? 1 : 3);
  return { gain, verdict: steady || plain ? "helps" : gain < -worth ? "hurts" : "unclear" };
}

/** Trains the candidates beside the plan; those without a chance after the first seed are cut. */
export async function screen(base: Subject, list: readonly Candidate[], setting: Setting): Promise<Screened[]> {
  const { seeds, lab, size } = setting;
  const round = async (some: readonly Candidate[], upTo: number): Promise<Screened[]> => {
    const subjects = some.map((c) => c.subject);
    const pairs = await compare(base, subjects, seeds.slice(0, upTo), lab, { size, doing: "testing changes" });
    return some.flatMap((candidate, i) => {
      const pair = pairs[i];
      return pair ? [{ ...candidate, ...pair, ...evaluated(pair, setting, candidate.suspicion >= LIKELY) }] : [];
    });
  };
  const first = await round(list, 1);
  const hopeless = first.filter((one) => one.verdict === "hurts").map((one): Screened => ({ ...one, verdict: "cut" }));
  const rest = first.filter((one) => one.verdict !== "hurts");
  const second = seeds.length > 1 ? await round(rest, seeds.length) : rest;
  // A candidate that did not end in time keeps the result of its first seed.
  const updated = rest.map((one) => second.find((s) => s.subject === one.subject) ?? one);
  const all = [...updated, ...hopeless];
  for (const { remedy, gain, verdict } of all)
    lab.emit({ type: "verdict", stage: "screen", remedies: [remedy.id], gain, verdict });
  return all;
}
