/** The layout keeps its promises: imports point one way and in no circle, pure parts stay pure, ids are file names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { causes } from "../src/causes/index.ts";
import { checks } from "../src/checks/index.ts";
import { probes } from "../src/probes/index.ts";
import { remedies } from "../src/remedies/index.ts";

const SRC = resolve(import.meta.dirname, "../src");

/** The text of every file, by its path below src. */
type House = ReadonlyMap<string, string>;
const house: House = new Map(
  (readdirSync(SRC, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(join(SRC, file), "utf8")]),
);
/** The house with one file added or replaced: what a test plants must be found. */
const planted = (file: string, text: string): House => new Map([...house, [file, text]]);

const imports = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, from]) => from);
const targets = (all: House, file: string): string[] =>
  imports(all.get(file) ?? "")
    .filter((from) => from.startsWith("."))
    .map((from) => relative(SRC, resolve(SRC, dirname(file), from)));

// Each folder imports from those before it and from itself, and from no other. Against the order of the design, `errors` lies below
// `trials`: fix tells which rows the network misses, so it has to know them.
const ORDER = [
  ["user-error", "text", "shell", "lists", "random", "json", "threshold", "weights", "words", "files"],
  ["plan"],
  ["code"],
  ["data"],
  ["engine"],
  ["run"],
  ["errors"],
  ["jobs"],
  ["case"],
  ["readers"],
  ["checks"],
  ["probes"],
  ["remedies"],
  ["causes"],
  ["trials"],
  ["report"],
  ["cli"],
];
const room = (file: string) => file.split("/")[0].replace(/\.ts$/, "");
const height = (name: string) => ORDER.findIndex((row) => row.includes(name));
// The surface names them all.
const SURFACE = ["index", "node"];
const NODE_ROOMS = ["jobs", "cli"];

const unplaced = (all: House) =>
  [...new Set([...all.keys()].map(room))].filter((name) => height(name) < 0 && !SURFACE.includes(name));

const upward = (all: House) =>
  [...all.keys()]
    .filter((file) => !SURFACE.includes(room(file)))
    .flatMap((file) =>
      targets(all, file)
        .filter((target) => room(target) !== room(file) && height(room(target)) >= height(room(file)))
        .filter((target) => height(room(file)) > 0 || height(room(target)) > 0)
        .map((target) => `${file} → ${target}`),
    );

const impure = (all: House) =>
  [...all.keys()].filter((file) => {
    if (NODE_ROOMS.includes(room(file)) || file.split("/").includes("node") || file === "node.ts") return false;
    return imports(all.get(file) ?? "").some((from) => from.startsWith("node:") || from === "onnxruntime-node");
  });

/** Files that import themselves through others, each circle as the way round. */
function circles(all: House): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(" → "));
    if (done.has(file) || way.includes(file)) return;
    for (const target of targets(all, file)) visit(target, [...way, file]);
    done.add(file);
  };
  for (const file of all.keys()) visit(file, []);
  return found;
}

// A remedy of one word ("adam", "momentum") has a name that plans use as well.
const ENTRIES = new Set<string>([
  ...[...checks, ...causes].map(({ id }) => id),
  ...remedies.map(({ id }) => id).filter((id) => id.includes("-")),
]);
const CATALOGUES = ["checks", "causes", "remedies", "probes"];
const FRAME = ["check", "cause", "rank", "diagnose", "remedy"].map((name) => `${name}.ts`);

