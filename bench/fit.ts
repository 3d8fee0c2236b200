/** Fits the weights of the ranking, and the constants of the order of proved causes, on the recorded zoo: four fifths of it, cross-validated by base plan. The shared cases are only measured. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Cause, Weight } from "../src/causes/cause.ts";
import { type CauseId, causes } from "../src/causes/index.ts";
import { logOdds, rank, signsOf } from "../src/causes/rank.ts";
import type { CheckId } from "../src/checks/index.ts";
import { reportedCauses } from "../src/report/verdict/reported.ts";
import { ORDER, type Order } from "../src/trials/order.ts";
import type { Tried } from "../src/trials/tried.ts";
import { hash } from "../test/zoo/zoo.ts";
import { byHand, type Weights, weighed, withNumbers } from "./fitted.ts";
import { type Measured, type Ranking, writeRanking } from "./ranking.ts";
import { ranked, recorded } from "./recorded.ts";
import { type Subject, subjects } from "./subjects.ts";

const { values } = parseArgs({ options: { write: { type: "boolean" }, only: { type: "string" } } });

type One = { subject: Subject; tried: Tried };

const all: One[] = subjects().flatMap((subject) => {
  const recording = subject.counts && subject.expect !== "unclear" ? recorded(subject) : null;
  return recording ? [{ subject, tried: ranked(recording).tried }] : [];
});
const zoo = all.filter(({ subject }) => subject.group === "zoo");
const learned = zoo.filter(({ subject }) => !subject.heldOut);
const heldOut = zoo.filter(({ subject }) => subject.heldOut);
const shared = all.filter(({ subject }) => subject.group !== "zoo");

// ---- the weights of one cause: penalised logistic regression, by coordinates

type Feature = { check: CheckId | null; when: "present" | "absent" | "always"; hand: number };
type Row = { x: number[]; offset: number; y: number };

function featuresOf(cause: Cause): Feature[] {
  const list: Feature[] = [{ check: null, when: "always", hand: cause.prior }];
  for (const [check, weight] of Object.entries(signsOf(cause)) as [CheckId, Weight][]) {
    const [yes, no] = typeof weight === "number" ? [weight, 0] : weight;
    if (yes !== 0) list.push({ check, when: "present", hand: yes });
    if (no !== 0) list.push({ check, when: "absent", hand: no });
  }
  return list;
}

function rowOf(cause: Cause, features: Feature[], { subject, tried }: One): Row | null {
  const own = (subject.faults as readonly string[]).includes(cause.id);
  // What may be called so is no example against it.
  if (!own && subject.right.has(cause.id)) return null;
  const findings = new Map(tried.examined.findings.map((finding) => [finding.check, finding]));
  const x = features.map(({ check, when }) => {
    if (check === null) return 1;
    const finding = findings.get(check);
    if (finding?.state !== when) return 0;
    return finding.state === "present" ? finding.strength || 0 : 1;
  });
  const { total } = logOdds(cause, tried.examined.findings);
  // A check that knows no strength spoils no fit.
  if (!Number.isFinite(total)) return null;
  // What gives way to a fault further upstream stays as it is.
  const hand = features.reduce((sum, feature, j) => sum + feature.hand * x[j], 0);
  return { x, offset: total - hand, y: own ? 1 : 0 };
}

const SWEEPS = 60;

/** Towards the numbers chosen by hand; a weight never changes its sign. */
function fitOne(features: Feature[], rows: readonly Row[], towards: number): number[] {
  const w = features.map(({ hand }) => hand);
  const margin = rows.map(({ x, offset }) => offset + x.reduce((sum, v, j) => sum + v * w[j], 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const [j, { hand, when }] of features.entries()) {
      let [slope, bend] = [towards * (w[j] - hand), towards];
      rows.forEach(({ x, y }, i) => {
        if (x[j] === 0) return;
        const p = 1 / (1 + Math.exp(-margin[i]));
        slope += (p - y) * x[j];
        bend += Math.max(0.02, p * (1 - p)) * x[j] * x[j];
      });
      const step = Math.max(-1, Math.min(1, -slope / bend));
      const free = w[j] + step;
      const next = when === "always" || Math.sign(free) === Math.sign(hand) ? free : 0;
      const moved = next - w[j];
      if (moved === 0) continue;
      w[j] = next;
      rows.forEach(({ x }, i) => {
        margin[i] += moved * x[j];
      });
    }
  return w;
}

const rounded = (v: number) => Math.round(v * 100) / 100;

function fitWeights(some: readonly One[], towards: number): Weights {
  const fitted: Weights = {};
  for (const cause of byHand) {
    const features = featuresOf(cause);
    const rows = some.flatMap((one) => rowOf(cause, features, one) ?? []);
    if (rows.filter(({ y }) => y === 1).length < FEWEST) continue;
    const w = fitOne(features, rows, towards);
    const signs: Partial<Record<CheckId, Weight>> = {};
    for (const [j, { check, when }] of features.entries()) {
      if (check === null) continue;
      const [yes, no] = parts(signs[check]);
      signs[check] = when === "present" ? [rounded(w[j]), no] : [yes, rounded(w[j])];
    }
    fitted[cause.id as CauseId] = { prior: rounded(w[0]), signs };
  }
  return fitted;
}
const parts = (weight: Weight | undefined): readonly [number, number] =>
  weight === undefined ? [0, 0] : typeof weight === "number" ? [weight, 0] : weight;

// A cause with fewer examples keeps its numbers.
const FEWEST = 2;

// ---- how well it ranks

type Score = { first: number; three: number; suspectFirst: number; suspectThree: number; of: number };

/** The trials of each, with the suspects as these weights rank them. */
function weighedBy(some: readonly One[], fitted: Weights): One[] {
  const catalogue = weighed(fitted, byHand);
  return some.map(({ subject, tried }) => {
    const { known, findings } = tried.examined;
    return { subject, tried: { ...tried, examined: { known, findings, suspects: rank(known, findings, catalogue) } } };
  });
}

const score = (some: readonly One[], fitted: Weights, order: Order): Score => ordered(weighedBy(some, fitted), order);

function ordered(some: readonly One[], order: Order): Score {
  const sum = { first: 0, three: 0, suspectFirst: 0, suspectThree: 0, of: 0 };
  for (const { subject, tried } of some) {
    if (subject.expect !== "stuck") continue;
    const told = reportedCauses(tried, order);
    const at = told.findIndex(({ cause }) => subject.right.has(cause));
    const suspected = tried.examined.suspects.findIndex(({ id }) => subject.right.has(id));
    sum.of++;
    if (at === 0) sum.first++;
    if (at >= 0 && at < 3) sum.three++;
    if (suspected === 0) sum.suspectFirst++;
    if (suspected < 3) sum.suspectThree++;
  }
  return sum;
}

const worth = ({ first, three, suspectFirst, suspectThree, of }: Score) =>
  (first + 0.5 * three + 0.5 * suspectFirst + 0.25 * suspectThree) / Math.max(1, of);
const added = (a: Score, b: Score): Score => ({
  first: a.first + b.first,
  three: a.three + b.three,
  suspectFirst: a.suspectFirst + b.suspectFirst,
  suspectThree: a.suspectThree + b.suspectThree,
  of: a.of + b.of,
});

// ---- cross-validation: a base plan is never on both sides

const FOLDS = 5;
const foldOf = ({ subject }: One) => hash(`fold ${subject.base}`) % FOLDS;

function crossValidated(learn: (some: readonly One[]) => { weights: Weights; order: Order }): Score {
  let total: Score = { first: 0, three: 0, suspectFirst: 0, suspectThree: 0, of: 0 };
  for (let fold = 0; fold < FOLDS; fold++) {
    const { weights, order } = learn(learned.filter((one) => foldOf(one) !== fold));
    total = added(
      total,
      score(
        learned.filter((one) => foldOf(one) === fold),
        weights,
        order,
      ),
    );
  }
  return total;
}

const ORDERS: Order[] = [0, 0.15, 0.3, 0.5, 0.8].flatMap((data) =>
  [0, 0.1, 0.2, 0.4].flatMap((network) =>
    [0.3, 0.5, 1].flatMap((evident) =>
      [0.4, 0.7, 1.1].map((explained) => ({ data, network, training: 0, evident, explained })),
    ),
  ),
);

/** The best of a grid; the numbers chosen by hand where none is better. */
function bestOrder(some: readonly One[], fitted: Weights): Order {
  const ranking = weighedBy(some, fitted);
  let best = { order: ORDER, worth: worth(ordered(ranking, ORDER)) };
  for (const order of ORDERS) {
    const own = worth(ordered(ranking, order));
    if (own > best.worth + 1e-9) best = { order, worth: own };
  }
  return best.order;
}

const PENALTIES = [1, 3, 10, 30];
const measured: Measured[] = [];
const tell = (numbers: string, on: string, { first, three, suspectFirst, suspectThree, of }: Score) => {
  measured.push({ numbers, on, of, first, three, suspectFirst, suspectThree });
  console.log(Object.values(measured.at(-1)!).join(" | "));
};

const unfitted = score(learned, {}, ORDER);
tell("by hand", "zoo, four fifths", unfitted);
const tries = PENALTIES.map((towards) => {
  const result = crossValidated((some) => ({ weights: fitWeights(some, towards), order: ORDER }));
  tell(`fitted, penalty ${towards}`, "zoo, cross-validated", result);
  return { towards, result };
});
// The strongest penalty that is hardly worse than the best: other cases will come.
const HARDLY = 0.02;
const most = Math.max(...tries.map(({ result }) => worth(result)));
const { towards, result } = tries.findLast(({ result }) => worth(result) >= most - HARDLY)!;
const reordered = crossValidated((some) => {
  const weights = fitWeights(some, towards);
  return { weights, order: bestOrder(some, weights) };
});
tell(`fitted, penalty ${towards}, and the order`, "zoo, cross-validated", reordered);

const present: Weights = Object.fromEntries(causes.map((cause: Cause) => [cause.id, cause]));
const fitted = fitWeights(learned, towards);
const order = bestOrder(learned, fitted);
const sets: [string, Weights, Order][] = [
  ["by hand", {}, ORDER],
  ["present", present, ORDER],
  ["fitted", fitted, ORDER],
  ["fitted, and the order", fitted, order],
  ["the order alone", {}, bestOrder(learned, {})],
];
const groups: [string, One[]][] = [
  ["zoo, held out", heldOut],
  ["shared, seeded", shared.filter(({ subject }) => subject.group === "seeded")],
  ["shared, real", shared.filter(({ subject }) => subject.group === "real")],
];
for (const [name, some] of groups) for (const [label, weights, o] of sets) tell(label, name, score(some, weights, o));
console.log("order:", JSON.stringify(order), "alone:", JSON.stringify(bestOrder(learned, {})));

// More worth on both, and none of the four numbers a point lower: few candidates are tried, so a cause that leaves the first three is lost.
const noWorse = (a: Score, b: Score) =>
  (["first", "three", "suspectFirst", "suspectThree"] as const).every((key) => a[key] / a.of >= b[key] / b.of - 0.01);
const beats = (a: Score, b: Score) => worth(a) > worth(b) && noWorse(a, b);
const better = beats(result, unfitted) && beats(score(heldOut, fitted, ORDER), score(heldOut, {}, ORDER));
console.log(
  better ? "The fitted weights are better." : "The fitted weights are no better: the numbers chosen by hand stay.",
);

const CAUSES = resolve(import.meta.dirname, "../src/causes");
/** Into the file of each cause. */
function writeWeights(): void {
  for (const [id, numbers] of Object.entries(fitted)) {
    const path = resolve(CAUSES, `${id}.ts`);
    writeFileSync(path, withNumbers(readFileSync(path, "utf8"), numbers));
  }
}

if (values.write) {
  writeRanking({ better, measured } satisfies Ranking);
  if (better) writeWeights();
}
