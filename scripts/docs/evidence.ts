/** docs/evidence.md: what every number that decides rests on, how often the checks fire, which causes are confused, and what few validation rows can prove. */
import { type Fired, readCalibration } from "../../bench/calibration.ts";
import { readRanking } from "../../bench/ranking.ts";
import { NEIGHBOURS } from "../../bench/tables.ts";
import type { Check } from "../../src/checks/check.ts";
import { checks } from "../../src/checks/index.ts";
import type { Origin, Threshold } from "../../src/threshold.ts";
import { DISCORDANT, smallestGain } from "../../src/trials/power.ts";
import { type Constant, constants } from "./constants.ts";
import { catalogue, code, signed, table } from "./words.ts";

/** The publications and programs that sources name, in short. */
export const LITERATURE: Record<string, string> = {
  "Agresti and Coull": "Approximate is better than exact, 1998",
  AUTOTRAINER: "Zhang et al., ICSE 2021",
  Cohen: "Statistical Power Analysis for the Behavioral Sciences, 1988",
  DEFault: "Jahan et al., ICSE 2025",
  DeepDiagnosis: "Wardat et al., ICSE 2022",
  DeepFD: "Cao et al., ICSE 2022",
  "Kingma & Ba": "Adam, ICLR 2015",
  Northcutt: "Northcutt, Athalye and Mueller, Pervasive Label Errors, NeurIPS 2021",
  "SageMaker Debugger": "the built-in rules of Amazon SageMaker Debugger, as documented",
  TheDeepChecker: "Ben Braiek and Khomh, TOSEM 2022",
  UMLAUT: "Schoop et al., CHI 2021",
  Zeiler: "ADADELTA, 2012",
  deepchecks: "the checks of the library, as documented",
  fastai: "the learning-rate finder of the library",
  Keras: "defaults of the library",
  PyTorch: "defaults of the library",
};

/** Where numbers stand beside what they are for, as comments. */
export const COMMENTED: readonly [about: string, paths: readonly string[]][] = [
  ["Ranking", ["causes/cause.ts", "causes/rank.ts"]],
  ["Probes", ["probes"]],
  ["Evidence in the data", ["data/evidence", "data/simple/baselines.ts"]],
  ["Trials", ["trials"]],
  [
    "Wrong predictions",
    ["errors/slices.ts", "errors/families.ts", "errors/attributes.ts", "errors/evaluated.ts", "errors/clusters.ts"],
  ],
  ["Verdict", ["report/verdict/verdict.ts", "report/verdict/reported.ts", "run/stagnation.ts"]],
];

const ORIGINS: Record<Origin, string> = {
  published: "a bound of that publication; the ends of a ramp around it are ours",
  derived: "follows from what is stated",
  measured: "lies between what was measured, on the zoo or on data that are named",
  "by hand": "chosen, for the reason that is stated, and open to be measured better",
  exact: "it holds or it does not",
};

function shortNumber(value: number): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential() : String(Number(value.toPrecision(3)));
  return text.replace("-", "−");
}
const bounds = (value: number | readonly number[]): string =>
  typeof value === "number" ? shortNumber(value) : value.map(shortNumber).join(" … ");
const shown = ({ value }: Threshold): string =>
  value === undefined
    ? ""
    : typeof value === "number" || Array.isArray(value)
      ? bounds(value)
      : Object.entries(value)
          .map(([kind, own]) => `${kind} ${bounds(own)}`)
          .join(", ");

function origins(): string {
  const all = (checks as readonly Check[]).flatMap(({ thresholds }) => thresholds);
  const rows = (Object.keys(ORIGINS) as Origin[]).map((origin) => [
    origin,
    ORIGINS[origin],
    String(all.filter((one) => one.origin === origin).length),
  ]);
  return table(["origin", "means", `of ${all.length} in the checks`], rows);
}

const thresholds = (): string =>
  table(
    ["check", "what is compared", "bound, or begins … full", "rests on"],
    (checks as readonly Check[]).flatMap(({ id, thresholds }) =>
      thresholds.map((one, i) => [
        i === 0 ? code(id) : "",
        one.of,
        shown(one),
        `${one.origin === "exact" ? "exact" : `*${one.origin}*`}: ${one.source}`,
      ]),
    ),
  );

const literature = (): string =>
  Object.entries(LITERATURE)
    .map(([name, what]) => `${name}: ${what}`)
    .join("; ");

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 60)} …` : text);

const commented = (): string[] =>
  COMMENTED.map(([about, paths]) => {
    const rows = paths
      .flatMap(constants)
      .map(({ file, name, value, why }: Constant) => [code(file), code(name), code(cut(value)), why]);
    return `### ${about}\n\n${table(["src/", "number", "is", "because"], rows)}`;
  });

const share = ({ present, answered }: Fired): string =>
  answered === 0 ? "–" : `${present}/${answered} = ${Math.round((100 * present) / answered)} %`;

