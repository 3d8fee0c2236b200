/** Loads a package that only some files need, from beside us or from the folder of the user; its absence is told with the command that adds it. */

import { readFileSync } from "node:fs";
import { createRequire, findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isObject } from "../../json.ts";

import { UserError } from "../../user-error.ts";

/** `what` needs it, as the subject of a sentence: "A Parquet file"; `place` is the file. */
export async function optional<T>(name: string, what: string, place: string): Promise<T> {
  const path = pathOf(name);
  if (!path) throw new UserError(`${what} needs the package ${name}.`, `Add it: npm install ${name}`, place);
  return (await import(pathToFileURL(path).href)) as T;
}

export const isInstalled = (name: string): boolean => pathOf(name) !== undefined;

const pathOf = (name: string) =>
  [import.meta.url, join(process.cwd(), "package.json")].map(resolved(name)).find((found) => found !== null);

const resolved =
  (name: string) =>
  (from: string): string | null => {
    try {
      return createRequire(from).resolve(name);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED" ? moduleOf(name, from) : null;
    }
  };

/** The entry of a package that can be imported, and not required. */
function moduleOf(name: string, from: string): string | null {
  const manifest = findPackageJSON(name, from);
  if (manifest === undefined) return null;
  let { exports: entry } = JSON.parse(readFileSync(manifest, "utf8"));
  if (isObject(entry) && "." in entry) entry = entry["."];
  while (isObject(entry)) entry = entry["import"] ?? entry["default"];
  return typeof entry === "string" ? join(dirname(manifest), entry) : null;
}
