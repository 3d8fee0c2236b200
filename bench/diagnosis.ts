/** How often the diagnosis is right. `--record` trains the zoo and the shared cases and keeps what is known of each; `--replay` ranks that again in seconds. */

import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { reportedCauses } from "../src/report/verdict/reported.ts";
import { verdictOf } from "../src/report/verdict/verdict.ts";
import { writeCalibration } from "./calibration.ts";
import { type Answer, audited, codeVersion, type Recording, ranked, record, recorded } from "./recorded.ts";
import { type Subject, subjects } from "./subjects.ts";
import { tables } from "./tables.ts";

const USAGE = `node bench/diagnosis.ts --record | --replay
  --only REGEX     of group/id
  --budget S       of each, when recording (60)
  --trainings N    of each, when recording: the same recordings on any machine
  --threads N
  --again          records what is recorded already, too
  --missing        records only what was never recorded, by whatever code
  --limit N        records so many at most
  --data           with --replay: measures the data again, which takes a minute
  --list           with --replay: a line for each
  --write          with --replay, of all: keeps the counts that docs/evidence.md shows (then: npm run docs)`;

const { values } = parseArgs({
  options: {
    record: { type: "boolean" },
    replay: { type: "boolean" },
    only: { type: "string" },
    budget: { type: "string" },
    trainings: { type: "string" },
    threads: { type: "string" },
    again: { type: "boolean" },
    missing: { type: "boolean" },
    limit: { type: "string", default: "100000" },
    data: { type: "boolean" },
    list: { type: "boolean" },
    write: { type: "boolean" },
  },
});
const only = new RegExp(values.only ?? "");
const chosen = subjects().filter(({ group, id }) => only.test(`${group}/${id}`));

function answer(subject: Subject, recording: Recording): Answer {
  const { tried } = ranked(recording);
  const told = reportedCauses(tried);
  return {
    subject,
    recording,
    causes: told.map(({ cause }) => cause),
    proved: told.filter(({ proof }) => proof === "verified" || proof === "evident").map(({ cause }) => cause),
    verdict: verdictOf(tried, told),
  };
}

const line = ({ subject: { group, id, faults, expect, right }, causes, verdict, recording }: Answer): string => {
  const place = causes.findIndex((cause) => right.has(cause));
  const mark = expect !== "stuck" ? " " : place === 0 ? "1" : place > 0 && place < 3 ? "3" : "-";
  return `${mark} ${`${group}/${id}`.padEnd(52)} ${verdict.padEnd(10)} ${recording.seconds.toFixed(1).padStart(5)} s  ${causes.join(", ") || "nothing"}  ← ${faults.join(" + ") || expect}`;
};

async function recordAll(): Promise<void> {
  const version = codeVersion();
  const settings = {
    ...(values.budget && { budget: Number(values.budget) }),
    ...(values.trainings && { trainings: Number(values.trainings) }),
    threads: Number(values.threads ?? availableParallelism()),
    version,
  };
  const wanted = chosen.filter((subject) => {
    // A fault that costs nothing is no fault to find.
    if (subject.counts === false) return false;
    if (values.again) return true;
    const known = recorded(subject);
    return known === null || (!values.missing && known.version !== version);
  });
  const todo = wanted.slice(0, Number(values.limit));
  for (const [i, subject] of todo.entries()) {
    try {
      const recording = await record(subject, settings);
      console.log(`${i + 1}/${todo.length} ${line(answer(subject, recording))}`);
    } catch (error) {
      console.log(`${i + 1}/${todo.length} ! ${subject.group}/${subject.id}: ${String(error).slice(0, 200)}`);
    }
  }
}

async function replay(): Promise<void> {
  const answers: Answer[] = [];
  for (const subject of chosen) {
    const recording = recorded(subject);
    if (recording) answers.push(answer(subject, values.data ? await audited(subject, recording) : recording));
  }
  if (values.list) for (const one of answers) console.log(line(one));
  console.log(tables(answers));
  if (values.write && !values.only) writeCalibration(answers);
}

if (values.record) await recordAll();
else if (values.replay) await replay();
else console.log(USAGE);
