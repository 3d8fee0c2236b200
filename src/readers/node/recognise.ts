/** Answers what was given, for every verb: its kind, and its files. What is not there, cannot be read, or is empty is refused. */
import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { refusing } from "../../files/node/system-error.ts";
import { isPlan } from "../../plan/node/load.ts";
import { ending, printable } from "../../text.ts";
import { nearest, UserError } from "../../user-error.ts";
import type { Files } from "../files.ts";
import { type Kind, refusal, type Verb } from "../kind.ts";
import { type KindId, kinds } from "../kinds.ts";
import { filesAt, filesOf } from "./files.ts";

export type Recognised = { id: KindId; kind: Kind; files: Files };

/** Nearer names are looked for among so many. */
const MOST_NAMES = 1000;

export function recognise(path: string): Recognised {
  // The head of a run stands for its folder.
  const whole = basename(path) === "run.json" ? dirname(path) : path;
  const files = path === "-" ? filesOf(path, new Uint8Array()) : given(whole);
  const kind = kinds.find((one: Kind) => one.recognises(files));
  if (!kind) throw new Error(`no kind recognises ${path}`);
  return { id: kind.id, kind, files };
}

/** The same, where the verb works on it. */
export function accept(path: string, verb: Verb): Recognised {
  const found = recognise(path);
  if (found.kind.takes?.includes(verb)) return found;
  throw refusal(found.kind, found.files, verb);
}

function given(path: string): Files {
  if (path === "") throw new UserError("the path is empty.", "Give the path of a plan or a table.");
  const stats = refusing(path, "read", () => statSync(path, { throwIfNoEntry: false }));
  const shown = ending(printable(path), 90);
  if (!stats) throw missing(path, shown);
  if (stats.isFile() && stats.size === 0) throw new UserError(`${shown} is empty.`, "Give a plan or a table.");
  if (!stats.isFile() && !stats.isDirectory())
    throw new UserError(`${shown} is neither a file nor a folder.`, "Give the path of a plan or a table.");
  return filesAt(path, stats);
}

function missing(path: string, shown: string): UserError {
  const folder = dirname(path);
  const near = nearest(basename(path), workIn(folder));
  return new UserError(
    `${shown} does not exist.`,
    near ? `Did you mean ${join(folder, near)}?` : "Give the path of a plan or a table.",
  );
}

/** The names in a folder that a verb works on. */
function workIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .slice(0, MOST_NAMES)
      .filter((name) => works(join(folder, name)));
  } catch {
    return [];
  }
}

function works(path: string): boolean {
  try {
    const { id, kind } = recognise(path);
    return kind.takes !== undefined && (id !== "plan" || isPlan(path));
  } catch {
    // Whatever is wrong with it, nobody is sent there.
    return false;
  }
}
