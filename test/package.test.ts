/** The package before it is built: what it names is there, what it needs is asked for, and nothing runs at install. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ONNXRUNTIME } from "../src/engine/node/binding.ts";

const ROOT = resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const manifest = JSON.parse(read("package.json"));
const sources = (readdirSync(join(ROOT, "src"), { recursive: true }) as string[])
  .filter((file) => file.endsWith(".ts"))
  .map((file) => ({ file, text: read(`src/${file}`) }));

// Not peers either: every release of DuckDB is a prerelease by its number, which no range of npm holds.
const OPTIONAL = ["@duckdb/node-api", "h5wasm", "sharp"];

describe("package", () => {
  it("asks for what its sources import, and for no more", () => {
    const imported = sources
      .flatMap(({ text }) => [
        ...text.matchAll(/^(?:import|export)\b( type)?[^;]*?from "([^".][^"]*)"|(typeof )?import\("([^".][^"]*)"\)/gms),
      ])
      .map(([, type, from, typeOf, other]) => ({
        type: type ?? typeOf,
        name: (from ?? other).replace(/^(@[^/]+\/)?([^/]+).*/, "$1$2"),
      }))
      .filter(({ name }) => !name.startsWith("node:"));
    const own = imported.filter(({ type, name }) => !(type && OPTIONAL.includes(name))).map(({ name }) => name);
    expect([...new Set(own)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });

  it.each(OPTIONAL)("%s may be absent, and is asked for by name where it is needed", (name) => {
    expect(manifest.dependencies[name] ?? manifest.peerDependencies?.[name]).toBeUndefined();
    expect(sources.some(({ text }) => /\boptional</.test(text) && text.includes(`"${name}",`))).toBe(true);
    expect(manifest.devDependencies[name]).toMatch(/^\d/);
  });

  it("runs one version of the runtime", () => {
    expect(manifest.dependencies["onnxruntime-common"]).toBe(ONNXRUNTIME);
    expect(manifest.devDependencies["onnxruntime-node"]).toBe(ONNXRUNTIME);
    expect(manifest.devDependencies["onnxruntime-web"]).toBe(ONNXRUNTIME);
  });

  it("runs nothing at install", () => {
    const lifecycle = ["preinstall", "install", "postinstall", "prepare"];
    expect(Object.keys(manifest.scripts).filter((name) => lifecycle.includes(name))).toEqual([]);
  });

  it("exports what the sources have", () => {
    const { "./package.json": own, ...surface } = manifest.exports;
    expect(own).toBe("./package.json");
    for (const [name, at] of Object.entries(surface as Record<string, Record<string, string>>)) {
      const source = at["unstuck-source"];
      expect(existsSync(join(ROOT, source)), `${name}: ${source}`).toBe(true);
      expect(at.default).toBe(source.replace("./src/", "./dist/").replace(/\.ts$/, ".js"));
      expect(at.types).toBe(at.default.replace(/\.js$/, ".d.ts"));
    }
  });

  it("names its files in a way that compiling keeps: an ending in a URL stays as it is", () => {
    expect(
      sources.filter(({ text }) => /new (?:URL|Worker)\([^)]*\.ts["'`]/.test(text)).map(({ file }) => file),
    ).toEqual([]);
  });

  it("has a lock file that names no registry", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved": "http/);
  });

  it("holds nothing but what is meant to be published", () => {
    const npm = process.platform === "win32" ? "npm.cmd" : "npm";
    const told = execFileSync(npm, ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const [{ files }] = JSON.parse(told) as [{ files: { path: string }[] }];
    const places = files.map(({ path }) => path.replace(/\/.*/, "/"));
    expect([...new Set(places)].filter((place) => place !== "dist/").sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "bin/",
      "examples/",
      "package.json",
    ]);
  });
});
