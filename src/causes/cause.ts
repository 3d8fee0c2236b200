/** What a cause is: a hypothesis, the signs that speak for and against it, and the edits that would undo it. */
import type { Case } from "../case/case.ts";
import type { CheckId, Seen } from "../checks/index.ts";
import type { ProbeId } from "../probes/parts.ts";
import type { Remedy } from "../remedies/remedy.ts";

export type CauseClass =
  | "prep"
  | "data"
  | "act"
  | "loss"
  | "metric"
  | "lr"
  | "opt"
  | "batch"
  | "epoch"
  | "init"
  | "layer"
  | "reg";

/** Log-odds that a check moves a cause by: [when present × strength, when absent]. One number: when present. */
export type Weight = number | readonly [present: number, absent: number];

export type Cause<Id extends string = string> = {
  id: Id;
  class: CauseClass;
  title: string;
  /** Upstream first: between edits that both work, the data come before the network, the network before the training. */
  stage: "data" | "network" | "training";
  /** Fits "Stuck at 52 %: …". */
  short: string;
  /** Log-odds before any sign. */
  prior: number;
  /** Prior and signs were fitted to the zoo (bench/fit.ts), which wrote them here; else they are chosen by hand. */
  fitted?: true;
  signs: Partial<Record<CheckId, Weight>>;
  /** Its effects on a training: where all of them were checked and none is present, the cause does no harm, even if its remedy improves the score. */
  shows?: readonly CheckId[];
  /** What it makes of the score that is printed, where it is claimed: one that cannot be believed, or one that is still rising. */
  means?: "misleading" | "slow";
  /** What every table needs before a network is trained on it: no fault of the data, and an audit reports it apart from faults. */
  preparation?: boolean;
  /** The rows whose labels are in doubt are shown with it. */
  doubtsLabels?: boolean;
  /** Often the consequence of a fault further upstream, which then takes its place. */
  follows?: boolean;
  /** What it takes to claim it: a trial that gains, direct evidence, or either. */
  proof: "trial" | "evidence" | "both";
  /** Measured directly, so that it needs no trial. */
  evident?(seen: Seen, known: Case): boolean;
  /** Two plain sentences at most, with their numbers. */
  says(seen: Seen, known: Case): string;
  /** Likeliest first. */
  remedies: readonly Remedy[];
  /** The short trainings that distinguish it from similar causes. */
  probes: readonly ProbeId[];
};

export const defineCause = <const Id extends string>(cause: Cause<Id>): Cause<Id> => cause;

// How often a cause is met at all, in log-odds. The order is that of 71 public threads of people who were stuck
// (first scale and learning rate, output and loss, and broken data; never capacity); the figures are chosen by hand, for causes too rare to be fitted.
export const PRIOR = { common: -2.6, usual: -3.1, rare: -3.7 } as const;

/** The sentences of the present checks among `ids`, the first two. */
export const sentences = (seen: Seen, ...ids: CheckId[]): string =>
  ids
    .flatMap((id) => seen[id]?.says ?? [])
    .slice(0, 2)
    .join(" ");
