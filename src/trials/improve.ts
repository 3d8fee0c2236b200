/** From suspicions to edits: remedies are tried, the best are proved, and more are added while they improve the score. */

import { type CauseId, causeOf } from "../causes/index.ts";
import { LIKELY } from "../causes/rank.ts";
import { mean } from "../data/statistics.ts";
import type { Run } from "../run/run.ts";
import { compare, settled } from "./compare.ts";
import { MOST_FINALISTS } from "./effort.ts";
import { audit, type Examined, examine } from "./examine.ts";
import { standing } from "./order.ts";
import type { Step } from "./prescribe.ts";
import { emitProof, type Proof, prove } from "./prove.ts";
import {
  candidates,
  evaluated,
  type Omitted,
  omitted,
  relativeCost,
  type Screened,
  type Setting,
  screen,
} from "./screen.ts";
import { worthHaving } from "./statistics.ts";
import type { Subject } from "./subject.ts";
import { examination, PROOF_SEEDS, priced, proofSettings, type Terms } from "./terms.ts";
import { type Gauge, type Together, together } from "./together.ts";
import { type Explained, untangle } from "./untangle.ts";

type Improvement = {
  steps: Step[];
  /** All that was tried on the given plan. */
  screened: Screened[];
  proofs: { of: Screened; proof: Proof }[];
  explained: Explained[];
  omitted: Omitted[];
  /** Whether the proof of at least one edit fit the budget. */
  provable: boolean;
};

/** The most edits: each one takes a round of trials, and more do not fit a usual budget. Chosen by hand. */
const MOST_STEPS = 6;
/** Stacked trainings take less time than estimated, so trainings start that exceed the time left by this factor. Chosen by hand. */
const HOPEFUL = 1.3;
/** The number of candidates in a usual round. Chosen by hand. */
const A_ROUND = 8;
// About this many sets are tried when edits are combined and removed again.
const SETS = 16;
/** The share of the time left that these sets may take. */
const SETS_SHARE = 0.2;

/** Finds the edits to make: the first one or a set that improves more, then more on top of it while they improve the score. */
export async function improve(terms: Terms, examined: Examined, seeds: readonly number[]): Promise<Improvement> {
  const { base, lab, effort } = terms;
  const setting = settingOf(terms, seeds);
  const screened = await screen(base, await candidates(examined, lab, effort.most), setting);
  const best = finalists(screened);
  if (effort.finalists > 0) lab.budget.reserved = 0;
  const tried = affordable(terms, best);
  const provable = effort.finalists > 0 && (tried.length > 0 || best.length === 0);
  const proofs = await proved(terms, tried);
  const helpful = proofs.flatMap(({ of, proof }) => (proof.verdict === "helps" ? [{ of, gain: proof.gain.mean }] : []));
  const explained = await untangle(
    base,
    examined.known,
    helpful.toSorted((a, b) => b.gain - a.gain).map(({ of }) => of),
    setting,
  );
  const single = foremost(examined, provable ? helpful : unproved(best, screened), explained);
  const set = await sets(terms, examined, screened, single, setting);
  const start = set ?? (single && { subject: single.subject, steps: [stepOf(single, examined)] });
  const steps = start ? await addMore(terms, start.subject, start.steps, seeds) : [];
  return { steps, screened, proofs, explained, omitted: await omitted(examined, screened, lab), provable };
}

const stepOf = ({ cause, remedy }: Screened, { known }: Examined): Step => ({ cause, remedy, known });

const settingOf = ({ lab, measure, baseline, effort }: Terms, seeds: readonly number[]): Setting => ({
  seeds,
  lab,
  measure,
  baseline,
  size: effort.size,
});

/** One finalist per cause: the most likely that helps, then those that improve most. */
function finalists(screened: readonly Screened[]): Screened[] {
  const bestOf = new Map<CauseId, Screened>();
  for (const one of screened) {
    const other = bestOf.get(one.cause);
    if (one.verdict === "helps" && (!other || one.gain > other.gain)) bestOf.set(one.cause, one);
  }
  const all = [...bestOf.values()].sort((a, b) => b.gain - a.gain);
  const likeliest = all.toSorted((a, b) => b.suspicion - a.suspicion)[0];
  return likeliest ? [likeliest, ...all.filter((one) => one !== likeliest)] : [];
}

/** Where no proof is affordable: the edits that help on few rows; where none does, the most likely one, because a whole training decides. */
function unproved(helping: readonly Screened[], screened: readonly Screened[]): Helpful[] {
  const likely = screened.filter(({ suspicion }) => suspicion >= LIKELY).toSorted((a, b) => b.gain - a.gain);
  return (helping.length > 0 ? helping : likely.slice(0, 1)).map((of) => ({ of, gain: of.gain }));
}

