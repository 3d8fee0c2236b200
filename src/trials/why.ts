/** Diagnosis without trials: the plan is trained as it is and examined, and nothing is edited. */
import { Clock } from "./clock.ts";
import { errorsOfRuns } from "./errors.ts";
import { audit, examine, judge, subjectOf } from "./examine.ts";
import { firstLook, noneEnded } from "./first.ts";
import type { FixInput } from "./fix.ts";
import { Lab } from "./lab.ts";
import { timed } from "./measure.ts";
import { type Outcome, untried } from "./outcome.ts";
import { suspectsOf } from "./suspects.ts";

/** Trains the plan on up to `settings.seeds` seeds, as many as the budget holds, and examines it with probes. */
export async function why({ plan, given, jobs, load, settings, signal, tell }: FixInput): Promise<Outcome> {
  const clock = new Clock(settings.budget, signal);
  const { seed, seeds, threads } = settings;
  try {
    const dataset = await load(plan);
    const subject = subjectOf(plan, given, dataset);
    const lab = new Lab(jobs, load, clock, tell);
    const notes = [...dataset.notes];
    const base = audit(subject, seed);
    const rows = base.data.train.length;
    const cost = await timed(subject, rows, seed, lab);
    const own = Array.from({ length: seeds }, (_, i) => seed + i);
    const { runs, size } = await firstLook(subject, own, rows, lab, { cost, threads }, notes);
    if (runs.length === 0) notes.push(noneEnded(signal));
    const setting = { seed, threads, secondsPerStep: cost.step };
    const examined = runs.length > 0 ? await examine(subject, base, runs, lab, setting) : judge(subject, base.known);
    return untried(examined, runs, {
      errors: errorsOfRuns(subject, runs),
      suspects: suspectsOf(examined),
      notes,
      reduced: runs.length === 0 || size !== undefined,
      interrupted: signal?.aborted ?? false,
      seconds: clock.seconds,
      trainings: lab.trainings,
    });
  } finally {
    clock.stop();
  }
}
