/** The main line: examine, screen, prove, prescribe – and what can be said of it all. */
import type { Case } from "../case/case.ts";
import type { Diagnosis } from "../causes/diagnose.ts";
import type { CauseId } from "../causes/index.ts";
import { causes } from "../causes/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import type { Run } from "../run/run.ts";
import { Clock } from "./clock.ts";
import { alike, type Scores, scoreOfRun } from "./compare.ts";
import { audit, type Examined, examine, judge, type Subject, subjectOf } from "./examine.ts";
import { firstRuns, noneEnded } from "./first.ts";
import { Lab, type Progress } from "./lab.ts";
import { type Allowance, allowance, type Cost, reducedSays, timed } from "./measure.ts";
import { standing } from "./order.ts";
import { carriedOut, type Prescribed, prescribe, type Step } from "./prescribe.ts";
import { type Proof, prove } from "./prove.ts";
import { candidates, type Screened, screen } from "./screen.ts";
import { type Measure, mean } from "./statistics.ts";
import { type Explained, untangle } from "./untangle.ts";

/** `seeds`: paired ones of a proof; `budget`: seconds of wall time; `threads`: how many trainings run at once. */
export type Settings = { seed: number; seeds: number; budget: number; threads: number };

export type Outcome = {
  examined: Diagnosis;
  /** Score of what learns nothing from the inputs. */
  baseline: number;
  screened: Screened[];
  proofs: { of: Screened; proof: Proof }[];
  explained: Explained[];
  prescribed: Prescribed | null;
  before: { seeds: number[]; runs: Run[]; scores: Scores; unfinished?: boolean };
  after: { runs: Run[]; scores: Scores } | null;
  test: { before: Scores; after: Scores | null } | null;
  said: string[];
  /** Trials used fewer rows, or the baseline did not end: nothing is proved. */
  reduced: boolean;
  interrupted: boolean;
  seconds: number;
  trainings: number;
};

// Seeds of the screen, of the proof and of the prescription never meet.
const PROOF_SEEDS = 100;
const PRESCRIPTION_SEEDS = 200;
const MOST_FINALISTS = 3;
const MOST_STEPS = 4;
/** A suspicion that is more likely than not. */
export const LEAST = 0.5;

/** Edits that help together only. */
type Together = { subject: Subject; steps: Step[] };
const isTogether = (found: Screened | Together): found is Together => "steps" in found;

export type FixInput = {
  /** Complete, and as the user gave it: what the user is silent about stays silent in the edits. */
  plan: Plan;
  given: Given;
  /** Carries out the trainings. */
  jobs: Jobs;
  /** The data of the plan and of its edits. */
  load: (plan: Plan) => Promise<Dataset>;
  settings: Settings;
  /** Ends it early, with what is known by then. */
  signal?: AbortSignal;
  tell?: (progress: Progress) => void;
};

/** The main job: why the plan is stuck, which edits gain, and the proof. `reportOf` makes a Report of the outcome. */
export async function fix({ plan, given, jobs, load, settings, signal, tell }: FixInput): Promise<Outcome> {
  const clock = new Clock(settings.budget, signal);
  try {
    return await new Fixing(
      subjectOf(plan, given, await load(plan)),
      new Lab(jobs, load, clock, tell),
      settings,
      signal,
    ).run();
  } finally {
    clock.stop();
  }
}

class Fixing {
  readonly #base: Subject;
  readonly #lab: Lab;
  readonly #settings: Settings;
  readonly #signal: AbortSignal | undefined;
  readonly #said: string[];
  #screened: Screened[] = [];
  #proofs: Outcome["proofs"] = [];
  #explained: Explained[] = [];
  #measure: Measure = { name: "", better: "higher" };
  #baseline = 0;
  #cost: Cost = { step: 0, training: 0 };
  #allowed!: Allowance;

  constructor(base: Subject, lab: Lab, settings: Settings, signal?: AbortSignal) {
    this.#base = base;
    this.#lab = lab;
    this.#settings = settings;
    this.#signal = signal;
    this.#said = [...base.dataset.said];
  }