/** The finalists whose proof fits the budget; the first of them may take all that is left. */
function affordable(terms: Terms, all: readonly Screened[]): Screened[] {
  const { base, lab, effort, settings } = terms;
  if (effort.finalists === 0) return [];
  const hopeful = lab.budget.unit === "seconds" ? HOPEFUL : 1;
  let spent = 0;
  return all.slice(0, MOST_FINALISTS).filter(({ subject }, i) => {
    const cost = relativeCost(subject, base);
    const fits =
      i > 0 ? spent + cost <= effort.finalists : priced(terms, settings.seeds * (1 + cost)) < lab.budget.left * hopeful;
    if (!fits) return false;
    spent += cost;
    return true;
  });
}

async function proved(terms: Terms, tried: readonly Screened[]): Promise<Improvement["proofs"]> {
  const { base, lab } = terms;
  if (tried.length === 0) return [];
  const subjects = tried.map(({ subject }) => subject);
  const proofs = await prove(
    base,
    subjects,
    lab,
    proofSettings(terms, PROOF_SEEDS, "testing the best changes on new seeds"),
  );
  const ended = tried.flatMap((of, i) => (proofs[i] ? [{ of, proof: proofs[i] }] : []));
  for (const { of, proof } of ended) emitProof(lab, [of], proof);
  return ended;
}

type Helpful = { of: Screened; gain: number };

/** The first of those that help, in the order of `standing`; null where there is none. */
function foremost(
  { suspects }: Examined,
  helpful: readonly Helpful[],
  explained: readonly Explained[],
): Screened | null {
  const most = Math.max(0, ...helpful.map(({ gain }) => gain));
  const rank = ({ of, gain }: Helpful) => {
    const suspect = suspects.find(({ id }) => id === of.cause)!;
    const consequence = explained.some(({ cause }) => cause === of.cause);
    return standing({ stage: causeOf(of.cause).stage, ...suspect, gain, explained: consequence }, most);
  };
  return helpful.toSorted((a, b) => rank(b) - rank(a))[0]?.of ?? null;
}

/** Sets of edits, where something is clearly wrong; null where none improves more than `single`. */
async function sets(
  terms: Terms,
  examined: Examined,
  screened: readonly Screened[],
  single: Screened | null,
  setting: Setting,
): Promise<Together | null> {
  const { base, lab, effort, measure } = terms;
  const suspected = examined.suspects.some(({ suspicion }) => suspicion >= LIKELY);
  const room = priced(terms, SETS * setting.seeds.length * effort.share) < lab.budget.left * SETS_SHARE;
  if (!room || lab.budget.signal.aborted || (!single && !suspected)) return null;
  const gauge: Gauge = async (subjects, doing) => {
    const pairs = await compare(base, subjects, setting.seeds, lab, { size: setting.size, doing });
    return pairs.map((pair) => pair && evaluated(pair, setting, true));
  };
  const worth = worthHaving(mean(settled(screened[0]?.before ?? [], measure.name, terms.baseline)), measure);
  const set = await together(base, screened, examined.known, { lab, gauge, worth });
  return set && set.gain > (single ? single.gain + worth : 0) ? set : null;
}

/**
 * Examines the edited plan again and adds the edit that improves it most, until none does.
 * @param pace the cost of one training of the plan among others.
 */
async function addMore(
  terms: Terms,
  subject: Subject,
  steps: Step[],
  seeds: readonly number[],
  pace = priced(terms, 1),
): Promise<Step[]> {
  const { base, lab, effort, settings } = terms;
  const { share, finalists: provable, most, size } = effort;
  const { budget } = lab;
  const cost = relativeCost(subject, base);
  const round = (tried: number) => seeds.length * (tried + 1) * share * cost;
  const proof = provable > 0 ? settings.seeds * (1 + cost * (steps.length + 1)) : 0;
  if (steps.length >= MOST_STEPS || budget.left < pace * (round(A_ROUND) + proof) || budget.signal.aborted)
    return steps;
  const began = budget.spent;
  const runs = await lab.train(
    seeds.map((seed) => ({ plan: subject.plan, seed, variation: size, detail: "layers" as const })),
    "training the changed plan",
  );
  if (runs.some((run) => run === null)) return steps;
  const known = audit(subject, settings.seed);
  const examined = await examine(subject, known, runs as Run[], lab, examination(terms));
  const mended = steps.map((step) => step.cause);
  // An edit that leads back to an earlier plan is not an improvement of it.
  const back = JSON.stringify(base.plan);
  const list = (await candidates(examined, lab, Math.ceil(most / 2), mended)).filter(
    (one) => JSON.stringify(one.subject.plan) !== back,
  );
  const screened = await screen(subject, list, settingOf(terms, seeds));
  const best = screened.filter(({ verdict }) => verdict === "helps").sort((a, b) => b.gain - a.gain)[0];
  if (!best) return steps;
  const measured = (budget.spent - began) / round(list.length);
  return addMore(terms, best.subject, [...steps, stepOf(best, examined)], seeds, measured);
}
