/** The constants of folders of src, each with the comment that says why: measurements, probes and trials have no definition that their numbers could stand in. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const SRC = resolve(import.meta.dirname, "../../src");

export type Constant = { file: string; name: string; value: string; why: string };

const COMMENT = /^(?:\/\/ ?(.*)|\/\*\* ?(.*?) ?\*\/)$/;
const CONSTANT = /^(?:export )?const \[?([A-Z][A-Z0-9_, ]*)\]?(?:: [\w<>[\], ]+)? = ([^;]*\d[^;]*);(?: *\/\/ ?(.*))?$/;
// A table over several lines is told in one.
const TABLE = /(= [[{])\n([^;`]*?)\n([\]}](?: as const)?;)/g;

/** The reason stands behind a constant, or right above it; it speaks of no other. */
function constantsOf(file: string): Constant[] {
  const text = readFileSync(join(SRC, file), "utf8").replace(
    TABLE,
    (_, open: string, inner: string, close: string) => `${open}${inner.replace(/\s+/g, " ")}${close}`,
  );
  const found: Constant[] = [];
  let why = "";
  for (const line of text.split("\n")) {
    const [, plain, doc] = COMMENT.exec(line) ?? [];
    const [, name, value, behind] = CONSTANT.exec(line) ?? [];
    if (name !== undefined && !/=>|new |"/.test(value))
      found.push({ file, name, value: value.replace(/ as const$/, "").trim(), why: behind ?? why });
    why = plain !== undefined ? `${why} ${plain}`.trim() : (doc ?? "");
  }
  return found;
}

/** Of the files of a folder, by name; or of one file. */
export function constants(path: string): Constant[] {
  if (path.endsWith(".ts")) return constantsOf(path);
  const files = readdirSync(join(SRC, path)).filter((file) => file.endsWith(".ts"));
  return files.sort().flatMap((file) => constantsOf(`${path}/${file}`));
}
