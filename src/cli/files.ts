/** Writing what a verb leaves behind: whole or not at all, and never over a file of the user's. */
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { stringify } from "yaml";
import { writeWhole } from "../files/node/write.ts";
import { isObject, neatJson } from "../json.ts";
import { UserError } from "../user-error.ts";

/** Does what writes to `path`, and tells in one sentence what stands in its way. */
export function attempt<T>(path: string, write: () => T, todo = "Name another folder with --out."): T {
  try {
    return write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw unwritable(path, error, todo);
  }
}

/** The folder for what is written, made where it is missing. */
export const folder = (path: string): string =>
  attempt(path, () => {
    mkdirSync(path, { recursive: true });
    // Found out now, and not after a minute of training.
    accessSync(path, constants.W_OK);
    return path;
  });

export const save = (path: string, content: string | Uint8Array): string =>
  attempt(path, () => {
    writeWhole(path, content);
    return path;
  });

function unwritable(path: string, error: unknown, todo: string): UserError {
  const code = (error as NodeJS.ErrnoException).code;
  const why =
    code === "ENOSPC"
      ? "the disk is full"
      : code === "EEXIST" || code === "ENOTDIR"
        ? "a file is in the way"
        : `it cannot be written (${code})`;
  return new UserError(`${why}.`, todo, path);
}

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
export function savePlan(given: Record<string, unknown>, planPath: string, out: string): string {
  const extension = extname(planPath);
  const yaml = /^\.ya?ml$/.test(extension);
  const content = moved(given, dirname(resolve(planPath)), resolve(out));
  const text = yaml ? stringify(content) : `${neatJson(content)}\n`;
  return saveBeside(join(out, `${basename(planPath, extension)}.fixed`), yaml ? extension : ".json", text);
}

/** Writes a proposed plan under the name it was given. */
export function saveProposal(given: Record<string, unknown>, path: string, out: string): string {
  const content = moved(given, dirname(resolve(path)), resolve(out));
  return saveBeside(join(out, basename(path, ".json")), ".json", `${neatJson(content)}\n`);
}

/** A file there is replaced where it is ours and as it was written; any other is left alone: the name gets a number. */
function saveBeside(stem: string, extension: string, text: string): string {
  const ours = written(dirname(stem));
  for (let n = 1; ; n++) {
    const path = `${stem}${n > 1 ? `-${n}` : ""}${extension}`;
    const there = existsSync(path) ? readFileSync(path, "utf8") : null;
    if (there === text) return path;
    if (there !== null && ours[basename(path)] !== digest(there)) continue;
    save(path, text);
    note(dirname(stem), { ...ours, [basename(path)]: digest(text) });
    return path;
  }
}

// What was written last, by name: so that a plan that was worked on since is known from one that was not.
const WRITTEN = ".unstuck/written.json";
const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

function written(out: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(out, WRITTEN), "utf8")) as Record<string, string>;
  } catch {
    // Without the note nothing is known to be ours.
    return {};
  }
}

const note = (out: string, files: Record<string, string>): void => {
  folder(join(out, dirname(WRITTEN)));
  save(join(out, WRITTEN), `${JSON.stringify(files, null, 2)}\n`);
};
