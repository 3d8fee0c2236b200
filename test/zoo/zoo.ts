/** The zoo: planted faults, alone and in pairs, and healthy trainings of unusual look, each with its true fix. */
import type { CauseId } from "../../src/causes/index.ts";
import type { Given } from "../../src/plan/edit.ts";
import { mix } from "../../src/random.ts";
import { BASES, type Draft, draft, UNUSUAL } from "./bases.ts";
import { FAULTS, type Fault } from "./faults/index.ts";
import { type Files, filesOf } from "./rows.ts";

export type Entry = {
  id: string;
  base: string;
  /** Empty: healthy. */
  faults: CauseId[];
  accept: CauseId[];
  /** 0–1. */
  severity: number;
  evaluated: "gain" | "inflated" | "told";
  /** The fix has other data. */
  otherData: boolean;
  make: () => Made;
};

/** Both plans with the files that they name. */
export type Made = { plan: Given; fix: Given | null; files: Files };

/** Of each fault so many, on bases in turn. */
const PER_LEVEL = { 2: 7, 3: 5, 4: 4, 5: 3, 6: 3 } as Record<number, number>;

const bases = new Map<string, Draft>();
function base(id: string): Draft {
  const known = bases.get(id) ?? draft(id, BASES[id]);
  bases.set(id, known);
  return known;
}

export const hash = (id: string): number => [...id].reduce((sum, letter) => mix(sum ^ letter.charCodeAt(0)), 7);

/** The fifth that nothing is fitted on. */
export const heldOut = (id: string): boolean => hash(id) % 5 === 0;

const shuffled = (ids: string[], by: string) => ids.toSorted((a, b) => hash(`${by} ${a}`) - hash(`${by} ${b}`));

type Pair = { broken: Draft; fixed: Draft };
const same = (d: Draft) => d;

function plant({ broken, fixed }: Pair, fault: Fault, level: number): Pair {
  const apply = (d: Draft, side: "broken" | "fixed") => {
    const planted = fault.levels[level](d);
    return (planted[side] ?? same)((planted.data ?? same)(d));
  };
  return { broken: apply(broken, "broken"), fixed: apply(fixed, "fixed") };
}

function made({ broken, fixed }: Pair): Made {
  const written = (d: Draft, name: string): { plan: Given; files: Files } => {
    const own = filesOf(d.rows, name);
    const evaluated = d.validation && filesOf(d.validation, `${name}-validation`);
    const data = { ...(d.given.data as Given), source: own.source };
    return {
      plan: { ...d.given, data: { ...data, ...(evaluated && { validation: { source: evaluated.source } }) } },
      files: { ...own.files, ...evaluated?.files },
    };
  };
  const first = written(broken, "data");
  const second = written(fixed, "data");
  const alike = (name: string) => Buffer.from(first.files[name] ?? []).equals(Buffer.from(second.files[name] ?? []));
  if (Object.keys({ ...first.files, ...second.files }).every(alike)) return { ...first, fix: second.plan };
  const other = written(fixed, "other");
  return { plan: first.plan, fix: other.plan, files: { ...first.files, ...other.files } };
}

const singles: Entry[] = FAULTS.flatMap((fault) => {
  const fitting = Object.keys(BASES).filter((id) => fault.on(base(id)));
  const { levels, cause, name = cause } = fault;
  return levels.flatMap((_, level) => {
    const count = fault.each ?? PER_LEVEL[levels.length];
    return shuffled(fitting, `${name} ${level}`)
      .slice(0, count)
      .map((id): Entry => entry(`${name}-${level + 1}-${id}`, id, [{ fault, level }]));
  });
});

type Part = { fault: Fault; level: number };

function entry(id: string, on: string, parts: Part[]): Entry {
  const faults = parts.map(({ fault }) => fault.cause);
  return {
    id,
    base: on,
    faults,
    accept: parts.flatMap(({ fault }) => fault.accept ?? []),
    severity: Math.max(...parts.map(({ fault, level }) => (level + 1) / fault.levels.length)),
    evaluated: parts.find(({ fault }) => fault.evaluated)?.fault.evaluated ?? "gain",
    otherData: parts.some(({ fault }) => fault.otherData ?? false),
    make: () =>
      made(parts.reduce((pair, { fault, level }) => plant(pair, fault, level), { broken: base(on), fixed: base(on) })),
  };
}

// Pairs that leave each other visible; the data's fault is planted first.
const TWO: readonly [CauseId, number, CauseId, number][] = [
  ["inputs-not-scaled", 3, "learning-rate-too-low", 0],
  ["inputs-not-scaled", 0, "wrong-output-activation", 1],
  ["inputs-not-scaled", 1, "too-few-epochs", 0],
  ["targets-not-scaled", 1, "wrong-output-activation", 1],
  ["targets-not-scaled", 0, "learning-rate-too-low", 1],
  ["label-encoding", 0, "learning-rate-too-low", 1],
  ["label-encoding", 0, "over-regularised", 1],
  ["missing-values", 1, "learning-rate-too-low", 1],
  ["missing-values", 0, "wrong-hidden-activation", 0],
  ["not-shuffled", 1, "weak-optimizer", 1],
  ["missing-nonlinearity", 0, "learning-rate-too-low", 0],
  ["wrong-output-activation", 1, "learning-rate-too-low", 0],
  ["poor-initialisation", 3, "learning-rate-too-low", 1],
  ["poor-initialisation", 2, "too-few-epochs", 1],
  ["over-regularised", 1, "too-few-epochs", 1],
];
const faultOf = (cause: CauseId) => FAULTS.find((fault) => fault.cause === cause)!;

const pairs: Entry[] = TWO.flatMap(([a, i, b, j]) => {
  const fitting = Object.keys(BASES).filter((id) => faultOf(a).on(base(id)) && faultOf(b).on(base(id)));
  return shuffled(fitting, `${a} ${b}`)
    .slice(0, 2)
    .map((id) =>
      entry(`two-${a}-${b}-${id}`, id, [
        { fault: faultOf(a), level: i },
        { fault: faultOf(b), level: j },
      ]),
    );
});

const healthy: Entry[] = Object.entries(UNUSUAL).map(([id, spec]) => ({
  id: `healthy-${id}`,
  base: spec.data,
  faults: [],
  accept: [],
  severity: 0,
  evaluated: "gain",
  otherData: false,
  make: () => {
    const alone = draft(id, spec);
    return { ...made({ broken: alone, fixed: alone }), fix: null };
  },
}));

/** In an order that goes round the causes, so that a part of it is a fair sample. */
const inTurn = (list: Entry[]): Entry[] => list.toSorted((a, b) => hash(a.id) - hash(b.id));
export const zoo: readonly Entry[] = inTurn([...singles, ...pairs, ...healthy]);
