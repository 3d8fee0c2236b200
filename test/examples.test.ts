/** The examples run as they are: what the README promises of them. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parseReport } from "../src/report/report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const run = promisify(execFile);

/** With a budget that is the same on every machine: `trainings` are as few as the promise takes. */
async function fix(example: string, trainings: number) {
  const out = mkdtempSync(join(tmpdir(), "unstuck-"));
  const { stdout } = await run(
    process.execPath,
    ["bin/unstuck.mjs", "fix", `examples/${example}.json`, "--trainings", String(trainings), "--json", "--out", out],
    { cwd: ROOT, maxBuffer: 1e8 },
  );
  return { report: parseReport(stdout), out };
}

describe("examples", () => {
  it("penguins: stuck, scaled with proof, at 95 % or more", async () => {
    const { report, out } = await fix("penguins", 120);
    expect(report.verdict).toBe("stuck");
    expect(report.causes.find(({ id }) => id === "inputs-not-scaled")?.proof).toBe("verified");
    expect(report.metric.after?.mean).toBeGreaterThanOrEqual(0.95);
    expect(report.prescription?.changes.map(({ path }) => path)).toContain("data.scale");
    expect(readFileSync(join(out, "unstuck-report.html"), "utf8")).toContain(report.headline.slice(0, 20));
    const fixed = JSON.parse(readFileSync(join(out, "penguins.fixed.json"), "utf8"));
    expect(existsSync(resolve(out, fixed.data.source))).toBe(true);
  });

  it("MNIST: healthy, at 96 % or more of 10,000 rows", async () => {
    const { report } = await fix("mnist", 6);
    expect(report.verdict).toBe("healthy");
    expect(report.metric.split).toBe("validation");
    expect(report.metric.before?.mean).toBeGreaterThanOrEqual(0.96);
  }, 300_000);

  it("S&P 500: at the limit of its data, and too deep for what there is", async () => {
    const { report } = await fix("sp500", 40);
    const { before, after, baseline, naive } = report.metric;
    expect(report.verdict).toBe("data-limit");
    expect(report.headline).toContain("too deep");
    for (const score of [before!.mean, after?.mean ?? 0.5, baseline!.value, naive!.value])
      expect(Math.abs(score - 0.5)).toBeLessThan(0.07);
  }, 300_000);
});
