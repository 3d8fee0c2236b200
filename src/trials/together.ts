/** Edits that help only together: faults hide each other, so the remedies of the likely causes are made all at once, and then taken back one by one. */
import { difference } from "../plan/edit.ts";
import type { Lab } from "./lab.ts";
import { carriedOut, type Step } from "./prescribe.ts";
import type { Evaluated, Screened } from "./screen.ts";
import type { Subject } from "./subject.ts";

export type Together = { subject: Subject; steps: Step[]; gain: number };

/** Scores plans beside the first one on a few seeds; null for a plan that did not end in time. */
export type Gauge = (subjects: readonly Subject[], doing: string) => Promise<(Evaluated | null)[]>;

// A cause less likely than this is no part of a set.
const LEAST_SUSPICION = 0.1;
/** A few sizes cost little, and edits that do nothing are taken back. */
const SIZES = [2, 3, 5, 8];

/**
 * The likeliest remedies in growing sets: the one that gains most, without the edits that it does as well without. Null where none helps.
 * @param worth the least difference that counts between two sets.
 */
export async function together(
  base: Subject,
  screened: readonly Screened[],
  known: Step["known"],
  { lab, gauge, worth }: { lab: Lab; gauge: Gauge; worth: number },
): Promise<Together | null> {
  const sets = await growing(base, screened, known, lab);
  const told = await gauge(
    sets.map(({ subject }) => subject),
    "testing changes together",
  );
  const helping = sets.flatMap((set, i) => (told[i]?.verdict === "helps" ? [{ ...set, gain: told[i].gain }] : []));
  const most = Math.max(...helping.map(({ gain }) => gain));
  const best = helping.find(({ gain }) => gain > most - worth);
  return best ? without(base, best, { lab, gauge, worth }) : null;
}

/** Sets of the likeliest remedies, the smallest first; of two that change the same place the likelier. */
async function growing(
  base: Subject,
  screened: readonly Screened[],
  known: Step["known"],
  lab: Lab,
): Promise<{ subject: Subject; steps: Step[] }[]> {
  const sets: { subject: Subject; steps: Step[] }[] = [];
  const changed = new Set<string>();
  let [subject, steps]: [Subject, Step[]] = [base, []];
  const likeliest = screened
    .filter(({ suspicion, verdict }) => suspicion >= LEAST_SUSPICION && verdict !== "cut" && verdict !== "hurts")
    .toSorted((a, b) => b.suspicion - a.suspicion);
  for (const { cause, remedy } of likeliest) {
    const next = [...steps, { cause, remedy, known }];
    const edited = (await carriedOut(base, next, lab))?.at(-1);
    if (!edited) continue;
    const paths = difference(subject.plan, edited.plan).map(({ path }) => path);
    if (paths.length === 0 || paths.some((path) => changed.has(path))) continue;
    for (const path of paths) changed.add(path);
    [subject, steps] = [edited, next];
    if (SIZES.includes(steps.length)) sets.push({ subject, steps });
    if (steps.length === SIZES.at(-1)) break;
  }
  if (steps.length > 1 && sets.at(-1)?.steps.length !== steps.length) sets.push({ subject, steps });
  return sets;
}

/** Takes back, one at a time, the edit without which it does best, as long as that costs nothing. */
async function without(
  base: Subject,
  set: Together,
  { lab, gauge, worth }: { lab: Lab; gauge: Gauge; worth: number },
): Promise<Together> {
  if (set.steps.length < 2) return set;
  const rests = (
    await Promise.all(
      set.steps.map(async (step) => {
        const steps = set.steps.filter((other) => other !== step);
        const subject = (await carriedOut(base, steps, lab))?.at(-1);
        return subject ? [{ steps, subject }] : [];
      }),
    )
  ).flat();
  const told = await gauge(
    rests.map(({ subject }) => subject),
    "testing without single changes",
  );
  const best = rests
    .flatMap((rest, i) => (told[i] ? [{ ...rest, gain: told[i].gain }] : []))
    .toSorted((a, b) => b.gain - a.gain)[0];
  return best && best.gain > set.gain - worth / 2 ? without(base, best, { lab, gauge, worth }) : set;
}
