/** Orders the layers of a model into the list that a plan holds: each after those it takes from, with `from` where they branch. */

import { isObject } from "../../json.ts";
import { append } from "../../lists.ts";
import { UserError } from "../../user-error.ts";
import { layerNames } from "../describe.ts";
import { traitsOf } from "../layer-traits.ts";
import { layerSchema } from "../layers.ts";
import { compact, parametersOf } from "../terse.ts";

import type { Piece } from "./model.ts";

const INPUT = "input";
// What a plan calls the data and, one step late, the target.
const RESERVED: readonly unknown[] = [INPUT, "target"];
// Given as a pair where one number says it.
const WINDOWS = ["kernelSize", "strides", "dilation", "poolSize"];

/** @param ordered each after those it takes from. */
export function chained(ordered: readonly Piece[]): Record<string, unknown>[] {
  const called = (name: string): string => {
    const i = ordered.findIndex((other) => other.name === name);
    return i < 0 ? INPUT : nameAt(ordered, i);
  };
  ordered.forEach(({ fields }, i) => {
    if (!RESERVED.includes(fields["name"])) return;
    delete fields["name"];
    nameAt(ordered, i);
  });
  const from = ordered.map((piece, i) => {
    const before = i === 0 ? INPUT : ordered[i - 1].name;
    const straight = !traitsOf(String(piece.fields["layer"])).joins && piece.from[0] === before;
    return straight ? undefined : piece.from.map(called);
  });
  return ordered.map(({ fields }, i) => terse({ ...fields, ...(from[i] && { from: from[i] }) }));
}

/** A layer that others take from needs a name: its own, or the one that it would be called by. */
function nameAt(ordered: readonly Piece[], i: number): string {
  const { fields } = ordered[i];
  fields["name"] ??= layerNames(ordered.map((piece) => piece.fields as { layer: string; name?: string }))[i];
  return String(fields["name"]);
}

/** The layers that lead to the output, in the order of the file, but each after those it takes from. */
export function sorted(pieces: readonly Piece[], output: string): Piece[] {
  const byName = new Map(pieces.map((piece) => [piece.name, piece]));
  const needed = new Set<string>();
  const open = [output];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    append(open, byName.get(name)?.from ?? []);
  }
  let rest = pieces.filter(({ name }) => needed.has(name));
  const done = new Set<string>([INPUT]);
  const ordered: Piece[] = [];
  while (rest.length > 0) {
    const ready = rest.filter((piece) => piece.from.every((name) => done.has(name)));
    const [next] = ready;
    if (!next) throw new UserError("its layers take from each other in a circle.", "Save the model again.");
    // The layer that goes on from the last one comes first: a branch stays in one piece.
    const straight = ready.find((piece) => piece.from.length === 1 && piece.from[0] === ordered.at(-1)?.name) ?? next;
    ordered.push(straight);
    done.add(straight.name);
    rest = rest.filter((piece) => piece !== straight);
  }
  return ordered;
}

/** Without what silence means. */
function terse(fields: Record<string, unknown>): Record<string, unknown> {
  const parsed = layerSchema.safeParse(fields);
  if (!parsed.success) return fields;
  const { required, optional } = parametersOf(parsed.data);
  const kept = new Set(["layer", "name", "from", ...[...required, ...optional].map(([name]) => name)]);
  const brief = (key: string, value: unknown) =>
    WINDOWS.includes(key) ? compact(value) : isObject(value) && "layer" in value ? terse(value) : value;
  const { layer, name, from, ...rest } = Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => (kept.has(key) ? [[key, brief(key, value)]] : [])),
  );
  return { layer, ...(name !== undefined && { name }), ...(from !== undefined && { from }), ...rest };
}
