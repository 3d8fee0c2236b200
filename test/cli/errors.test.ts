/** errors: of a kept run by its folder, by its name or the latest; what cannot be told is refused with what to do. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { errorsSchema } from "../../src/report/errors.ts";
import { parseReport } from "../../src/report/report.ts";
import { folder, plan, table, unstuck } from "./help.ts";

// Where a + b is not above 0, every other row carries the other label.
const mixed = table(400, (sum, row) => (sum > 0 ? "right" : row % 2 ? "left" : "right"));
const files = {
  "t.csv": mixed,
  "plan.json": plan("t.csv"),
  "nan.json": plan("t.csv", { training: { optimizer: { name: "sgd", learningRate: 1e30 } } }),
};

describe("errors", () => {
  it("tells of a run the rows that are missed, as JSON and on a page that loads nothing", async () => {
    const at = folder(files);
    await unstuck(at, ["train", "plan.json", "--quiet"]);
    const { code, out, err } = await unstuck(at, ["errors", "--json", "--out", "pages"]);
    expect([code, err]).toEqual([0, ""]);
    const told = JSON.parse(out);
    const errors = errorsSchema.parse(told.errors);
    expect([errors.rows, errors.networks, errors.of]).toEqual([80, 1, "given"]);
    expect(errors.missed).toBeGreaterThan(5);
    const lines = mixed.trim().split("\n").slice(1);
    for (const { row, truth, values } of errors.mistakes)
      expect(lines[row]).toBe(`${Number(values["a"]).toFixed(3)},${Number(values["b"]).toFixed(3)},${truth}`);
    const page = readFileSync(join(at, "pages/unstuck-errors.html"), "utf8");
    expect(page).toContain('class="confusion"');
    expect(page).not.toMatch(/https?:|<script(?! type="application\/json")/);
    for (const run of [".unstuck/plan-1", "plan-1", ".unstuck/plan-1/run.json"])
      expect(JSON.parse((await unstuck(at, ["errors", run, "--json"])).out).errors).toEqual(told.errors);
    const text = await unstuck(at, ["errors", "--quiet"]);
    expect(text.out).toContain(told.headline.slice(0, 40));
    expect([told.run, told.plan]).toEqual([".unstuck/plan-1", "plan.json"]);
    expect(text.out).toMatch(/plan-1.*plan\.json/);
    const why = await unstuck(at, ["why", ".unstuck/plan-1", "--json", "--out", "pages"]);
    expect(parseReport(why.out).errors?.missed).toBe(errors.missed);
    expect(readFileSync(join(at, "pages/unstuck-report.html"), "utf8")).toContain('class="confusion"');
  });

  it("refuses what it cannot tell of, and says what to do", async () => {
    const at = folder(files);
    const refused = async (...args: string[]) => {
      const { code, out, err } = await unstuck(at, ["errors", ...args]);
      expect([code, out]).toEqual([2, ""]);
      return err;
    };
    expect(await refused()).toContain("unstuck train");
    expect(await refused("plan.json")).toContain("unstuck train plan.json");
    await unstuck(at, ["train", "plan.json", "--quiet"]);
    await unstuck(at, ["train", "nan.json", "--quiet"]);
    expect(await refused("plan-2")).toContain("plan-1");
    expect(await refused(".")).toContain("plan-1");
    expect(await refused("nan-1")).toContain("diverged");
    expect(existsSync(join(at, "unstuck-errors.html"))).toBe(false);
    const events = join(at, ".unstuck/plan-1/events.ndjson");
    const lines = readFileSync(events, "utf8").split("\n");
    writeFileSync(events, `${lines.filter((line) => !/"type":"(predictions|end)"/.test(line)).join("\n")}\n`);
    expect(await refused("plan-1")).toContain("unstuck train .unstuck/plan-1");
    writeFileSync(events, lines.join("\n"));
    writeFileSync(join(at, "t.csv"), mixed.replaceAll("left", "right"));
    expect(await refused("plan-1")).toMatch(/changed|class/);
  });
});
