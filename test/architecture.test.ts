/** The layout keeps its promises: imports point one way, pure parts stay pure, ids are file names. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { causes } from "../src/causes/index.ts";
import { checks } from "../src/checks/index.ts";
import { probes } from "../src/probes/index.ts";

const SRC = resolve(import.meta.dirname, "../src");
const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((file) => file.endsWith(".ts"));
const text = (file: string) => readFileSync(join(SRC, file), "utf8");
const imports = (file: string) =>
  [...text(file).matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, from]) => from);

// Each folder may import from those before it and from itself; a row of several may import from each other.
const ORDER = [
  ["errors", "random", "json", "threshold"],
  ["plan", "data"],
  ["engine"],
  ["run"],
  ["jobs"],
  ["case"],
  ["checks", "probes"],
  ["causes", "remedies"],
  ["trials"],
  ["report"],
  ["cli"],
];
const room = (file: string) => file.split("/")[0].replace(/\.ts$/, "");
const height = (name: string) => ORDER.findIndex((row) => row.includes(name));
// The surface names them all.
const SURFACE = ["index", "node"];
const NODE_ROOMS = ["jobs", "cli"];

describe("architecture", () => {
  it("every folder has its place in the order", () => {
    const unknown = [...new Set(files.map(room))].filter((name) => height(name) < 0 && !SURFACE.includes(name));
    expect(unknown).toEqual([]);
  });

  it("imports point down", () => {
    const up = files
      .filter((file) => !SURFACE.includes(room(file)))
      .flatMap((file) =>
        imports(file)
          .filter((from) => from.startsWith("."))
          .map((from) => relative(SRC, resolve(SRC, dirname(file), from)))
          .filter((target) => height(room(target)) > height(room(file)))
          .map((target) => `${file} → ${target}`),
      );
    expect(up).toEqual([]);
  });

  it("only node/ folders, jobs and cli need Node", () => {
    const impure = files.filter((file) => {
      if (NODE_ROOMS.includes(room(file)) || file.split("/").includes("node") || file === "node.ts") return false;
      return imports(file).some((from) => from.startsWith("node:") || from === "onnxruntime-node");
    });
    expect(impure).toEqual([]);
  });

  it("nothing draws from an unseeded source or reads the date", () => {
    const guilty = files.filter((file) => /Math\.random|Date\.now|new Date\(/.test(text(file)));
    expect(guilty).toEqual([]);
  });

  it("every file opens with a sentence", () => {
    expect(files.filter((file) => !/^(#!.*\n)?\/\*\* \S/.test(text(file)))).toEqual([]);
  });

  it("an id is a file name", () => {
    for (const { id } of causes) expect(existsSync(join(SRC, "causes", `${id}.ts`)), id).toBe(true);
    for (const { id } of probes) expect(existsSync(join(SRC, "probes", `${id}.ts`)), id).toBe(true);
    const found = new Set(files.filter((file) => file.startsWith("checks/")).map((file) => basename(file, ".ts")));
    for (const { id } of checks) expect(found.has(id), id).toBe(true);
  });
});
