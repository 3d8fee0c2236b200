/** The bin itself: what is printed where, exit codes, interruption. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { tellReading } from "../../src/cli/reading.ts";
import { readJson } from "../../src/json.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { parseReport } from "../../src/report/report.ts";
import { BIN, folder, interruptOnce, plan, sides, table, unstuck } from "./help.ts";

const unscaled = { "t.csv": table(120, sides, 1e5), "plan.json": plan("t.csv") };
const QUICK = ["--budget", "20", "--seeds", "3"];

describe("fix", () => {
  it("--json prints the report and nothing else, and leaves page and plan", async () => {
    const at = folder(unscaled);
    const { code, out, err } = await unstuck(at, ["fix", "plan.json", "--json", ...QUICK]);
    expect([code, err]).toEqual([0, ""]);
    const report = parseReport(out);
    expect(report.verdict).toBe("stuck");
    expect(report.causes[0]).toMatchObject({ id: "inputs-not-scaled", proof: "verified" });
    expect(readdirSync(at).sort()).toEqual([
      ".unstuck",
      "plan.fixed.json",
      "plan.json",
      "t.csv",
      "unstuck-report.html",
    ]);
    const fixed = JSON.parse(readFileSync(join(at, "plan.fixed.json"), "utf8"));
    expect(parsePlan(fixed).data.scale).not.toBe("none");
    expect(JSON.parse(readFileSync(join(at, "plan.json"), "utf8"))).toEqual(unscaled["plan.json"]);
  });

  it("--check exits 1 when something holds it back; files go to --out, with their paths turned", async () => {
    const at = folder(unscaled);
    const { code, out } = await unstuck(at, ["fix", "plan.json", "--check", "--out", "made/here", "--quiet", ...QUICK]);
    expect(code).toBe(1);
    expect(out).toMatch(/made\/here\/plan\.fixed\.json/);
    expect(JSON.parse(readFileSync(join(at, "made/here/plan.fixed.json"), "utf8")).data.source).toBe("../../t.csv");
  });

  it.each([false, true])("an interrupt keeps what is known (--json: %s)", async (json) => {
    const at = folder({ ...unscaled, "plan.json": plan("t.csv", { training: { epochs: 100_000 } }) });
    const args = ["fix", "plan.json", "--threads", "1", "--out", "out", ...(json ? ["--json"] : [])];
    const { code, out } = await unstuck(
      at,
      args,
      interruptOnce(() => existsSync(join(at, "out"))),
    );
    expect(code).toBe(130);
    expect(readdirSync(join(at, "out"))).toContain("unstuck-report.html");
    if (json) expect(parseReport(out).settle.length).toBeGreaterThan(0);
    else expect(out).toMatch(/inputs are not scaled/i);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("%s while it reads ends it, and says so", async (signal) => {
    const at = folder({ "t.csv": table(30_000, sides) });
    const { code, out, err } = await unstuck(at, ["fix", "t.csv", "--target", "y"], (child) => {
      setTimeout(() => child.kill(signal), 700);
    });
    expect(code).toBe(130);
    // On a quick machine it has begun to train by then.
    if (out === "") expect(err).toMatch(/before the first training/);
  });

  it("of a table proposes a plan, writes it beside, and never over another", async () => {
    const at = folder({ "t.csv": table(120, sides) });
    writeFileSync(join(at, "t.plan.json"), "mine");
    const { code, out } = await unstuck(at, ["fix", "t.csv", "--target", "y", "--json", ...QUICK]);
    expect(code).toBe(0);
    expect(readFileSync(join(at, "t.plan.json"), "utf8")).toBe("mine");
    const proposed = parsePlan(JSON.parse(readFileSync(join(at, "t.plan-2.json"), "utf8")));
    expect(proposed.training.epochs).toBeGreaterThan(1);
    expect(parseReport(out).reproduce?.command).toMatch(/^unstuck fix t\.csv --target y --seed 1/);
  });

  it("through npm, standard output holds nothing but the report", async () => {
    const at = folder(unscaled);
    const npm = ["run", "--silent", "unstuck", "--", "why", join(at, "plan.json"), "--json", "--out", at, ...QUICK];
    const root = resolve(import.meta.dirname, "../..");
    const { stdout } = await promisify(execFile)("npm", npm, { cwd: root, maxBuffer: 2 ** 26 });
    expect(parseReport(stdout).trials).toEqual([]);
  });
});

describe("train", () => {
  it("interrupted and gone on with gives the bits of a training in one go", async () => {
    const at = folder({ "t.csv": table(200, sides), "plan.json": plan("t.csv", { training: { epochs: 400 } }) });
    const whole = await unstuck(at, ["train", "plan.json", "--json"]);
    expect(whole.code).toBe(0);
    const broken = await unstuck(
      at,
      ["train", "plan.json"],
      interruptOnce((out) => out.includes("20/400")),
    );
    expect(broken.code).toBe(130);
    expect(broken.out).toMatch(/unstuck train \.unstuck\/plan-2/);
    const rest = await unstuck(at, ["train", ".unstuck/plan-2", "--json"]);
    expect(rest.code).toBe(0);
    const timeless = (text: string) =>
      JSON.parse(text, (key, value) => (key === "seconds" ? 0 : value)) as Record<string, unknown>;
    expect(timeless(rest.out)).toEqual(timeless(whole.out));
    expect((readJson(rest.out) as { epochs: unknown[] }).epochs.length).toBe(400);
    expect((await unstuck(at, ["train", ".unstuck/plan-2"])).code).toBe(2);
  });
});

const REFUSED: { name: string; args: string[]; says: RegExp }[] = [
  { name: "no such file", args: ["fix", "plam.json"], says: /plan\.json/ },
  { name: "verb", args: ["fxi", "plan.json"], says: /fix/ },
  { name: "a file for a verb", args: ["plan.json"], says: /unstuck fix plan\.json/ },
  { name: "option", args: ["fix", "plan.json", "--bugdet", "3"], says: /--budget/ },
  { name: "one seed", args: ["fix", "plan.json", "--seeds", "1"], says: /2 or more/ },
  { name: "no budget", args: ["fix", "plan.json", "--budget", "0"], says: /above 0/ },
  { name: "no argument", args: ["fix"], says: /what/ },
  { name: "a file where the folder should be", args: ["fix", "plan.json", "--out", "t.csv"], says: /t\.csv.*--out/ },
  { name: "the same for train", args: ["train", "plan.json", "--out", "t.csv"], says: /in the way/ },
  { name: "a log", args: ["why", "-"], says: /standard input/ },
];

describe("exit 2: a sentence of fact and one of what to do", () => {
  const at = folder(unscaled);
  it.each(REFUSED)("$name", async ({ args, says }) => {
    const { code, out, err } = await unstuck(at, args);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err).not.toMatch(/^\s+at /m);
    expect(readdirSync(at).sort()).toEqual(["plan.json", "t.csv"]);
  });
});

it("exit 3: a bin without its program", async () => {
  const at = folder({ "unstuck.mjs": readFileSync(BIN, "utf8") });
  const failed = await promisify(execFile)(process.execPath, [join(at, "unstuck.mjs")]).catch((error) => error);
  expect([failed.code, failed.stdout]).toEqual([3, ""]);
  expect(failed.stderr).toMatch(/npm ci/);
});

describe("a large file", () => {
  const at = folder({ "t.csv": "a,y\n1,0\n" });
  truncateSync(join(at, "t.csv"), 44e6);
  it.each([
    { quiet: false, says: /^reading t\.csv \(44 MB\)/ },
    { quiet: true, says: /^$/ },
  ])("is said to be read (--quiet: $quiet)", ({ quiet, says }) => {
    const told: string[] = [];
    const written = vi.spyOn(process.stderr, "write").mockImplementation((text) => told.push(String(text)) > 0);
    tellReading(["t.csv"], at, quiet);
    written.mockRestore();
    expect(told.join("")).toMatch(says);
  });
});
