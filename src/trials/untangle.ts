/** Separates a cause from edits that only compensate for it: of two edits that both help, which still helps on top of the other? */

import type { Case } from "../case/case.ts";
import { type CauseId, causeOf } from "../causes/index.ts";
import { mean } from "../data/statistics.ts";
import { compare, type Scores, settled } from "./compare.ts";
import { carriedOut } from "./prescribe.ts";
import type { Screened, Setting } from "./screen.ts";
import { improvements, worthHaving } from "./statistics.ts";
import type { Subject } from "./subject.ts";

/** With the remedy of `by` applied, that of `cause` adds nothing; in the other order it does. */
export type Explained = { cause: CauseId; by: CauseId };

/** A cause that often follows from other faults does not explain one that does not. */
function upstream(one: Screened, other: Screened): boolean {
  const follows = ({ cause }: Screened) => causeOf(cause).follows;
  return !follows(one) && follows(other) === true;
}

export async function untangle(
  base: Subject,
  known: Case,
  helpful: readonly Screened[],
  { seeds, lab, measure, baseline, size }: Setting,
): Promise<Explained[]> {
  const explained: Explained[] = [];
  const settle = (scores: Scores) => settled(scores, measure.name, baseline);
  for (const [i, a] of helpful.entries())
    for (const b of helpful.slice(i + 1)) {
      const steps = [a, b].map(({ cause, remedy }) => ({ cause, remedy, known }));
      const both = (await carriedOut(base, steps, lab))?.at(-1);
      if (!both) continue;
      const on = async (one: Screened) => {
        const [pair] = await compare(one.subject, [both], seeds, lab, { size, doing: "separating the causes" });
        if (!pair) return null;
        const before = settle(pair.before);
        return {
          gain: mean(improvements(before, settle(pair.after), measure)),
          worth: worthHaving(mean(before), measure),
        };
      };
      const [onA, onB] = [await on(a), await on(b)];
      if (!onA || !onB) continue;
      const [addsB, addsA] = [onA.gain >= onA.worth, onB.gain >= onB.worth];
      if (addsA && !addsB && !upstream(b, a)) explained.push({ cause: b.cause, by: a.cause });
      if (addsB && !addsA && !upstream(a, b)) explained.push({ cause: a.cause, by: b.cause });
    }
  return explained;
}
