/** Diagnosis without trials: the plan is trained as it is and examined, and nothing is edited. */
import { Budget } from "./budget.ts";
import { priceOf } from "./cost.ts";
import { errorsOfRuns } from "./errors.ts";
import { audit, examine, judge, subjectOf } from "./examine.ts";
import { firstLook, noneEnded } from "./first.ts";
import type { FixInput } from "./fix.ts";
import { Lab } from "./lab.ts";
import { costOf } from "./measure.ts";
import { ending, type Outcome, untried } from "./outcome.ts";
import { suspectsOf } from "./suspects.ts";

/** Trains the plan on up to `settings.seeds` seeds, as many as the budget holds, and examines it with probes. */
export async function why({ plan, given, jobs, load, settings, signal, tell }: FixInput): Promise<Outcome> {
  const budget = new Budget(settings, signal);
  const { seed, seeds, threads } = settings;
  try {
    const dataset = await load(plan);
    const subject = subjectOf(plan, given, dataset);
    const lab = new Lab(jobs, load, budget, tell);
    const notes = [...dataset.notes];
    const base = audit(subject, seed);
    const rows = base.data.train.length;
    lab.price = priceOf(plan, rows);
    const cost = await costOf(subject, rows, seed, lab, threads);
    const own = Array.from({ length: seeds }, (_, i) => seed + i);
    const { runs, size } = await firstLook(subject, own, rows, lab, cost, notes);
    if (runs.length === 0) notes.push(noneEnded(signal));
    const setting = { seed, cost };
    const examined = runs.length > 0 ? await examine(subject, base, runs, lab, setting) : judge(subject, base.known);
    return untried(examined, runs, {
      errors: errorsOfRuns(subject, runs),
      suspects: suspectsOf(examined),
      reduced: runs.length === 0 || size !== undefined,
      ...ending(lab, notes, signal),
    });
  } finally {
    budget.stop();
  }
}
