/** What the recordings say of the checks and of the causes: counts for docs/evidence.md, kept in calibration.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Cause, Weight } from "../src/causes/cause.ts";
import { causes } from "../src/causes/index.ts";
import { signsOf } from "../src/causes/rank.ts";
import { type CheckId, checks, runChecks } from "../src/checks/index.ts";
import type { Answer } from "./recorded.ts";
import { stuck } from "./tables.ts";

/** How often a check is present, of how often it could answer. */
export type Fired = { present: number; answered: number };

export type Calibration = {
  entries: { faulty: number; healthy: number };
  /** On entries whose planted fault it speaks for, on those with another fault, and on healthy ones. */
  checks: Record<string, { own: Fired; other: Fired; healthy: Fired }>;
  /** Entries with one planted fault: planted → named first ("nothing" where no cause is) → how many. */
  named: Record<string, Record<string, number>>;
};

const FILE = resolve(import.meta.dirname, "calibration.json");

const present = (weight: Weight | undefined): number => (typeof weight === "object" ? weight[0] : (weight ?? 0));
const spokenFor = (check: CheckId): Set<string> =>
  new Set(causes.filter((cause: Cause) => present(signsOf(cause)[check]) > 0).map(({ id }) => id));

/** Of the zoo: the faults that cost something, and the healthy plans. */
export function calibrated(answers: readonly Answer[]): Calibration {
  const zoo = answers.filter(({ subject }) => subject.group === "zoo");
  const faulty = stuck(zoo);
  const healthy = zoo.filter(({ subject }) => subject.expect === "healthy");
  const found = new Map([...faulty, ...healthy].map((a) => [a, runChecks(a.recording.known)]));
  const fired = (check: CheckId, some: readonly Answer[]): Fired => {
    const states = some.map((a) => found.get(a)!.find((finding) => finding.check === check)!.state);
    const seen = states.filter((state) => state === "present").length;
    return { present: seen, answered: seen + states.filter((state) => state === "absent").length };
  };
  const of = checks.map(({ id }) => {
    const spoken = spokenFor(id);
    const own = faulty.filter(({ subject }) => subject.faults.some((fault) => spoken.has(fault)));
    const other = faulty.filter((a) => !own.includes(a));
    return [id, { own: fired(id, own), other: fired(id, other), healthy: fired(id, healthy) }] as const;
  });
  const named: Calibration["named"] = {};
  for (const { subject, causes } of faulty) {
    if (subject.faults.length !== 1) continue;
    const [fault] = subject.faults;
    const first = causes[0] ?? "nothing";
    named[fault] = { ...named[fault], [first]: (named[fault]?.[first] ?? 0) + 1 };
  }
  const entries = { faulty: faulty.length, healthy: healthy.length };
  return { entries, checks: Object.fromEntries(of), named };
}

export const writeCalibration = (answers: readonly Answer[]): void =>
  writeFileSync(FILE, `${JSON.stringify(calibrated(answers), null, 2)}\n`);

export const readCalibration = (): Calibration => JSON.parse(readFileSync(FILE, "utf8")) as Calibration;
