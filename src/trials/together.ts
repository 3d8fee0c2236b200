/** Edits that help only together: one fault can hide another, so the remedies of the likely causes are applied all at once and then removed one by one. */
import { difference } from "../plan/edit.ts";
import type { Lab } from "./lab.ts";
import { carriedOut, type Step } from "./prescribe.ts";
import type { Evaluated, Screened } from "./screen.ts";
import type { Subject } from "./subject.ts";

export type Together = { subject: Subject; steps: Step[]; gain: number };

/** Scores plans beside the first one on a few seeds; null for a plan that did not end in time. */
export type Gauge = (subjects: readonly Subject[], doing: string) => Promise<(Evaluated | null)[]>;

// A cause that is less likely than this is not part of a set.
const LEAST_SUSPICION = 0.1;
/** The sizes of the sets: a few cost little, and edits without effect are removed again. */
const SIZES = [2, 3, 5, 8];

/**
 * Tries the most likely remedies in sets of growing size and returns the best set, without the edits that it does not need. Null where none helps.
 * @param worth the least difference that counts between two sets.
 */
export async function together(
  base: Subject,
  screened: readonly Screened[],
  known: Step["known"],
  { lab, gauge, worth }: { lab: Lab; gauge: Gauge; worth: number },
): Promise<Together | null> {
  const sets = await growing(base, screened, known, lab);
  const results = await gauge(
    sets.map(({ subject }) => subject),
    "testing changes together",
  );
  const helping = sets.flatMap((set, i) =>
    results[i]?.verdict === "helps" ? [{ ...set, gain: results[i].gain }] : [],
  );
  const most = Math.max(...helping.map(({ gain }) => gain));
  const best = helping.find(({ gain }) => gain > most - worth);
  return best ? without(base, best, { lab, gauge, worth }) : null;
}

/** Sets of the most likely remedies, the smallest first; of two that change the same place the more likely one. */
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

/** Removes, one at a time, the edit without which the set scores best, as long as the score does not fall. */
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
  const results = await gauge(
    rests.map(({ subject }) => subject),
    "testing without single changes",
  );
  const best = rests
    .flatMap((rest, i) => (results[i] ? [{ ...rest, gain: results[i].gain }] : []))
    .toSorted((a, b) => b.gain - a.gain)[0];
  return best && best.gain > set.gain - worth / 2 ? without(base, best, { lab, gauge, worth }) : set;
}
