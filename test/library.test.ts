/** The example of the library runs as it is, by the names under which the package exports it. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

it("diagnoses from numbers alone, and repairs a plan", () => {
  const told = execFileSync(process.execPath, ["--conditions=unstuck-source", "examples/library.ts"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(told).toMatch(/learning-rate-too-high \(0\.[5-9]/);
  expect(told).toContain("the inputs are not scaled");
  expect(told).toContain('data.scale: "none" → "standard"');
});
