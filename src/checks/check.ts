/** What a check is: it detects one symptom, in numbers, declares what it needs, and does not explain it. */
import type { Case, Need } from "../case/case.ts";
import { isObject } from "../json.ts";
import type { Threshold } from "../threshold.ts";

/** A symptom that was detected. */
export type Sign = {
  /** How clear the symptom is, 0 to 1. */
  strength: number;
  /** One plain sentence: the fact with its numbers, no advice. */
  says: string;
  /** Columns, layers, classes or rows. */
  where?: string[];
  values?: Record<string, number | string | boolean | undefined>;
  /** What it shows of how good a score the data allow, for the headline where no change improves it. */
  limit?: Limit;
};

/** How good a score the data allow; each field comes from the check that measured it. */
type Limit = {
  /** No baseline is better than a constant prediction, on enough rows to be sure. */
  noSignal?: true;
  /** The score expected with so many training rows, and its 95 % interval. */
  more?: { rows: number; score: number; low: number; high: number };
  /** The number of hidden layers, where networks without skip connections train badly with so many. */
  deep?: number;
};

/** The part of the Case is there, but it does not contain what the check needs. */
export type Unknown = { missing: string[] };

type Given<T> = Exclude<T, undefined>;

/** What lies at a dotted path, and nothing beside it. */
type At<Whole, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? { [K in Head & keyof Whole]: At<Given<Whole[K]>, Rest> }
  : { [K in Path & keyof Whole]: Given<Whole[K]> };

type PerhapsAt<Whole, Path extends string> = Path extends `${infer Head}.${infer Rest}`
  ? { [K in Head & keyof Whole]?: PerhapsAt<Given<Whole[K]>, Rest> }
  : { [K in Path & keyof Whole]?: Given<Whole[K]> };

type All<Union> = (Union extends unknown ? (each: Union) => void : never) extends (each: infer Whole) => void
  ? Whole
  : never;

type Known<Needed extends Need, Also extends Need> = All<At<Case, Needed>> & All<PerhapsAt<Case, Also>>;

/** What all checks have in common, whatever they need. */
type Entry<Id extends string> = {
  id: Id;
  title: string;
  /** All numbers that decide, each with its justification. */
  thresholds: readonly Threshold[];
  /** A fact that is true of healthy trainings as well: it is reported with a cause, never by itself. */
  neutral?: boolean;
  /** An audit of the data reports it even where it is neutral or weak, because it matters for how the rows are split. */
  overview?: boolean;
  /** A clear fault of the data, the output or the structure: it makes learning rates, epochs and units look wrong as well, so causes that often `follow` from another give way to it. */
  plain?: boolean;
  /** Log-odds, times the strength where it is present, for every cause that a trial can prove and that has no weight of its own for it. */
  everywhere?: number;
};

export type Check<Id extends string = string, Needed extends Need = Need, Also extends Need = Need> = Entry<Id> & {
  /** Where one of these is absent, the finding is "unknown". A part is declared whole or field by field, not both. */
  needs: readonly Needed[];
  /** Handed over where they are known. */
  also?: readonly Also[];
  detect(parts: Known<Needed, Also>): Sign | Unknown | undefined;
};

export const defineCheck = <const Id extends string, const Needed extends Need, const Also extends Need = never>(
  check: Check<Id, Needed, Also>,
): Check<Id, Needed, Also> => check;

/** A check of the catalogue, as the runner sees it. */
export type AnyCheck<Id extends string = string> = Entry<Id> & {
  needs: readonly Need[];
  also?: readonly Need[];
  detect(parts: never): Sign | Unknown | undefined;
};

export const unknown = (...missing: string[]): Unknown => ({ missing });

export type Present<Id extends string = string> = { check: Id; state: "present" } & Sign;

/** Absence of a symptom is evidence, not knowing is not: hence four states. */
export type Finding<Id extends string = string> =
  | Present<Id>
  | { check: Id; state: "absent" }
  | { check: Id; state: "unknown"; missing: string[] }
  | { check: Id; state: "failed"; says: string };

const at = (known: Case, need: Need): unknown =>
  need.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), known);

/** The Case reduced to what is declared, with fields in their places: a check that read more would fail on a log that lacks it. */
function only(known: Case, needs: readonly Need[]): object {
  const parts: Record<string, unknown> = {};
  for (const need of needs) {
    const value = at(known, need);
    if (value === undefined) continue;
    const keys = need.split(".");
    const place = keys.slice(0, -1).reduce((inside, key) => {
      inside[key] ??= {};
      return inside[key] as Record<string, unknown>;
    }, parts);
    place[keys[keys.length - 1]] = value;
  }
  return parts;
}

/** What the findings show of how good a score the data allow. */
export const limitOf = (findings: readonly Finding[]): Limit =>
  Object.assign({}, ...findings.map((finding) => (finding.state === "present" ? finding.limit : undefined)));

/** Runs one check. A check that throws affects no finding but its own. */
export function runCheck<Id extends string>(check: AnyCheck<Id>, known: Case): Finding<Id> {
  const missing = check.needs.filter((need) => at(known, need) === undefined);
  if (missing.length > 0) return { check: check.id, state: "unknown", missing };
  try {
    const sign = check.detect(only(known, [...check.needs, ...(check.also ?? [])]) as never);
    if (!sign) return { check: check.id, state: "absent" };
    if ("strength" in sign && Number.isNaN(sign.strength))
      return { check: check.id, state: "failed", says: "The strength is NaN." };
    if ("missing" in sign) return { check: check.id, state: "unknown", missing: sign.missing };
    return { check: check.id, state: "present", ...sign, strength: Math.min(1, Math.max(0, sign.strength)) };
  } catch (error) {
    return { check: check.id, state: "failed", says: error instanceof Error ? error.message : String(error) };
  }
}
