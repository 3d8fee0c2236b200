/** Loads a package that only some files need, from beside us or from the folder of the user; its absence is told with the command that adds it. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../../errors.ts";

/** `what` needs it, as the subject of a sentence: "A Parquet file"; `place` is the file. */
export async function optional<T>(name: string, what: string, place: string): Promise<T> {
  const path = [import.meta.url, join(process.cwd(), "package.json")]
    .map(resolved(name))
    .find((found) => found !== null);
  if (!path) throw new UserError(`${what} needs the package ${name}.`, `Add it: npm install ${name}`, place);
  return (await import(pathToFileURL(path).href)) as T;
}

const resolved =
  (name: string) =>
  (from: string): string | null => {
    try {
      return createRequire(from).resolve(name);
    } catch {
      return null;
    }
  };
