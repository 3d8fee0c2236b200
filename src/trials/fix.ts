/** The main line: examine, screen, prove, prescribe – and what can be said of it all. */
import type { Case } from "../case/case.ts";
import type { Diagnosis } from "../causes/diagnose.ts";
import type { CauseId } from "../causes/index.ts";
import { causes } from "../causes/index.ts";
import type { Dataset } from "../data/dataset.ts";
import type { Prepared } from "../data/prepare.ts";
import type { Jobs } from "../jobs/jobs.ts";
import type { Given } from "../plan/edit.ts";
import type { Plan } from "../plan/plan.ts";
import type { Run } from "../run/run.ts";
import { Clock } from "./clock.ts";
import { alike, compare, type Scores, scoreOfRun, settled } from "./compare.ts";
import { type Effort, effort, MOST_FINALISTS, reducedSays } from "./effort.ts";
import { audit, type Examined, examine, judge, type Subject, subjectOf } from "./examine.ts";
import { type First, firstLook, noneEnded } from "./first.ts";
import { Lab, type Progress } from "./lab.ts";
import { type Cost, timed } from "./measure.ts";
import { standing } from "./order.ts";
import { carriedOut, type Prescribed, prescribe, type Step } from "./prescribe.ts";
import { type Proof, prove } from "./prove.ts";
import { candidates, dearness, judged, type Screened, type Setting, screen } from "./screen.ts";
import { gains, type Measure, mean, worthHaving } from "./statistics.ts";
import { type Gauge, type Together, together } from "./together.ts";
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
  /** Remedies were tried on fewer rows and the prescription on few seeds, or the plan's own training did not end: nothing is proved. */
  reduced: boolean;
  interrupted: boolean;
  seconds: number;
  trainings: number;
};

