/** Edits of a plan, each a changed copy, and the difference of two plans as a list of edits. */

import { isObject } from "../json.ts";
import { UserError } from "../user-error.ts";
import { LOSS_FIELDS, OPTIMIZER_FIELDS } from "./names.ts";
import { type Plan, parsePlan } from "./plan.ts";
import { optionsAt, type Path, parsed, written } from "./vocabulary.ts";

/** A plan in our names in which silence is silent. */
export type Given = Record<string, unknown>;
export type Change = { path: string; from: unknown; to: unknown };

/** A slip in a remedy is a mistake of the program, not of the user. */
function checked(edited: Given, what: string): Given {
  try {
    parsePlan(edited);
  } catch (error) {
    if (error instanceof UserError) throw new Error(`${what} makes no plan: ${error.message}`);
    throw error;
  }
  return edited;
}

function set(holder: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof key === "number")
    return (holder as unknown[]).map((item, i) => (i === key ? set(item, rest, value) : item));
  // What is given by its name alone becomes an object with that name.
  const object = isObject(holder) ? holder : typeof holder === "string" ? { name: holder } : {};
  const { [key]: old, ...others } = object;
  const next = set(old, rest, value);
  return next === undefined ? others : { ...object, [key]: next };
}

/** Beside another optimizer or loss, what only the old one had makes no sense. */
const BELONGS: Record<string, (name: string) => readonly string[]> = {
  "training.optimizer": (name) => [
    "name",
    "learningRate",
    "decay",
    "weightDecay",
    ...(OPTIMIZER_FIELDS[name as never] ?? []),
  ],
  "training.loss": (name) => ["name", "reduction", ...(LOSS_FIELDS[name as never] ?? [])],
};

/** The plan with `value` at `path`; undefined makes it silent there. */
export function change(given: Given, path: string, value: unknown): Given {
  const steps = parsed(path);
  const layer = steps[0] === "network" && typeof steps[1] === "number" ? steps[1] : undefined;
  if (layer !== undefined && !(layer in layersOf(given))) throw new Error(`the plan has no layer ${layer}`);
  if (optionsAt(given, steps).length === 0) throw new Error(`a plan has no ${path}`);
  let edited = set(given, steps, value) as Given;
  const holder = written(steps.slice(0, -1));
  if (steps.at(-1) === "name" && BELONGS[holder]) {
    const [section, field] = steps as [string, string];
    const old = Object.entries((edited[section] as Given)[field] as Given);
    const kept = old.filter(([key]) => BELONGS[holder](String(value)).includes(key));
    edited = set(edited, [section, field], Object.fromEntries(kept)) as Given;
  }
  return checked(edited, `${path} = ${JSON.stringify(value)}`);
}

function layersOf(given: Given): unknown[] {
  if (!Array.isArray(given.network)) throw new Error("the network of this plan is no list of layers");
  return given.network;
}

export function removeLayer(given: Given, i: number): Given {
  const layers = layersOf(given);
  if (!(i in layers)) throw new Error(`the plan has no layer ${i}`);
  return checked({ ...given, network: bypassed(layers as Branch[], i) }, `removing layer ${i}`);
}

type Branch = { name?: string; from?: string[] };

/** The layers without one; those that came from it come from what it came from. */
function bypassed(layers: readonly Branch[], i: number): Branch[] {
  const { name, from } = layers[i];
  const meant = name !== undefined && layers.some((layer) => layer.from?.includes(name));
  const heir = from?.[0] ?? (i === 0 ? "input" : (layers[i - 1].name ?? name));
  return layers.flatMap((layer, k) => {
    if (k === i) return [];
    // A layer without a name takes that of the one behind it.
    if (k === i - 1 && meant && !from && !layer.name) return [{ ...layer, name }];
    if (k === i + 1 && from && !layer.from) return [{ ...layer, from: [heir!] }];
    return [layer.from && meant ? { ...layer, from: layer.from.map((one) => (one === name ? heir! : one)) } : layer];
  });
}

/** The layer becomes number `i`. */
export function insertLayer(given: Given, i: number, layer: unknown): Given {
  const layers = layersOf(given);
  if (i < 0 || i > layers.length) throw new Error(`the plan has no place for a layer ${i}`);
  return checked({ ...given, network: layers.toSpliced(i, 0, layer) }, `inserting ${JSON.stringify(layer)}`);
}

// These are gone through field by field; all else is one entry, told as a whole.
const SECTIONS =
  /^(?:|data|data\.validation|data\.test|training|training\.(?:loss|optimizer|schedule|earlyStopping)|metric|network\[\d+\](?:\.of)?)$/;

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => same(item, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

function compare(a: unknown, b: unknown, path: string): Change[] {
  if (same(a, b)) return [];
  if (path === "network" && Array.isArray(a) && Array.isArray(b)) return compareLayers(a, b);
  if (!SECTIONS.test(path) || !isObject(a) || !isObject(b)) return [{ path, from: a ?? null, to: b ?? null }];
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  // Another kind of schedule or of validation part: its fields mean something else.
  if (path.includes(".") && keys.some((key) => !(key in a && key in b))) return [{ path, from: a, to: b }];
  return keys.flatMap((key) => compare(a[key], b[key], path ? `${path}.${key}` : key));
}

type Step = { cost: number; changes: Change[] };

/** The cheapest way from one list of layers to the other: changed layers keep their old number, added ones have their new one. */
function compareLayers(a: unknown[], b: unknown[]): Change[] {
  const kind = (layer: unknown) => (layer as { layer: string }).layer;
  const rows: Step[][] = [];
  for (let i = 0; i <= a.length; i++) {
    rows.push([]);
    for (let j = 0; j <= b.length; j++) {
      const steps: Step[] = [];
      const go = (from: Step, cost: number, changes: Change[]) =>
        steps.push({ cost: from.cost + cost, changes: [...from.changes, ...changes] });
      if (i === 0 && j === 0) steps.push({ cost: 0, changes: [] });
      if (i > 0 && j > 0 && kind(a[i - 1]) === kind(b[j - 1])) {
        const changes = compare(a[i - 1], b[j - 1], `network[${i - 1}]`);
        // A layer with several changes is still nearer than another layer in its place.
        go(rows[i - 1][j - 1], changes.length === 0 ? 0 : 1 + Math.min(0.9, changes.length / 10), changes);
      }
      if (i > 0) go(rows[i - 1][j], 1, [{ path: `network[${i - 1}]`, from: a[i - 1], to: null }]);
      if (j > 0) go(rows[i][j - 1], 1, [{ path: `network[${j - 1}]`, from: null, to: b[j - 1] }]);
      rows[i].push(steps.reduce((best, step) => (step.cost < best.cost ? step : best)));
    }
  }
  return rows[a.length][b.length].changes;
}

/** What leads from plan `a` to plan `b`. */
export const difference = (a: Plan, b: Plan): Change[] => compare(a, b, "");
