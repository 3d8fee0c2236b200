/** Recordings: the Case and the numbers of the trials of each subject, one JSON file each, so that the ranking can be tried again in seconds. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Case } from "../src/case/case.ts";
import { fromPlan } from "../src/case/from-plan.ts";
import { type Diagnosis, diagnose } from "../src/causes/diagnose.ts";
import { localJobs } from "../src/jobs/local.ts";
import { readJson, writeJson } from "../src/json.ts";
import type { Plan } from "../src/plan/plan.ts";
import { outcomeOf } from "../src/trials/events.ts";
import { audit } from "../src/trials/examine.ts";
import { fix } from "../src/trials/fix.ts";
import { subjectOf } from "../src/trials/subject.ts";
import { numbersOf, type Tried } from "../src/trials/tried.ts";
import type { Subject } from "./subjects.ts";

export type Recording = {
  /** Of the code that it was made with. */
  version: string;
  known: Case;
  /** As they were ranked then. */
  suspects: { id: string; suspicion: number }[];
  findings: { check: string; strength: number }[];
  tried: Omit<Tried, "examined">;
  seconds: number;
  trainings: number;
};

const ROOT = resolve(import.meta.dirname, "..");
const FOLDER = join(ROOT, ".unstuck/recorded");
const file = ({ group, id }: Subject) => join(FOLDER, group, `${id}.json`);

/** Changes with all that can change a recording. */
export function codeVersion(): string {
  const folders = ["case", "causes", "checks", "data", "engine", "jobs", "plan", "probes", "remedies", "run", "trials"];
  const hash = createHash("sha256");
  for (const folder of folders)
    for (const name of (readdirSync(join(ROOT, "src", folder), { recursive: true }) as string[]).sort())
      if (name.endsWith(".ts")) hash.update(name).update(readFileSync(join(ROOT, "src", folder, name)));
  return hash.digest("hex").slice(0, 12);
}

export function recorded(subject: Subject): Recording | null {
  const path = file(subject);
  if (!existsSync(path)) return null;
  const recording = readJson(readFileSync(path, "utf8")) as Recording & { known: Case & { plan?: Plan } };
  // Older recordings hold the plan itself.
  const { plan, ...known } = recording.known;
  return { ...recording, known: { ...(plan && fromPlan(plan)), ...known } };
}

export type Settings = { budget?: number; trainings?: number; threads: number; version: string };

export async function record(subject: Subject, { threads, version, ...limits }: Settings): Promise<Recording> {
  const { plan, given, load } = subject.open();
  const jobs = localJobs(load, threads);
  try {
    const outcome = await outcomeOf(fix({ plan, given, jobs, load, settings: { ...limits, seed: 1, seeds: 5 } }));
    const { known, suspects, findings } = outcome.examined;
    const recording: Recording = {
      version,
      known,
      suspects: suspects.slice(0, 8).map(({ id, suspicion }) => ({ id, suspicion })),
      findings: findings.flatMap((f) => (f.state === "present" ? [{ check: f.check, strength: f.strength }] : [])),
      tried: numbersOf(outcome),
      seconds: Math.round(outcome.seconds * 10) / 10,
      trainings: outcome.trainings,
    };
    mkdirSync(join(FOLDER, subject.group), { recursive: true });
    writeFileSync(file(subject), writeJson(recording));
    return recording;
  } finally {
    await jobs.close();
  }
}

/** With what is measured of the data alone measured again, by the code of now. */
export async function audited(subject: Subject, recording: Recording): Promise<Recording> {
  const { plan, given, load } = subject.open();
  const { known } = audit(subjectOf(plan, given, await load(plan)), 1);
  return { ...recording, known: { ...recording.known, ...known } };
}

/** Ranked again, by the checks and causes of now. */
export function ranked({ known, tried }: Recording): { diagnosis: Diagnosis; tried: Tried } {
  const diagnosis = diagnose(known);
  return { diagnosis, tried: { ...tried, examined: diagnosis } };
}

/** What the ranking says of a recording. */
export type Answer = { subject: Subject; recording: Recording; causes: string[]; proved: string[]; verdict: string };