// Seeds of the screen, of the proof and of the prescription never meet.
const PROOF_SEEDS = 100;
/** As above: seeds that nothing was chosen by. */
const PRESCRIPTION_SEEDS = 200;
/** Each is a round of trials: more do not fit a usual budget. Chosen by hand. */
const MOST_STEPS = 4;
// About so many sets are tried when edits are made together and taken back, in at most this share of the time left.
const SETS = 16;
/** Share of the time left that those sets may take. */
const SETS_SHARE = 0.2;
// Seeds of the first look, if the budget holds them.
const LOOKS = 3;
/** A suspicion that is more likely than not. */
export const LEAST = 0.5;

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
  #effort!: Effort;

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
    const timing = await timed(this.#base, rows, seed, this.#lab);
    if (this.#lab.clock.signal.aborted) return this.#nothing(known);
    const wanted = Array.from({ length: LOOKS }, (_, i) => seed + i);
    const first = await firstLook(this.#base, wanted, rows, this.#lab, { cost: timing, threads }, this.#said);
    if (first.runs.length === 0) return this.#nothing(known);
    this.#cost = first.cost;
    const { clock } = this.#lab;
    this.#effort = effort(first, { rows, seeds, left: clock.left, threads });
    clock.reserved = this.#effort.reserved;
    const reduced = this.#effort.finalists === 0;
    if (reduced) this.#said.push(reducedSays(this.#effort.share, this.#base.plan));
    const examined = await this.#examine(this.#base, { known, data }, first.runs);
    const steps = await this.#improve(examined, wanted.slice(0, this.#effort.seeds));
    const settle = () => (reduced ? this.#confirm(steps, first) : this.#prescribe(steps));
    const prescribed = steps.length === 0 ? null : await settle();
    return this.#outcome(examined, prescribed, first, reduced);
  }

  #examine(subject: Subject, base: { known: Case; data: Prepared }, runs: Run[]): Promise<Examined> {
    const { seed, threads } = this.#settings;
    const dear = this.#effort.finalists < MOST_FINALISTS;
    return examine(subject, base, runs, this.#lab, { seed, threads, secondsPerStep: this.#cost.step, dear });
  }

  #nothing(known: Case): Promise<Outcome> {
    this.#said.push(noneEnded(this.#signal));
    return this.#outcome(judge(this.#base, known), null, { seeds: [], runs: [] }, true);
  }

  /** Finds the edits to make: the one that stands first or a set that gains more, then more on top of it while they gain. */
  async #improve(examined: Examined, seeds: number[]): Promise<Step[]> {
    const { known } = examined;
    const setting = this.#setting(seeds);
    const list = await candidates(examined, this.#lab, this.#effort.most);
    this.#screened = await screen(this.#base, list, setting);
    const helpful = await this.#helpful(this.#finalists(), known, setting);
    const single = foremost(examined, helpful, this.#explained);
    const set = await this.#together(examined, single, setting);
    if (set) return this.#addMore(set.subject, set.steps, seeds);
    if (!single) return [];
    return this.#addMore(single.subject, [{ cause: single.cause, remedy: single.remedy, known }], seeds);
  }

  #setting(seeds: readonly number[]): Setting {
    return {
      seeds,
      lab: this.#lab,
      measure: this.#measure,
      baseline: this.#baseline,
      size: this.#effort.size,
    };
  }

  /** One a cause: the likeliest that helps, then those that gain most. */
  #finalists(): Screened[] {
    const helping = this.#screened.filter(({ verdict }) => verdict === "helps");
    const bestOf = new Map<CauseId, Screened>();
    for (const one of helping) {
      const other = bestOf.get(one.cause);
      if (!other || one.gain > other.gain) bestOf.set(one.cause, one);
    }
    const all = [...bestOf.values()].sort((a, b) => b.gain - a.gain);
    const likeliest = all.toSorted((a, b) => b.suspicion - a.suspicion)[0];
    return likeliest ? [likeliest, ...all.filter((one) => one !== likeliest)] : [];
  }

  /** The finalists that are proved to help, and which of them others explain; as they are where no proof is affordable. */
  async #helpful(finalists: readonly Screened[], known: Case, setting: Setting): Promise<Helpful[]> {
    const most = this.#effort.finalists;
    // Where a whole training has the last word, the likeliest edit deserves it even if few rows say nothing for it.
    if (most === 0) {
      const likely = this.#screened.filter(({ suspicion }) => suspicion >= LEAST).sort((a, b) => b.gain - a.gain);
      return (finalists.length > 0 ? finalists : likely.slice(0, 1)).map((of) => ({ of, gain: of.gain }));
    }
    this.#lab.clock.reserved = 0;
    let spent = 0;
    const tried = finalists.filter(({ subject }, i) => {
      const cost = dearness(subject, this.#base);
      if (i >= MOST_FINALISTS || (i > 0 && spent + cost > most)) return false;
      spent += cost;
      return true;
    });
    const settings = this.#proofSettings(PROOF_SEEDS, "proving on fresh seeds");
    const proofs = await prove(
      this.#base,
      tried.map((one) => one.subject),
      this.#lab,
      settings,
    );
    this.#proofs = tried.flatMap((of, i) => (proofs[i] ? [{ of, proof: proofs[i] }] : []));
    const helpful = this.#proofs
      .filter(({ proof }) => proof.verdict === "helps")
      .map(({ of, proof }) => ({ of, gain: proof.gain.mean }))
      .sort((a, b) => b.gain - a.gain);
    const all = helpful.map(({ of }) => of);
    this.#explained = await untangle(this.#base, known, all, setting);
    return helpful;
  }

  #proofSettings(from: number, doing: string) {
    const { seed, seeds } = this.#settings;
    const secondsEach = this.#seconds(1);
    return { from: seed + from, seeds, measure: this.#measure, baseline: this.#baseline, doing, secondsEach };
  }

  /** Seconds that so many trainings take; those of a screen use a share of the rows. */
  #seconds(trainings: number, share = 1): number {
    return (trainings * share * this.#cost.training) / this.#settings.threads;
  }

  /** Sets of edits, where something is plainly wrong; null where none gains more than `single`. */
  async #together(examined: Examined, single: Screened | null, setting: Setting): Promise<Together | null> {
    const lab = this.#lab;
    const suspected = examined.suspects.some(({ suspicion }) => suspicion >= LEAST);
    const room = this.#seconds(SETS * setting.seeds.length, this.#effort.share) < lab.clock.left * SETS_SHARE;
    if (!room || lab.clock.signal.aborted || (!single && !suspected)) return null;
    const gauge: Gauge = async (subjects, doing) => {
      const pairs = await compare(this.#base, subjects, setting.seeds, lab, { size: setting.size, doing });
      return pairs.map((pair) => {
        if (!pair) return null;
        const { gain, verdict } = judged(pair, setting, true);
        return { gain, helps: verdict === "helps" };
      });
    };
    const worth = worthHaving(mean(this.#screened[0]?.before ?? []), this.#measure);
    const set = await together(this.#base, this.#screened, examined.known, { lab, gauge, worth });
    return set && set.gain > (single ? single.gain + worth : 0) ? set : null;
  }

  /** Looks again at the edited plan, and adds the edit that gains most, until none does. */
  async #addMore(subject: Subject, steps: Step[], seeds: number[]): Promise<Step[]> {
    const { seed } = this.#settings;
    const { share, finalists, most } = this.#effort;
    const perRound = this.#seconds(seeds.length * 8, share);
    const reserve = finalists === 0 ? 0 : this.#seconds(this.#settings.seeds * 2);
    if (steps.length >= MOST_STEPS || this.#lab.clock.left < perRound + reserve || this.#lab.clock.signal.aborted)
      return steps;
    const runs = await this.#lab.train(
      seeds.map((s) => ({ plan: subject.plan, seed: s, variation: this.#effort.size, detail: "layers" as const })),
      "looking at the edited plan",
    );
    if (runs.some((run) => run === null)) return steps;
    const base = audit(subject, seed);
    const examined = await this.#examine(subject, base, runs as Run[]);
    const mended = steps.map(({ cause }) => cause);
    const list = (await candidates(examined, this.#lab, Math.ceil(most / 2), mended)).filter(
      (c) => !undoes(c.subject, this.#base),
    );
    const screened = await screen(subject, list, this.#setting(seeds));
    const best = screened.filter(({ verdict }) => verdict === "helps").sort((a, b) => b.gain - a.gain)[0];
    if (!best) return steps;
    return this.#addMore(
      best.subject,
      [...steps, { cause: best.cause, remedy: best.remedy, known: examined.known }],
      seeds,
    );
  }

  /** Proves the steps as a whole; where time or proof is missing, the first ones. */
  async #prescribe(steps: Step[]): Promise<Prescribed | null> {
    const own = this.#proofs.find(({ of }) => of.remedy === steps[0].remedy && of.cause === steps[0].cause);
    const costly = this.#effort.finalists < MOST_FINALISTS;
    const settings = {
      // What a proof has trained already is not trained again on other seeds where that is dear.
      ...this.#proofSettings(costly ? PROOF_SEEDS : PRESCRIPTION_SEEDS, "proving the prescription"),
      detail: costly ? ("score" as const) : ("curves" as const),
    };
    const whole = await prescribe(this.#base, steps, this.#lab, settings);
    if (whole?.proof.verdict === "helps") return whole;
    if (steps.length > 1) return this.#prescribe(steps.slice(0, -1));
    if (whole || own?.proof.verdict !== "helps") return null;
    const { subject } = own.of;
    const seeds = own.proof.before.map((_, i) => this.#settings.seed + PROOF_SEEDS + i);
    return { base: this.#base, steps, stages: [subject], subject, seeds, proof: own.proof, without: [] };
  }

  /** Where no proof is affordable: the steps tried on all rows, on the seeds that the plan was trained on. */
  async #confirm(steps: Step[], { seeds, size }: First): Promise<Prescribed | null> {
    this.#lab.clock.reserved = 0;
    const stages = await carriedOut(this.#base, steps, this.#lab);
    const subject = stages?.at(-1);
    if (!stages || !subject) return null;
    const doing = "training the edited plan";
    const [pair] = await compare(this.#base, [subject], seeds, this.#lab, { size, doing });
    const setting = this.#setting(seeds);
    if (!pair || judged(pair, setting, true).verdict !== "helps") return null;
    const settle = (scores: Scores) => settled(scores, this.#measure.name, this.#baseline);
    const { gain, worth, verdict } = gains(settle(pair.before), settle(pair.after), this.#measure);
    const proof = { ...pair, gain, worth, verdict };
    return { base: this.#base, steps, stages, subject, seeds, size, proof, without: [] };
  }

  async #outcome(
    examined: Examined,
    prescribed: Prescribed | null,
    first: Pick<First, "seeds" | "runs">,
    reduced: boolean,
  ): Promise<Outcome> {
    const { seed, seeds } = this.#settings;
    const { runs } = first;
    let before: Outcome["before"] = { seeds: runs.map((run) => run.seed), runs, scores: runs.map(scoreOfRun) };
    let after: Outcome["after"] = null;
    if (prescribed) {
      const own = prescribed.seeds;
      const detail = this.#effort.finalists < MOST_FINALISTS ? ("score" as const) : ("curves" as const);
      const known = (subject: Subject) =>
        this.#lab.train(
          own.map((s) => ({ plan: subject.plan, seed: s, variation: prescribed.size, detail })),
          "curves",
        );
      const [was, is] = [await known(this.#base), await known(prescribed.subject)];
      // Each plan by its own measure, as it will be seen; the gain is that of the proof, on rows that both judge.
      const scores = (runs: typeof was, otherwise: Scores) =>
        runs.every((run) => run !== null) ? runs.map(scoreOfRun) : otherwise;
      const { proof } = prescribed;
      const ended = was.filter((run) => run !== null);
      before = { seeds: own, runs: ended.length > 0 ? ended : first.runs, scores: scores(was, proof.before) };
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

type Helpful = { of: Screened; gain: number };

/** The helpful one that stands first (`standing`), null of none. */
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

/** An edit that leads back to where the plan came from is no improvement of it. */
const undoes = (edited: Subject, base: Subject): boolean => JSON.stringify(edited.plan) === JSON.stringify(base.plan);

export const causeOf = (id: CauseId) => causes.find((cause) => cause.id === id)!;
