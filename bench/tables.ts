/** Tables of how often the diagnosis is right: by group, by cause, false alarms, and neighbours taken for each other. */
import { causes } from "../src/causes/index.ts";
import type { Answer } from "./recorded.ts";

const share = (some: readonly unknown[], of: readonly unknown[]): string =>
  of.length === 0 ? "–" : `${some.length}/${of.length} = ${Math.round((100 * some.length) / of.length)} %`;

const place = ({ subject, causes }: Answer): number => causes.findIndex((cause) => subject.right.has(cause));
const first = (answers: readonly Answer[]) => answers.filter((a) => place(a) === 0);
const withinThree = (answers: readonly Answer[]) => answers.filter((a) => place(a) >= 0 && place(a) < 3);
const strict = (answers: readonly Answer[]) =>
  answers.filter(({ subject, causes }) => (subject.faults as readonly string[]).includes(causes[0]));

export const stuck = (answers: readonly Answer[]) =>
  answers.filter(({ subject }) => subject.expect === "stuck" && subject.counts);
const healthy = (answers: readonly Answer[]) =>
  answers.filter(({ subject }) => subject.expect === "healthy" && subject.counts);

function table(head: string[], rows: string[][]): string {
  const widths = head.map((cell, c) => Math.max(cell.length, ...rows.map((row) => row[c].length)));
  const line = (cells: string[]) => `| ${cells.map((cell, c) => cell.padEnd(widths[c])).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}

export function groupTable(answers: readonly Answer[]): string {
  const groups: [string, (a: Answer) => boolean][] = [
    ["zoo, four fifths", ({ subject }) => subject.group === "zoo" && !subject.heldOut],
    ["zoo, held out", ({ subject }) => subject.group === "zoo" && subject.heldOut],
    ["zoo, two faults", ({ subject }) => subject.group === "zoo" && subject.faults.length > 1],
    ["shared, seeded", ({ subject }) => subject.group === "seeded"],
    ["shared, real", ({ subject }) => subject.group === "real"],
  ];
  return table(
    ["group", "first cause right", "the planted one", "within three", "false alarms", "median s"],
    groups.map(([name, within]) => {
      const own = answers.filter(within);
      const [s, h] = [stuck(own), healthy(own)];
      const seconds = own.map(({ recording }) => recording.seconds).sort((a, b) => a - b);
      return [
        name,
        share(first(s), s),
        share(strict(s), s),
        share(withinThree(s), s),
        share(
          h.filter(({ proved }) => proved.length > 0),
          h,
        ),
        seconds.length > 0 ? seconds[Math.floor(seconds.length / 2)].toFixed(1) : "–",
      ];
    }),
  );
}

/** What is named first in place of each cause. */
function causeTable(answers: readonly Answer[]): string {
  const rows = causes.flatMap(({ id }) => {
    const own = stuck(answers).filter(({ subject }) => subject.faults.length === 1 && subject.faults[0] === id);
    if (own.length === 0) return [];
    const wrong = new Map<string, number>();
    for (const a of own)
      if (place(a) !== 0) wrong.set(a.causes[0] ?? "nothing", (wrong.get(a.causes[0] ?? "nothing") ?? 0) + 1);
    const instead = [...wrong].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
    return [[id, share(first(own), own), share(withinThree(own), own), instead.slice(0, 4).join(", ")]];
  });
  return table(["cause", "first", "within three", "named first instead"], rows);
}

/** Causes whose evidence looks alike. */
export const NEIGHBOURS = [
  [
    "learning-rate-too-low",
    "too-few-epochs",
    "batch-too-large",
    "weak-optimizer",
    "inputs-scaled-twice",
    "bad-schedule",
  ],
  ["wrong-loss", "wrong-output-activation", "label-encoding", "double-softmax"],
  [
    "poor-initialisation",
    "wrong-hidden-activation",
    "vanishing-gradients",
    "dying-relu",
    "learning-rate-too-high",
    "network-too-large",
  ],
];

function confusion(answers: readonly Answer[], ids: readonly string[]): string {
  const rows = ids.map((id) => {
    const own = stuck(answers).filter(({ subject }) => subject.faults.length === 1 && subject.faults[0] === id);
    const named = (name: string) => own.filter(({ causes }) => causes[0] === name).length;
    const nothing = own.filter(({ causes }) => causes.length === 0).length;
    const among = ids.map(named);
    const others = own.length - nothing - among.reduce((a, b) => a + b, 0);
    return [id, ...[...among, others, nothing].map((count) => (count === 0 ? "·" : String(count)))];
  });
  return table(["planted ↓ named →", ...ids, "other", "nothing"], rows);
}

function alarmTable(answers: readonly Answer[]): string {
  const rows = healthy(answers)
    .filter(({ proved }) => proved.length > 0)
    .map(({ subject, proved, verdict }) => [`${subject.group}/${subject.id}`, verdict, proved.join(", ")]);
  return rows.length === 0 ? "No healthy training is called stuck." : table(["healthy", "verdict", "proved"], rows);
}

export function tables(answers: readonly Answer[]): string {
  const zoo = answers.filter(({ subject }) => subject.group === "zoo");
  const shared = answers.filter(({ subject }) => subject.group !== "zoo");
  return [
    groupTable(answers),
    "Zoo, by cause:",
    causeTable(zoo),
    ...(shared.length > 0 ? ["Shared cases with one fault, by cause:", causeTable(shared)] : []),
    "False alarms:",
    alarmTable(answers),
    "Neighbours (zoo):",
    ...NEIGHBOURS.map((ids) => confusion(zoo, ids)),
  ].join("\n\n");
}
