/** What a verb leaves behind replaces what it left before, and nothing that was worked on. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { savePlan } from "../../src/cli/files.ts";
import { folder, plan } from "./help.ts";

it("a fixed plan", () => {
  const at = folder({ "plan.json": plan("t.csv") });
  const [first, second] = ["plan.fixed.json", "plan.fixed-2.json"].map((name) => join(at, name));
  const saved = (epochs: number) =>
    savePlan({ data: { source: "t.csv", target: "y" }, training: { epochs } }, join(at, "plan.json"), at);
  const epochs = (path: string) => JSON.parse(readFileSync(path, "utf8")).training.epochs;

  expect(saved(1)).toBe(first);
  expect(saved(2)).toBe(first);
  expect(epochs(first)).toBe(2);
  writeFileSync(first, readFileSync(first, "utf8").replace("2", "3"));
  expect(saved(4)).toBe(second);
  expect([epochs(first), epochs(second)]).toEqual([3, 4]);
  // Its note lost, nothing is known to be ours.
  writeFileSync(join(at, ".unstuck/written.json"), "{");
  expect(saved(5)).toBe(join(at, "plan.fixed-3.json"));
  expect(existsSync(join(at, "plan.json"))).toBe(true);
});
