/** Packages that only some files need are found wherever the user added them, however they are made. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "unstuck-optional-"));
afterAll(() => rmSync(folder, { recursive: true }));

const PACKAGES: Record<string, object> = {
  "to-require": { main: "./index.cjs" },
  "to-import": { exports: { ".": { import: "./index.mjs" } } },
  "to-import-alone": { exports: { import: { node: "./other.mjs", default: "./index.mjs" } } },
  "without-entry": { exports: { "./other": { import: "./index.mjs" } } },
};
for (const [name, manifest] of Object.entries(PACKAGES)) {
  const own = join(folder, "node_modules", name);
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "package.json"), JSON.stringify({ name, ...manifest }));
  writeFileSync(join(own, "index.mjs"), 'export const it = "there";');
  writeFileSync(join(own, "index.cjs"), 'exports.it = "there";');
}

/** What a program of the user's gets by each name, run in his folder. */
function got(names: string[]): Record<string, string> {
  const module = pathToFileURL(join(import.meta.dirname, "../../src/files/node/optional.ts")).href;
  const program = `
    const { optional } = await import(${JSON.stringify(module)});
    const got = {};
    for (const name of ${JSON.stringify(names)})
      got[name] = await optional(name, "This file", "a.h5").then((it) => it.it ?? typeof it.File, (error) => error.message);
    console.log(JSON.stringify(got));`;
  const options = { cwd: folder, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], options));
}

it("each kind of package", () => {
  expect(got([...Object.keys(PACKAGES), "h5wasm", "not-there"])).toEqual({
    "to-require": "there",
    "to-import": "there",
    "to-import-alone": "there",
    "without-entry": expect.stringContaining("npm install without-entry"),
    h5wasm: "function",
    "not-there": expect.stringMatching(/^a\.h5: This file needs the package not-there\. Add it: npm install not-there/),
  });
});
