/** The generated pages match the catalogue, links lead to what exists, and the plans that people copy are plans. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { constants } from "../scripts/docs/constants.ts";
import { COMMENTED, LITERATURE } from "../scripts/docs/evidence.ts";
import { pages } from "../scripts/docs/pages.ts";
import type { Check } from "../src/checks/check.ts";
import { checks } from "../src/checks/index.ts";
import { parsePlan } from "../src/plan/plan.ts";

const ROOT = resolve(import.meta.dirname, "..");
const DOCS = join(ROOT, "docs");
const PAGES = [
  "README.md",
  "CHANGELOG.md",
  ...(readdirSync(DOCS, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".md"))
    .map((file) => join("docs", file)),
];
const page = (path: string): string => readFileSync(join(ROOT, path), "utf8");

/** The ids that GitHub gives the headings of a page. */
const anchors = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

/** Blocks of JSON: whole plans, or one field of a plan ("data": …), which is put into one. */
const plansOf = (path: string): unknown[] =>
  [...page(path).matchAll(/```json\n(.*?)```/gs)].map(([, json]) =>
    json.startsWith("{") ? JSON.parse(json) : { network: [{ layer: "dense", units: 1 }], ...JSON.parse(`{${json}}`) },
  );

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

  it("have an example of every remedy in a framework", () => {
    const bare = [...written]
      .filter(([path]) => path.startsWith("causes/") && !path.endsWith("README.md"))
      .filter(([, text]) => text.includes("### ") && !text.includes("\n```"))
      .map(([path]) => path);
    expect(bare).toEqual([]);
  });
});

describe("pages", () => {
  it.each(PAGES)("%s links to files and headings that exist", (path) => {
    const links = [...page(path).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(([, a, b]) => a ?? b);
    const broken = links
      .filter((link) => !/^https?:/.test(link))
      .filter((link) => {
        const [file, anchor] = link.split("#");
        const target = file === "" ? path : join(dirname(path), file);
        return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchors(page(target)).includes(anchor));
      });
    expect(broken).toEqual([]);
  });

  it.each(["README.md", "docs/plans.md", "docs/data.md"])("%s shows plans that are plans", (path) => {
    const plans = plansOf(path);
    expect(plans.length).toBeGreaterThan(0);
    for (const plan of plans) expect(() => parsePlan(plan)).not.toThrow();
  });
});