/** Strings outside the catalogues that are the id of a check, a cause or a remedy. */
const mentions = (all: House): string[] =>
  [...all]
    .filter(([file]) => FRAME.includes(basename(file)) || !CATALOGUES.includes(room(file)))
    .flatMap(([file, text]) =>
      [...text.matchAll(/["'`]([a-z-]+)["'`]/g)]
        .filter(([, word]) => ENTRIES.has(word))
        .map(([, word]) => `${file}: ${word}`),
    );

const ROOT = dirname(SRC);
const OTHERS: House = new Map(
  ["bench", "scripts", "test", "examples"].flatMap((folder) =>
    (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
      .filter((file) => file.endsWith(".ts"))
      .map(
        (file) => [relative(SRC, join(ROOT, folder, file)), readFileSync(join(ROOT, folder, file), "utf8")] as const,
      ),
  ),
);
const words = (list: string) =>
  list.split(",").map((word) =>
    word
      .trim()
      .replace(/^type /, "")
      .split(" as "),
  );

/** The names that files take from others, as "file name"; of a file that is imported as a whole, those behind its name. */
function taken(all: House): Set<string> {
  const found = new Set<string>();
  for (const [file, text] of [...all, ...OTHERS]) {
    const target = (from: string) => relative(SRC, resolve(SRC, dirname(file), from));
    for (const [, list, from] of text.matchAll(/(?:import|export)(?: type)? \{([^}]*)\} from "(\.[^"]+)"/g))
      for (const [name] of words(list)) found.add(`${target(from)} ${name}`);
    for (const [, whole, from] of text.matchAll(/import \* as (\w+) from "(\.[^"]+)"/g))
      for (const [, name] of text.matchAll(new RegExp(`\\b${whole}\\.(\\w+)`, "g")))
        found.add(`${target(from)} ${name}`);
    for (const [, list, from] of text.matchAll(/\{([^}]*)\} = await import\("(\.[^"]+)"\)/g))
      for (const [name] of words(list.replaceAll(":", " as "))) found.add(`${target(from)} ${name}`);
  }
  return found;
}

// The program itself is started by bin.
const STARTED = ["cli/main.ts main"];

/** What is exported and used in its own file alone, as "file name". */
function unused(all: House): string[] {
  const used = taken(all);
  return [...all].flatMap(([file, text]) => {
    const own = [...text.matchAll(/^export (?:async )?(?:const|function\*?|class|type|interface) (\w+)/gm)].map(
      (m) => m[1],
    );
    const passed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list]) =>
      words(list).map((one) => one[one.length - 1]),
    );
    return [...own, ...passed].filter((name) => name && !used.has(`${file} ${name}`)).map((name) => `${file} ${name}`);
  });
}

describe("architecture", () => {
  it("every folder has its place in the order", () => {
    expect(unplaced(house)).toEqual([]);
    expect(unplaced(planted("helpers/index.ts", ""))).toEqual(["helpers"]);
  });

  it("imports point down", () => {
    expect(upward(house)).toEqual([]);
    expect(upward(planted("plan/x.ts", 'import type { Dataset } from "../data/dataset.ts";'))).toHaveLength(1);
  });

  it("no file imports itself through others", () => {
    expect(circles(house)).toEqual([]);
    const text = `${house.get("data/dataset.ts")}\nimport type { Prepared } from "./prepare.ts";`;
    expect(circles(planted("data/dataset.ts", text)).length).toBeGreaterThan(0);
  });

  it("only node/ folders, jobs and cli need Node", () => {
    expect(impure(house)).toEqual([]);
    expect(impure(planted("data/x.ts", 'import { readFileSync } from "node:fs";'))).toEqual(["data/x.ts"]);
  });

  it("what is exported is used elsewhere", () => {
    const surface = SURFACE.map((name) => `${name}.ts `);
    const alone = unused(house).filter((one) => !surface.some((name) => one.startsWith(name)));
    expect(alone.filter((one) => !STARTED.includes(one))).toEqual([]);
    expect(unused(planted("plan/x.ts", "export const lonely = 1;"))).toContain("plan/x.ts lonely");
  });

  it("the frame names no entry", () => {
    expect(mentions(house)).toEqual([]);
    for (const file of ["report/x.ts", "causes/rank.ts"])
      expect(mentions(planted(file, 'if (id === "no-room") return;'))).toEqual([`${file}: no-room`]);
  });

  it("nothing draws from an unseeded source or reads the date", () => {
    const guilty = [...house].filter(([, text]) => /Math\.random|Date\.now|new Date\(/.test(text));
    expect(guilty.map(([file]) => file)).toEqual([]);
  });

  it("every file opens with a sentence", () => {
    const silent = [...house].filter(([, text]) => !/^(#!.*\n)?\/\*\* \S/.test(text));
    expect(silent.map(([file]) => file)).toEqual([]);
  });

  it("an id is a file name", () => {
    for (const { id } of causes) expect(existsSync(join(SRC, "causes", `${id}.ts`)), id).toBe(true);
    for (const { id } of probes) expect(existsSync(join(SRC, "probes", `${id}.ts`)), id).toBe(true);
    const found = new Set(
      [...house.keys()].filter((file) => file.startsWith("checks/")).map((f) => basename(f, ".ts")),
    );
    for (const { id } of checks) expect(found.has(id), id).toBe(true);
  });
});
