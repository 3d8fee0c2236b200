/** The pages of the catalogue say what the catalogue says. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { constants } from "../scripts/docs/constants.ts";
import { COMMENTED, LITERATURE } from "../scripts/docs/evidence.ts";
import { pages } from "../scripts/docs/pages.ts";
import type { Check } from "../src/checks/check.ts";
import { checks } from "../src/checks/index.ts";

const DOCS = resolve(import.meta.dirname, "../docs");
const written = pages();
const onDisk = (path: string) => (existsSync(join(DOCS, path)) ? readFileSync(join(DOCS, path), "utf8") : "");

describe("docs", () => {
  it("are those of the catalogue as it is", () => {
    const stale = [...written].filter(([path, text]) => onDisk(path) !== text).map(([path]) => path);
    const left = existsSync(join(DOCS, "causes"))
      ? readdirSync(join(DOCS, "causes")).filter((file) => !written.has(`causes/${file}`))
      : [];
    expect([...stale, ...left], "write these pages anew, and commit them: npm run docs").toEqual([]);
  });

  it("say of every number what it rests on", () => {
    const bare = COMMENTED.flatMap(([, paths]) => paths.flatMap(constants)).filter(({ why }) => why === "");
    expect(
      bare.map(({ file, name }) => `${file}: ${name}`),
      "say in a comment above each why it is so",
    ).toEqual([]);
    const unnamed = (checks as readonly Check[])
      .flatMap(({ thresholds }) => thresholds)
      .filter(
        ({ origin, source }) => origin === "published" && !Object.keys(LITERATURE).some((one) => source.includes(one)),
      );
    expect(unnamed, "name the publication in LITERATURE of scripts/docs/evidence.ts").toEqual([]);
  });

  it("lead somewhere", () => {
    const broken = [...written].flatMap(([path, text]) =>
      [...text.matchAll(/\]\(([^)#]+)\)/g)]
        .map(([, link]) => join(dirname(path), link))
        .filter((target) => !written.has(target))
        .map((target) => `${path} → ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("have an example of every remedy in a framework", () => {
    const bare = [...written]
      .filter(([path]) => path.startsWith("causes/") && !path.endsWith("README.md"))
      .filter(([, text]) => text.includes("### ") && !text.includes("\n```"))
      .map(([path]) => path);
    expect(bare).toEqual([]);
  });
});
