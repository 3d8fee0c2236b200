/** Files on which the product once failed: each ends soon, in little memory, with a sentence that a terminal can show. */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BIN, temporary } from "../cli/help.ts";

const SHARED = resolve(import.meta.dirname, "../../../shared/hostile");
const there = existsSync(SHARED);
if (!there) console.warn(`${SHARED} is not there: its files are not tried.`);

type Ended = { code: number | null; text: string; seconds: number; megabytes: number };

/** The bin, which writes on a fourth stream how much memory it took. */
function run(cwd: string, args: readonly string[]): Promise<Ended> {
  const told = `const{isMainThread}=process.getBuiltinModule("worker_threads");if(isMainThread)process.on("exit",()=>process.getBuiltinModule("fs").writeSync(3,String(process.resourceUsage().maxRSS)))`;
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(told)}`, BIN, ...args],
    {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    },
  );
  const began = performance.now();
  const texts = ["", "", "", ""];
  for (const i of [1, 2, 3])
    child.stdio[i]!.on("data", (chunk) => {
      texts[i] += chunk;
    });
  return new Promise((end) =>
    child.on("close", (code) => {
      const seconds = (performance.now() - began) / 1000;
      end({ code, text: texts[1] + texts[2], seconds, megabytes: Number(texts[3]) / 1000 });
    }),
  );
}

// A machine that is busy with the other tests is some ten times slower than an idle one, which takes 2 s at most.
const SECONDS = 20;
const MEGABYTES = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const OBEYED = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/;

function expectCalm({ text, seconds, megabytes }: Ended): void {
  expect(text).not.toMatch(OBEYED);
  expect(seconds).toBeLessThan(SECONDS);
  expect(megabytes).toBeLessThan(MEGABYTES);
}

describe.skipIf(!there)("refused", () => {
  const plans = [
    "deep1000.json",
    "deep2000.json",
    "deep3k.json",
    "self.yaml",
    "attr.json",
    "nul.json",
    "longpath.json",
  ];
  it.each<[string, string[]]>([
    ...plans.map((file): [string, string[]] => [file, ["fix"]]),
    ["nultfjs.json", ["fix"]],
    ["csv_ansi.csv", ["audit", "--target", "none"]],
    ["longcell.csv", ["fix", "--target", "y"]],
    ["text.npy", ["audit", "--target", "y"]],
  ])("%s %j", async (file, [verb, ...options]) => {
    const cwd = temporary();
    for (const name of readdirSync(SHARED)) if (!/wav$/.test(name)) copyFileSync(join(SHARED, name), join(cwd, name));
    const before = readdirSync(cwd);
    const ended = await run(cwd, [verb, file, ...options]);
    expectCalm(ended);
    expect(ended.code).toBe(2);
    expect(ended.text.trim().length).toBeLessThanOrEqual(300);
    expect(readdirSync(cwd)).toEqual(before);
  });

  it.each(["wav-rate-4294967295.wav", "wav-one-bit-flip-rate-33562432.wav", "wav-one-bit-flip-rate-536878912.wav"])(
    "%s",
    async (file) => {
      const cwd = temporary();
      for (const name of ["a", "b"]) {
        mkdirSync(join(cwd, "sounds", name), { recursive: true });
        copyFileSync(join(SHARED, file), join(cwd, "sounds", name, "1.wav"));
      }
      const ended = await run(cwd, ["audit", "sounds"]);
      expectCalm(ended);
      expect(ended.code).toBe(2);
      expect(ended.text.trim().length).toBeLessThanOrEqual(300);
    },
  );
});

describe.skipIf(!there)("read", () => {
  it.each(["m2000.npz", "longcell.csv"])("%s", async (file) => {
    const ended = await run(SHARED, ["audit", file, "--target", "y"]);
    expectCalm(ended);
    expect(ended.code).toBe(0);
    for (const line of ended.text.split("\n")) expect(line.length).toBeLessThan(300);
  });
});
