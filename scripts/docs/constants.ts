/** The constants of folders of src, each with the comment that says why: measurements, probes and trials have no definition that their numbers could stand in. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const SRC = resolve(import.meta.dirname, "../../src");

export type Constant = { file: string; name: string; value: string; why: string };

const COMMENT = /^(?:\/\/ ?(.*)|\/\*\* ?(.*?) ?\*\/)$/;
const CONSTANT = /^(?:export )?const \[?([A-Z][A-Z0-9_, ]*)\]?(?:: [\w<>[\], ]+)? = ([^;]*\d[^;]*);(?: *\/\/ ?(.*))?$/;
// A table over several lines is told in one.
const TABLE = /(= [[{])\n([^;`]*?)\n([\]}](?: as const)?;)/g;

/** A doc comment speaks of the one constant below it, a plain one of all that follow it without a gap, one behind a constant of that one. */
function constantsOf(file: string): Constant[] {
  const text = readFileSync(join(SRC, file), "utf8").replace(
    TABLE,
    (_, open: string, inner: string, close: string) => `${open}${inner.replace(/\s+/g, " ")}${close}`,
  );
  const found: Constant[] = [];
  let why = "";
  let before: "comment" | "shared" | "other" = "other";
  for (const line of text.split("\n")) {
    const [, plain, doc] = COMMENT.exec(line) ?? [];
    const [, name, value, behind] = CONSTANT.exec(line) ?? [];
    if (plain !== undefined) [why, before] = [before === "comment" ? `${why} ${plain}` : plain, "comment"];
    else if (doc !== undefined) [why, before] = [doc, "other"];
    else if (name === undefined) [why, before] = ["", "other"];
    else {
      if (!/=>|new |"/.test(value))
        found.push({ file, name, value: value.replace(/ as const$/, "").trim(), why: behind ?? why });
      if (before === "other") why = "";
      else before = "shared";
    }
  }
  return found;
}

/** Of the files of a folder, by name; or of one file. */
export function constants(path: string): Constant[] {
  if (path.endsWith(".ts")) return constantsOf(path);
  const files = readdirSync(join(SRC, path)).filter((file) => file.endsWith(".ts"));
  return files.sort().flatMap((file) => constantsOf(`${path}/${file}`));
}