function calibration(): string {
  const { entries, checks: fired } = readCalibration();
  const rows = checks.flatMap(({ id }) => {
    const one = fired[id];
    return one ? [[code(id), share(one.own), share(one.other), share(one.healthy)]] : [];
  });
  return [
    `On the recordings of ${entries.faulty} zoo entries with a planted fault that costs something, and of ${entries.healthy} healthy ones: how often a check is present, out of how often it was not unknown. A check is not a diagnosis: it may fire on a healthy plan (few epochs, no regularization) and carry little weight.`,
    table(["check", "a fault it speaks for", "another fault", "healthy"], rows),
  ].join("\n\n");
}

function confusion(ids: readonly string[]): string {
  const { named } = readCalibration();
  const rows = ids
    .filter((id) => named[id])
    .map((id) => {
      const row = named[id];
      const others = Object.entries(row).filter(([name]) => !ids.includes(name) && name !== "nothing");
      const counts = [
        ...ids.map((name) => row[name] ?? 0),
        others.reduce((sum, [, n]) => sum + n, 0),
        row["nothing"] ?? 0,
      ];
      return [code(id), ...counts.map((n) => (n === 0 ? "·" : String(n)))];
    });
  return table(["planted ↓, named first →", ...ids.map(code), "another", "nothing"], rows);
}

function ranking(): string {
  const { better, measured } = readRanking();
  const percent = (n: number, of: number) => `${Math.round((1000 * n) / of) / 10} %`;
  const rows = measured
    .filter(({ of }) => of > 0)
    .map(({ numbers, on, of, first, three, suspectFirst, suspectThree }) => [
      numbers,
      on,
      String(of),
      ...[first, three, suspectFirst, suspectThree].map((n) => percent(n, of)),
    ]);
  const byHand = catalogue.filter(({ fitted }) => !fitted).map(({ id }) => code(id));
  const everywhere = (checks as readonly Check[])
    .flatMap(({ id, everywhere: by }) => (by === undefined ? [] : `${signed(by)} for ${code(id)}`))
    .join(" and ");
  return [
    `The log-odds of every cause before any sign, and of every sign are on the page of each [cause](causes/README.md). Fitted by \`node bench/fit.ts --write\` on four fifths of the zoo (one logistic regression per cause, shrunk towards the numbers chosen by hand); cross-validated by base plan; the shared cases are only measured. ${better ? "The fitted weights are in use." : "The fitted weights were no better, so the numbers chosen by hand are in use."} ${byHand.length > 0 ? `Too few examples, so by hand: ${byHand.join(", ")}.` : "No cause had too few examples."} Without a number of its own a cause that would show in the score has ${everywhere}, by hand.`,
    table(
      ["numbers", "measured on", "cases", "first cause", "within three", "first suspect", "within three suspects"],
      rows,
    ),
  ].join("\n\n");
}

const ROWS = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const SEEDS = [5, 10, 20];

function power(): string {
  const points = (rows: number, seeds: number, discordant?: number) =>
    `${(100 * smallestGain(rows, seeds, discordant)).toPrecision(2)}`;
  return [
    `The smallest gain in accuracy, in points, that paired seeds prove in four of five attempts (95 % interval; \`src/trials/power.ts\`, compared with a simulation in \`test/trials/power.test.ts\`). Plan and edit are assumed to differ in which rows they predict correctly on ${Math.round(100 * DISCORDANT)} % of the rows; gains below 3 points are not recommended in any case. Where a suspicion stays open because there are too few rows or seeds, the report lists it under “What would settle it”.`,
    table(
      [
        "validation rows",
        ...SEEDS.map((n) => `${n} seeds${n === 5 ? " (default)" : ""}`),
        "5 seeds, differing on 30 %",
      ],
      ROWS.map((rows) => [
        rows.toLocaleString("en-US"),
        ...SEEDS.map((seeds) => points(rows, seeds)),
        points(rows, 5, 0.3),
      ]),
    ),
  ].join("\n\n");
}

export const evidencePage = (generated: string): string =>
  `${[
    generated,
    "# Evidence",
    "What every number that decides rests on. The numbers of a check are in its definition, each with its source; a test fails if one is missing.",
    origins(),
    "## Thresholds of the checks",
    "Where a strength begins and where it reaches 1; a single number is a bound.",
    thresholds(),
    `Named above: ${literature()}.`,
    "## Other numbers",
    ...commented(),
    "## How often the checks fire",
    calibration(),
    "Counted by `npm run bench:diagnosis -- --replay --write`, from the recordings that `--record` makes.",
    "## Neighbours",
    "Which cause is named first, after the trials, where a single fault was planted.",
    ...NEIGHBOURS.map(confusion),
    "## The weights of the ranking",
    ranking(),
    "## What a number of validation rows can prove",
    power(),
  ].join("\n\n")}\n`;
