/** Writing what a verb leaves behind: whole or not at all, and never over a file of the user's. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { stringify } from "yaml";
import { makeFolder } from "../files/node/folder.ts";
import { refusing } from "../files/node/system-error.ts";
import { writeWhole } from "../files/node/write.ts";
import { isObject, neatJson } from "../json.ts";
import { UserError } from "../user-error.ts";
import { note } from "./console.ts";

const ELSEWHERE = "Name another folder with --out.";

/** Does what writes to `path`; what the system refuses ends in one sentence. */
export const attempt = <T>(path: string, write: () => T, todo = ELSEWHERE): T => refusing(path, "write", write, todo);

/** A folder that a verb writes to. `ours`: digests of what it may replace there, as it was when the verb began: what comes meanwhile is another's. */
export type Out = { path: string; ours: Readonly<Record<string, string>> };

const PAGES = ["unstuck-report.html", "unstuck-errors.html"];

/** The folder for what is written, made where it is missing. */
export const folder = (path: string): Out =>
  attempt(path, () => {
    makeFolder(path);
    // Whether it can be written to is found out now, and not after a minute of training.
    rmdirSync(mkdtempSync(join(path, ".unstuck-")));
    const pages = PAGES.flatMap((name) => {
      const digest = digestOf(join(path, name));
      return digest === null ? [] : [[name, digest]];
    });
    return { path, ours: { ...written(path), ...Object.fromEntries(pages) } };
  });

export const save = (path: string, content: string | Uint8Array, todo = ELSEWHERE): string =>
  attempt(
    path,
    () => {
      if (statSync(path, { throwIfNoEntry: false })?.isFile() === false)
        throw new UserError("what lies there is not a regular file.", todo, path);
      writeWhole(path, content);
      return path;
    },
    todo,
  );

/** Writes a page of ours, in place of the one that lay there when the verb began. */
export const savePage = (out: Out, name: string, html: string): string => {
  const extension = extname(name);
  return saveBeside(out, basename(name, extension), extension, html).path;
};

/** A plan read from `from`, as it must read in another folder: its files are found from there. */
function moved(given: Record<string, unknown>, from: string, to: string): Record<string, unknown> {
  const path = (source: string) => relative(to, resolve(from, source)) || source;
  const source = (value: unknown): unknown =>
    typeof value === "string"
      ? path(value)
      : Object.fromEntries(Object.entries(value as Record<string, string>).map(([key, file]) => [key, path(file)]));
  const part = (value: unknown): unknown =>
    value && typeof value === "object" && "source" in value ? { ...value, source: source(value.source) } : value;
  const data = given["data"] as Record<string, unknown>;
  const { validation, test } = data;
  const started = (layer: Record<string, unknown>): Record<string, unknown> => ({
    ...layer,
    ...(typeof layer["weights"] === "string" && { weights: path(layer["weights"]) }),
    ...(isObject(layer["of"]) && { of: started(layer["of"]) }),
  });
  const { network } = given;
  return {
    ...given,
    ...(Array.isArray(network) && { network: network.map(started) }),
    data: {
      ...data,
      source: source(data["source"]),
      ...(validation !== undefined && { validation: part(validation) }),
      ...(test !== undefined && { test: part(test) }),
    },
  };
}

/** Writes the fixed plan as NAME.fixed.json (or .yaml). */
export function savePlan(given: Record<string, unknown>, planPath: string, out: Out): string {
  const extension = extname(planPath);
  const yaml = /^\.ya?ml$/.test(extension);
  const content = moved(given, dirname(resolve(planPath)), resolve(out.path));
  const text = yaml ? stringify(content) : `${neatJson(content)}\n`;
  return saveNoted(out, `${basename(planPath, extension)}.fixed`, yaml ? extension : ".json", text);
}

/** Writes a proposed plan under the name it was given. */
export function saveProposal(given: Record<string, unknown>, path: string, out: Out): string {
  const content = moved(given, dirname(resolve(path)), resolve(out.path));
  return saveNoted(out, basename(path, ".json"), ".json", `${neatJson(content)}\n`);
}

/** A file there is replaced where it is ours and as it was; any other is left alone: the new one's name gets a number, and that is said. */
function saveBeside(out: Out, stem: string, extension: string, text: string): { path: string; ours: boolean } {
  return attempt(out.path, () =>
    alone(out.path, () => {
      for (let n = 1; ; n++) {
        const name = `${stem}${n > 1 ? `-${n}` : ""}${extension}`;
        const path = join(out.path, name);
        const there = digestOf(path);
        if (there !== null && there === digest(text)) return { path, ours: false };
        if (there !== null && there !== out.ours[name]) continue;
        save(path, text);
        if (n > 1)
          note(`${join(out.path, stem + extension)} was changed or written by something else, so this one is ${path}.`);
        return { path, ours: true };
      }
    }),
  );
}

/** The same, noted as ours for the runs to come. */
function saveNoted(out: Out, stem: string, extension: string, text: string): string {
  const { path, ours } = saveBeside(out, stem, extension, text);
  if (ours)
    attempt(out.path, () => {
      makeFolder(join(out.path, dirname(WRITTEN)));
      alone(out.path, () => {
        const all = { ...written(out.path), [basename(path)]: digest(text) };
        save(join(out.path, WRITTEN), `${JSON.stringify(all, null, 2)}\n`);
      });
    });
  return path;
}

// Longer than writing a few files ever takes: the one who held the folder was killed.
const PATIENCE_MS = 5000;
const NAP_MS = 10;

/** One process at a time decides about names in a folder: two that end together would otherwise both find the same one free. */
function alone<T>(path: string, action: () => T): T {
  const lock = join(path, ".unstuck-lock");
  const open = () => rmSync(lock, { recursive: true, force: true });
  for (let waited = 0; !taken(lock); waited += NAP_MS) {
    if (waited >= PATIENCE_MS) open();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, NAP_MS);
  }
  try {
    return action();
  } finally {
    open();
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// What was written last, by name: so that a plan that was worked on since is known from one that was not.
const WRITTEN = ".unstuck/written.json";
const digest = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
const digestOf = (path: string): string | null => (existsSync(path) ? digest(readFileSync(path)) : null);

function written(out: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(out, WRITTEN), "utf8")) as Record<string, string>;
  } catch {
    // Without the note nothing is known to be ours.
    return {};
  }
}
