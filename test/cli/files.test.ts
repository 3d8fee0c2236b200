/** What a verb leaves behind replaces what it left before, and nothing that was worked on. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { attempt, folder as openOut, save, savePage, savePlan } from "../../src/cli/files.ts";
import { UserError } from "../../src/user-error.ts";
import { folder, plan } from "./help.ts";

it("a fixed plan", () => {
  const at = folder({ "plan.json": plan("t.csv") });
  const [first, second] = ["plan.fixed.json", "plan.fixed-2.json"].map((name) => join(at, name));
  const saved = (epochs: number) =>
    savePlan({ data: { source: "t.csv", target: "y" }, training: { epochs } }, join(at, "plan.json"), openOut(at));
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

it("two commands with one folder never overwrite each other unsaid", () => {
  const at = folder({ "unstuck-report.html": "of yesterday" });
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const [a, b] = [openOut(at), openOut(at)];
  const given = (epochs: number) => ({ data: { source: "t.csv", target: "y" }, training: { epochs } });
  expect(savePage(a, "unstuck-report.html", "a")).toBe(join(at, "unstuck-report.html"));
  expect(savePlan(given(1), "p.json", a)).toBe(join(at, "p.fixed.json"));
  expect(said).not.toHaveBeenCalled();
  expect(savePage(b, "unstuck-report.html", "b")).toBe(join(at, "unstuck-report-2.html"));
  expect(savePlan(given(2), "p.json", b)).toBe(join(at, "p.fixed-2.json"));
  expect(said.mock.calls.join()).toMatch(/unstuck-report-2\.html[\s\S]*p\.fixed-2\.json/);
  said.mockRestore();
  const noted = JSON.parse(readFileSync(join(at, ".unstuck/written.json"), "utf8"));
  expect(Object.keys(noted).sort()).toEqual(["p.fixed-2.json", "p.fixed.json"]);
  // The next command replaces the first of both.
  const next = openOut(at);
  expect(savePage(next, "unstuck-report.html", "c")).toBe(join(at, "unstuck-report.html"));
  expect(savePlan(given(3), "p.json", next)).toBe(join(at, "p.fixed.json"));
  expect(readdirSync(at)).not.toContain(".unstuck-lock");
});

it.each([
  ["below a file", "t.csv/out"],
  ["a file", "t.csv"],
  ["a system's folder", "/proc/x/y"],
  ["a device", "/dev/full"],
  ["a name that is too long", "n".repeat(300)],
])("a folder for what is written that cannot be made ends at once: %s", (_, name) => {
  const at = folder({ "t.csv": "" });
  expect(() => openOut(name.startsWith("/") ? name : join(at, name))).toThrow(UserError);
});

it("only regular files are replaced", () => {
  const at = folder({});
  mkdirSync(join(at, "page.html"));
  for (const path of [join(at, "page.html"), "/dev/full"]) expect(() => save(path, "x")).toThrow(UserError);
  const defect = () => {
    throw new TypeError("ours");
  };
  expect(() => attempt("p", defect)).toThrow(TypeError);
});
