/** Diagnosis without trials: the plan is trained as it is and examined, and nothing is edited. */
import type { Diagnosis } from "../causes/diagnose.ts";
import type { Run } from "../run/run.ts";
import { Clock } from "./clock.ts";
import { scoreOfRun } from "./compare.ts";
import { audit, examine, judge, subjectOf } from "./examine.ts";
import { firstLook, noneEnded } from "./first.ts";
import type { FixInput, Outcome } from "./fix.ts";
import { Lab } from "./lab.ts";
import { timed } from "./measure.ts";

/** An outcome in which no remedy was tried. */
export function untried(examined: Diagnosis, runs: Run[], rest: Partial<Outcome> = {}): Outcome {
  return {
    examined,
    baseline: examined.known.baselines?.[0]?.value ?? 0,
    screened: [],
    proofs: [],
    explained: [],
    prescribed: null,
    before: {
      seeds: runs.map(({ seed }) => seed),
      runs,
      scores: runs.map(scoreOfRun),
      unfinished: runs.some(({ end }) => end?.reason === "stopped"),
    },
    after: null,
    test: null,
    said: [],
    reduced: false,
    interrupted: false,
    seconds: 0,
    trainings: 0,
    ...rest,
  };
}

/** Trains the plan on up to `settings.seeds` seeds, as many as the budget holds, and examines it with probes. */
export async function why({ plan, given, jobs, load, settings, signal, tell }: FixInput): Promise<Outcome> {
  const clock = new Clock(settings.budget, signal);
  const { seed, seeds, threads } = settings;
  try {
    const dataset = await load(plan);
    const subject = subjectOf(plan, given, dataset);
    const lab = new Lab(jobs, load, clock, tell);
    const said = [...dataset.said];
    const base = audit(subject, seed);
    const rows = base.data.train.length;
    const cost = await timed(subject, rows, seed, lab);
    const own = Array.from({ length: seeds }, (_, i) => seed + i);
    const { runs, size } = await firstLook(subject, own, rows, lab, { cost, threads }, said);
    if (runs.length === 0) said.push(noneEnded(signal));
    const setting = { seed, threads, secondsPerStep: cost.step };
    const examined = runs.length > 0 ? await examine(subject, base, runs, lab, setting) : judge(subject, base.known);
    return untried(examined, runs, {
      said,
      reduced: runs.length === 0 || size !== undefined,
      interrupted: signal?.aborted ?? false,
      seconds: clock.seconds,
      trainings: lab.trainings,
    });
  } finally {
    clock.stop();
  }
}
