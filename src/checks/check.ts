/** What a check is: it sees one symptom, in numbers, declares what it needs, and has no opinion why. */
import type { Case, Need } from "../case/case.ts";
import { isObject } from "../json.ts";
import type { Threshold } from "../threshold.ts";

/** A symptom that was seen. */
export type Sign = {
  /** 0–1: how plainly it is there. */
  strength: number;
  /** One plain sentence: the fact with its numbers, no advice. */
  says: string;
  /** Columns, layers, classes or rows. */
  where?: string[];
  values?: Record<string, number | string | boolean | undefined>;
  /** What it shows of how much the data allow, for the headline of a score that no change improves. */
  limit?: Limit;
};

/** How far the data allow a score to go, each part told by the check that measured it. */
type Limit = {
  /** No simple model is better than the constant answer, on enough rows to tell. */
  noSignal?: true;
  /** The score expected of so many training rows, with its 95 % interval. */
  more?: { rows: number; score: number; low: number; high: number };
  /** Hidden layers, where they are more than plain networks train well with. */
  deep?: number;
};

/** The part is there, but what matters in it is not: looked for, and not to be known. */
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
  /** All numbers that decide, each with what it rests on. */
  thresholds: readonly Threshold[];
  /** A fact that healthy trainings show as well: told beside a cause, never by itself. */
  neutral?: boolean;
  /** Neutral or faint as it may be, an audit of the data reports it: whoever splits or trusts these rows should know. */
  overview?: boolean;
  /** A plain fault of the data, the output or the structure: it makes rates, lengths and units look wrong as well, so causes that often `follow` from another give way to it. */
  plain?: boolean;
  /** Log-odds, when present × strength, that it adds to every cause that a trial may prove and that has no number of its own for it. */
  everywhere?: number;
};

export type Check<Id extends string = string, Needed extends Need = Need, Also extends Need = Need> = Entry<Id> & {
  /** Without these the answer is "unknown". A part is declared whole or field by field, not both. */
  needs: readonly Needed[];
  /** Handed over when known. */
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

/** Absence is evidence; ignorance is not: hence four answers. */
export type Finding<Id extends string = string> =
  | Present<Id>
  | { check: Id; state: "absent" }
  | { check: Id; state: "unknown"; missing: string[] }
  | { check: Id; state: "failed"; says: string };

const at = (known: Case, need: Need): unknown =>
  need.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), known);

/** The Case cut down to what is declared, fields at their places: a check that reads more would fail on a log that lacks it. */
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

/** What the findings show of how much the data allow. */
export const limitOf = (findings: readonly Finding[]): Limit =>
  Object.assign({}, ...findings.map((finding) => (finding.state === "present" ? finding.limit : undefined)));

/** Asks one check. A check that throws spoils nothing but its own answer. */
export function runCheck<Id extends string>(check: AnyCheck<Id>, known: Case): Finding<Id> {
  const missing = check.needs.filter((need) => at(known, need) === undefined);
  if (missing.length > 0) return { check: check.id, state: "unknown", missing };
  try {
    const sign = check.detect(only(known, [...check.needs, ...(check.also ?? [])]) as never);
    if (!sign) return { check: check.id, state: "absent" };
    if ("strength" in sign && Number.isNaN(sign.strength))
      return { check: check.id, state: "failed", says: "Its strength is no number." };
    if ("missing" in sign) return { check: check.id, state: "unknown", missing: sign.missing };
    return { check: check.id, state: "present", ...sign, strength: Math.min(1, Math.max(0, sign.strength)) };
  } catch (error) {
    return { check: check.id, state: "failed", says: error instanceof Error ? error.message : String(error) };
  }
}