  async run(): Promise<Outcome> {
    const { seed, seeds, threads } = this.#settings;
    const { known, data } = audit(this.#base, seed);
    this.#measure = known.metric!;
    this.#baseline = known.baselines?.[0]?.value ?? 0;
    const rows = data.train.length;
    this.#cost = await timed(this.#base, rows, seed, this.#lab);
    if (this.#lab.clock.signal.aborted) return this.#nothing(known);
    this.#allowed = allowance(this.#cost, rows, seeds, this.#lab.clock.left, threads);
    const reduced = this.#allowed.share < 1;
    if (reduced) this.#said.push(reducedSays(this.#allowed.share, this.#base.plan));

    const screenSeeds = Array.from({ length: this.#allowed.screenSeeds }, (_, i) => seed + i);
    const first = await firstRuns(
      this.#base,
      screenSeeds,
      this.#lab,
      { cost: this.#cost, size: this.#allowed.proof, threads },
      this.#said,
    );
    if (first.length === 0) return this.#nothing(known);
    const examined = await examine(this.#base, { known, data }, first, this.#lab, seed, this.#cost.step, threads);
    const steps = await this.#improve(examined, screenSeeds);
    const prescribed = steps.length > 0 ? await this.#prescribe(steps) : null;
    return this.#outcome(
      examined,
      prescribed,
      { seeds: screenSeeds.slice(0, first.length), runs: first, scores: first.map(scoreOfRun) },
      reduced,
    );
  }

  #nothing(known: Case): Promise<Outcome> {
    this.#said.push(noneEnded(this.#signal));
    return this.#outcome(judge(this.#base, known), null, { seeds: [], runs: [], scores: [] }, true);
  }

  /** Finds the edits to make: the best single one that is proved, then more on top of it while they gain. */
  async #improve(examined: Examined, screenSeeds: number[]): Promise<Step[]> {
    const list = await candidates(examined, this.#lab, this.#allowed.most);
    this.#screened = await screen(
      this.#base,
      list,
      screenSeeds,
      this.#lab,
      this.#measure,
      this.#baseline,
      this.#allowed.screen,
    );
    const finalists = this.#finalists(this.#screened);
    const settings = this.#proofSettings(PROOF_SEEDS, "proving on fresh seeds");
    const proofs = await prove(
      this.#base,
      finalists.map((one) => one.subject),
      this.#lab,
      settings,
    );
    this.#proofs = finalists.flatMap((of, i) => (proofs[i] ? [{ of, proof: proofs[i] }] : []));
    const helpful = this.#proofs
      .filter(({ proof }) => proof.verdict === "helps")
      .sort((a, b) => b.proof.gain.mean - a.proof.gain.mean);
    this.#explained = await untangle(
      this.#base,
      examined.known,
      helpful.map(({ of }) => of),
      {
        seeds: screenSeeds,
        lab: this.#lab,
        measure: this.#measure,
        baseline: this.#baseline,
        size: this.#allowed.screen,
      },
    );
    const most = Math.max(0, ...helpful.map(({ proof }) => proof.gain.mean));
    const rank = ({ of, proof }: (typeof helpful)[number]) => {
      const suspect = examined.suspects.find(({ id }) => id === of.cause)!;
      const explained = this.#explained.some(({ cause }) => cause === of.cause);
      return standing({ stage: causeOf(of.cause).stage, ...suspect, gain: proof.gain.mean, explained }, most);
    };
    const [first] = helpful.toSorted((a, b) => rank(b) - rank(a));
    const best: Screened | Together | null = first?.of ?? (await this.#together(examined, screenSeeds));
    if (!best) return [];
    const steps: Step[] = isTogether(best)
      ? best.steps
      : [{ cause: best.cause, remedy: best.remedy, known: examined.known }];
    return this.#addMore(best.subject, steps, screenSeeds);
  }

  /** At most three, one a cause: the likeliest that helps, then those that gain most. */
  #finalists(screened: readonly Screened[]): Screened[] {
    const helping = screened.filter(({ verdict }) => verdict === "helps");
    const bestOf = new Map<CauseId, Screened>();
    for (const one of helping) {
      const other = bestOf.get(one.cause);
      if (!other || one.gain > other.gain) bestOf.set(one.cause, one);
    }
    const all = [...bestOf.values()].sort((a, b) => b.gain - a.gain);
    const likeliest = all.toSorted((a, b) => b.suspicion - a.suspicion)[0];
    return likeliest ? [likeliest, ...all.filter((one) => one !== likeliest)].slice(0, MOST_FINALISTS) : [];
  }

  #proofSettings(from: number, doing: string) {
    const { seed, seeds, threads } = this.#settings;
    const secondsEach = (this.#cost.training * this.#allowed.share) / threads;
    return {
      from: seed + from,
      seeds,
      measure: this.#measure,
      baseline: this.#baseline,
      size: this.#allowed.proof,
      doing,
      secondsEach,
    };
  }

  /** Where no single edit helps, faults may hide each other: the first remedies of the likeliest causes, all at once. */
  async #together(examined: Examined, seeds: number[]): Promise<Together | null> {
    const steps: Step[] = [];
    let subject = this.#base;
    for (const { cause, remedy, suspicion } of this.#screened.toSorted((a, b) => b.suspicion - a.suspicion)) {
      if (suspicion < 0.2 || steps.length >= 3 || steps.some((step) => step.cause === cause)) continue;
      const step = { cause, remedy, known: examined.known };
      const next = (await carriedOut(this.#base, [...steps, step], this.#lab))?.at(-1);
      if (!next) continue;
      steps.push(step);
      subject = next;
    }
    if (steps.length < 2) return null;
    const candidate = { cause: steps[0].cause, suspicion: 0, remedy: steps[0].remedy, subject };
    const [tried] = await screen(
      this.#base,
      [candidate],
      seeds,
      this.#lab,
      this.#measure,
      this.#baseline,
      this.#allowed.screen,
    );
    return tried?.verdict === "helps" ? { subject, steps } : null;
  }

  /** Looks again at the edited plan, and adds the edit that gains most, until none does. */
  async #addMore(subject: Subject, steps: Step[], seeds: number[]): Promise<Step[]> {
    const { seed, threads } = this.#settings;
    const perRound = (this.#cost.training * seeds.length * 8) / threads;
    if (steps.length >= MOST_STEPS || this.#lab.clock.left < perRound || this.#lab.clock.signal.aborted) return steps;
    const size = this.#allowed.screen;
    const runs = await this.#lab.train(
      seeds.map((s) => ({ plan: subject.plan, seed: s, variation: size, detail: "layers" as const })),
      "looking at the edited plan",
    );
    if (runs.some((run) => run === null)) return steps;
    const base = audit(subject, seed);
    const examined = await examine(subject, base, runs as Run[], this.#lab, seed, this.#cost.step, threads);
    const list = (await candidates(examined, this.#lab, Math.ceil(this.#allowed.most / 2))).filter(
      (c) => !undoes(c.subject, this.#base),
    );
    const screened = await screen(subject, list, seeds, this.#lab, this.#measure, this.#baseline, size);
    const best = screened.filter(({ verdict }) => verdict === "helps").sort((a, b) => b.gain - a.gain)[0];
    if (!best) return steps;
    return this.#addMore(
      best.subject,
      [...steps, { cause: best.cause, remedy: best.remedy, known: examined.known }],
      seeds,
    );
  }

  async #prescribe(steps: Step[]): Promise<Prescribed | null> {
    const settings = {
      ...this.#proofSettings(PRESCRIPTION_SEEDS, "proving the prescription"),
      detail: "curves" as const,
    };
    const whole = await prescribe(this.#base, steps, this.#lab, settings);
    return whole?.proof.verdict === "helps" ? whole : null;
  }

  async #outcome(
    examined: Examined,
    prescribed: Prescribed | null,
    first: Outcome["before"],
    reduced: boolean,
  ): Promise<Outcome> {
    const { seed, seeds } = this.#settings;
    let before = first;
    let after: Outcome["after"] = null;
    if (prescribed) {
      const count = prescribed.proof.before.length;
      const own = Array.from({ length: count }, (_, i) => seed + PRESCRIPTION_SEEDS + i);
      const known = (subject: Subject) =>
        this.#lab.train(
          own.map((s) => ({ plan: subject.plan, seed: s, variation: this.#allowed.proof, detail: "curves" as const })),
          "curves",
        );
      const [was, is] = [await known(this.#base), await known(prescribed.subject)];
      // Each plan by its own measure, as it will be seen; the gain is that of the proof, on rows that both judge.
      const scores = (runs: typeof was, otherwise: Scores) =>
        runs.every((run) => run !== null) ? runs.map(scoreOfRun) : otherwise;
      const { proof } = prescribed;
      before = { seeds: own, runs: was.filter((run) => run !== null), scores: scores(was, proof.before) };
      after = { runs: is.filter((run) => run !== null), scores: scores(is, proof.after) };
      if (!alike(this.#base, prescribed.subject))
        this.#said.push(
          `The plans judge other rows: on those that both judge alike the score goes from ${mean(proof.before).toPrecision(3)} to ${mean(proof.after).toPrecision(3)}, and by that the gain is proved.`,
        );
    } else if (first.runs.length > 0 && first.runs.length < seeds && !reduced) {
      const own = Array.from({ length: seeds }, (_, i) => seed + i);
      const runs = await this.#lab.train(
        own.map((s) => ({ plan: this.#base.plan, seed: s, detail: "curves" as const })),
        "more seeds of the plan",
      );
      if (runs.every((run) => run !== null)) before = { seeds: own, runs, scores: runs.map(scoreOfRun) };
    }
    return {
      examined,
      baseline: this.#baseline,
      screened: this.#screened,
      proofs: this.#proofs,
      explained: this.#explained,
      prescribed,
      before,
      after,
      test: await this.#test(prescribed, before.seeds),
      said: this.#said,
      reduced,
      interrupted: this.#signal?.aborted ?? false,
      seconds: this.#lab.clock.seconds,
      trainings: this.#lab.trainings,
    };
  }

  /** The part held back, scored once at the very end. */
  async #test(prescribed: Prescribed | null, seeds: readonly number[]): Promise<Outcome["test"]> {
    if (this.#base.plan.data.test === null || seeds.length === 0) return null;
    const plans = prescribed ? [this.#base, prescribed.subject] : [this.#base];
    const jobs = plans.flatMap(({ plan }) =>
      seeds.map((seed) => ({ plan, seed, options: { scores: 1, trainScores: false, test: true } })),
    );
    const runs = await this.#lab.probe(jobs, "scoring what was held back");
    if (runs.some((run) => run === null)) return null;
    const scores = runs.map((run) => run?.end?.test ?? Number.NaN);
    return { before: scores.slice(0, seeds.length), after: prescribed ? scores.slice(seeds.length) : null };
  }
}

/** An edit that leads back to where the plan came from is no improvement of it. */
const undoes = (edited: Subject, base: Subject): boolean => JSON.stringify(edited.plan) === JSON.stringify(base.plan);

export const causeOf = (id: CauseId) => causes.find((cause) => cause.id === id)!;
