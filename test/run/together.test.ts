/** Several processes at once: every run gets a folder of its own, and a run is written by one of them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folder, plan, sides, table, unstuck } from "../cli/help.ts";

const SCRIPT = join(import.meta.dirname, "process.ts");
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** What a process prints until it ends, or its first line. */
function started(...args: string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  let out = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  const first = once(child.stdout, "data").then(() => out.trim());
  const all = once(child, "close").then(() => out.trim().split("\n"));
  return { child, first, all };
}
const temporary = () => mkdtempSync(join(tmpdir(), "unstuck-together-"));

describe("several processes", () => {
  it("that create runs of one name get a folder each", async () => {
    const at = temporary();
    const made = await Promise.all(Array.from({ length: 4 }, () => started("create", at, "25").all));
    expect(new Set(made.flat()).size).toBe(100);
    expect(readdirSync(at).length).toBe(100);
  });

  it("that take one run: a single one has it, also where a killed one left its lock", async () => {
    const at = temporary();
    for (let round = 0; round < 2; round++) {
      const racers = Array.from({ length: 4 }, () => started("take", at));
      const said = await Promise.all(racers.map(({ first }) => first));
      expect(said.toSorted()).toEqual(["UserError", "UserError", "UserError", "taken"]);
      expect(Number(readFileSync(join(at, "lock"), "utf8"))).toBe(racers[said.indexOf("taken")].child.pid);
      await Promise.all(racers.map(({ child, all }) => child.kill("SIGKILL") && all));
    }
    expect(readdirSync(at)).toEqual(["lock"]);
  });
});

it("train of a run that is being trained is refused; SIGTERM ends the training at once, and it can be resumed", async () => {
  const at = folder({ "t.csv": table(200, sides), "plan.json": plan("t.csv", { training: { epochs: 100_000 } }) });
  const run = join(at, ".unstuck/plan-1");
  const events = join(run, "events.ndjson");
  let [refused, asked] = [null as number | null, 0];
  const first = await unstuck(at, ["train", "plan.json", "--quiet"], (child) => {
    const timer = setInterval(async () => {
      if (!existsSync(events) || statSync(events).size < 10_000) return;
      clearInterval(timer);
      refused = (await unstuck(at, ["train", run, "--quiet"])).code;
      asked = performance.now();
      child.kill("SIGTERM");
    }, 20);
  });
  const seconds = (performance.now() - asked) / 1000;
  expect([first.code, refused]).toEqual([130, 2]);
  // The promise is half a second; a busy machine may take longer to end a process.
  expect(seconds).toBeLessThan(2);
  expect(existsSync(join(run, "lock"))).toBe(false);
  const resumed = await unstuck(at, ["train", run], (child, out) => {
    const timer = setInterval(() => out().includes("after epoch") && child.kill("SIGTERM"), 100);
    child.on("close", () => clearInterval(timer));
  });
  expect(resumed.code).toBe(130);
});

it.skipIf(!existsSync("/dev/full"))("a full disk: exit code 2, and the run is as it was", async () => {
  const at = folder({ "t.csv": table(200, sides), "plan.json": plan("t.csv", { training: { epochs: 100_000 } }) });
  const run = join(at, ".unstuck/plan-1");
  const events = join(run, "events.ndjson");
  const { code, err } = await unstuck(at, ["train", "plan.json", "--quiet"], () => {
    const timer = setInterval(() => {
      if (!existsSync(events) || statSync(events).size < 10_000) return;
      clearInterval(timer);
      linkSync(events, join(at, "kept"));
      symlinkSync("/dev/full", join(at, "full"));
      renameSync(join(at, "full"), events);
    }, 20);
  });
  expect([code, err.trim().split("\n").length]).toEqual([2, 1]);

  renameSync(join(at, "kept"), events);
  expect((await unstuck(at, ["why", run, "--quiet"])).code).toBe(0);
});
