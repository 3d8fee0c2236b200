/** why and audit: what can be said without trials, of a plan, of a kept run with and without its data, of a table. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseReport, type Report } from "../../src/report/report.ts";
import { samples } from "../readers/samples.ts";
import { folder, plan, sides, table, unstuck } from "./help.ts";

const files = { "t.csv": table(150, sides, 1e5), "plan.json": plan("t.csv") };
const told = async (at: string, ...args: string[]): Promise<Report> => {
  const { code, out, err } = await unstuck(at, [...args, "--json"]);
  expect([code, err]).toEqual([0, ""]);
  return parseReport(out);
};
const unknown = (report: Report, part: string) =>
  report.findings.some(({ state, missing }) => state === "unknown" && missing?.includes(part));

describe("why", () => {
  it("of a plan: suspicions, nothing tried, nothing verified", async () => {
    const report = await told(folder(files), "why", "plan.json", "--budget", "8");
    expect([report.trials, report.prescription, report.metric.after]).toEqual([[], null, null]);
    expect(report.causes.map(({ id }) => id)).toContain("inputs-not-scaled");
    expect(report.causes.filter(({ proof }) => !["untried", "evident"].includes(proof))).toEqual([]);
    expect(report.verdict).toBe("unknown");
    expect(report.settle.join()).toContain("unstuck fix plan.json");
    expect(report.metric.before?.values.length).toBe(3);
  });

  it("of a kept run: no training, and what its data hold only while they are the same", async () => {
    const at = folder(files);
    expect((await unstuck(at, ["train", "plan.json", "--quiet"])).code).toBe(0);
    const run = ".unstuck/plan-1";
    const first = await told(at, "why", run);
    expect(first.cost.trainings).toBe(0);
    expect(first.causes.map(({ id }) => id)).toContain("inputs-not-scaled");
    expect(unknown(first, "profile")).toBe(false);
    expect(first.settle.join()).toContain("unstuck fix plan.json");

    writeFileSync(
      join(at, "t.csv"),
      table(150, (sum) => sides(-sum), 1e5),
    );
    expect(unknown(await told(at, "why", run), "profile")).toBe(true);
    renameSync(join(at, "t.csv"), join(at, "gone.csv"));
    const without = await told(at, "why", join(run, "run.json"));
    expect(unknown(without, "profile")).toBe(true);
    expect(without.metric.before?.values).toEqual(first.metric.before?.values);
  });

  it("of a run that was killed: its last whole epoch, and how to go on", async () => {
    const at = folder(files);
    await unstuck(at, ["train", "plan.json", "--quiet"]);
    const events = join(at, ".unstuck/plan-1/events.ndjson");
    const lines = readFileSync(events, "utf8").split("\n");
    const third = lines.findIndex((line) => line.includes('"epoch":3') && line.includes('"type":"epoch"'));
    writeFileSync(events, `${lines.slice(0, third + 1).join("\n")}\n${lines[third + 1].slice(0, 20)}`);
    const report = await told(at, "why", ".unstuck/plan-1");
    expect(report.curves?.before[0].epochs).toEqual([1, 2, 3]);
    expect(report.said?.join()).toContain("unstuck train .unstuck/plan-1");
    writeFileSync(join(at, ".unstuck/plan-1/run.json"), '{"version":');
    expect((await unstuck(at, ["why", ".unstuck/plan-1"])).code).toBe(2);
  });
});

it("why of a run that a recorder watched: what its log tells, without a plan", async () => {
  const at = folder({});
  for (const [name, bytes] of Object.entries(samples["unstuck"][2])) writeFileSync(join(at, name), bytes);
  const report = await told(at, "why", ".");
  expect(report.read).toMatchObject([{ format: "unstuck", skipped: 0 }]);
  expect(report.findings.filter(({ state }) => state === "failed")).toEqual([]);
  expect(unknown(report, "profile")).toBe(true);
  expect(report.cost.trainings).toBe(0);
});

describe("audit", () => {
  it("of a table: what was measured, and no training", async () => {
    const at = folder(files);
    const report = await told(at, "audit", "t.csv", "--target", "y");
    expect([report.metric.before, report.cost.trainings]).toEqual([null, 0]);
    expect(report.data).toMatchObject({ rows: 150, features: 2, task: "classification", target: ["y"] });
    expect(report.data?.columns.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(report.data?.classes?.map(({ name }) => name)).toEqual(["left", "right"]);
    expect(report.findings.filter(({ state }) => state === "unknown")).toEqual([]);
    expect(report.causes.map(({ id }) => id)).toContain("inputs-not-scaled");
    expect(report.metric.ceiling?.value).toBeGreaterThan(0.9);
    const { out } = await unstuck(at, ["audit", "t.csv", "--target", "y"]);
    expect(out).toMatch(/^ {2}a +number +/m);
  });

  it("of a table beside the rows that are judged: other units, and text among numbers", async () => {
    const row = (i: number) => [50 + 9 * Math.sin(i * i), 7 * Math.cos(3 * i * i), i % 2];
    const table = (rows: unknown[][]) => ["a,b,y", ...rows.map((cells) => cells.join())].join("\n");
    const train = Array.from({ length: 200 }, (_, i) => (i === 5 ? ["n/k", ...row(i).slice(1)] : row(i)));
    const judged = Array.from({ length: 90 }, (_, i) => [...row(i + 200).map((v, c) => (c < 2 ? v / 100 : v))]);
    const at = folder({ "t.csv": table(train), "v.csv": table(judged) });
    const report = await told(at, "audit", "t.csv", "--target", "y", "--validation", "v.csv");
    expect(report.data?.split).toMatchObject({ kind: "source", train: 200, validation: 90 });
    expect(report.causes[0]).toMatchObject({ id: "wrong-preprocessing", proof: "evident" });
    const present = report.findings.filter(({ state }) => state === "present").map(({ check }) => check);
    expect(present).toEqual(expect.arrayContaining(["stray-text", "prepared-apart"]));
    expect(report.reproduce?.command).toContain("--validation v.csv");
  });

  it("of a plan: as its network sees them", async () => {
    const scaled = plan("t.csv", { data: { scale: "standard" } });
    const report = await told(folder({ ...files, "plan.json": scaled }), "audit", "plan.json");
    expect(report.data?.columns[0].std).toBeCloseTo(1, 3);
    expect(report.causes.map(({ id }) => id)).not.toContain("inputs-not-scaled");
  });

  it("of a pair of IDX files", async () => {
    const at = folder({});
    mkdirSync(join(at, "d"));
    const head = (...sides: number[]) => [0, 0, 8, sides.length, ...sides.flatMap((n) => [0, 0, 0, n])];
    const rows = Array.from({ length: 40 }, (_, i) => [i % 2 ? 200 : 10, 30, 90, (i * 7) % 256]);
    writeFileSync(join(at, "d/x-images-idx3-ubyte"), Buffer.from([...head(40, 2, 2), ...rows.flat()]));
    writeFileSync(join(at, "d/x-labels-idx1-ubyte"), Buffer.from([...head(40), ...rows.map((_, i) => i % 2)]));
    const report = await told(at, "audit", "d/x-images-idx3-ubyte");
    expect(report.data).toMatchObject({ rows: 40, features: 4, task: "classification" });
  });
});
