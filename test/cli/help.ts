/** Small tables and plans in a folder of their own, and the bin itself. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stream, uniform } from "../../src/random.ts";

export const BIN = resolve(import.meta.dirname, "../../bin/unstuck.mjs");

export const temporary = (): string => mkdtempSync(join(tmpdir(), "unstuck-cli-"));

/** Two columns a and b of −1 … 1, times `spread`, and a label told from a + b. */
export function table(rows: number, label: (sum: number, row: number) => string | number, spread = 1): string {
  const draw = (row: number, column: number) => 2 * uniform(stream(7, column), row) - 1;
  const lines = Array.from({ length: rows }, (_, row) => {
    const [a, b] = [draw(row, 1), draw(row, 2)];
    return `${(a * spread).toFixed(3)},${b.toFixed(3)},${label(a + b, row)}`;
  });
  return ["a,b,y", ...lines, ""].join("\n");
}

export const sides = (sum: number): string => (sum > 0 ? "right" : "left");

type Parts = { data?: object; network?: object[]; training?: object; metric?: string };
export const plan = (source: string, { data, network, training, metric }: Parts = {}) => ({
  data: { source, target: "y", ...data },
  network: network ?? [
    { layer: "dense", units: 8, activation: "relu" },
    { layer: "dense", units: 2, activation: "softmax" },
  ],
  training: { optimizer: { name: "adam", learningRate: 0.01 }, epochs: 10, ...training },
  ...(metric && { metric }),
});

/** A folder with these files: text as it is, anything else as JSON. */
export function folder(files: Record<string, unknown>): string {
  const path = temporary();
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

export type Reported = { code: number | null; out: string; err: string };

/** Runs the bin; `during` may do something to it as it goes. */
export function unstuck(
  cwd: string,
  args: readonly string[],
  during?: (child: ChildProcess, out: () => string) => void,
): Promise<Reported> {
  const env = { ...process.env, NO_COLOR: "1" };
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  during?.(child, () => out);
  return new Promise((done) => child.on("close", (code) => done({ code, out, err })));
}

/** Ctrl-C, a moment after something is so. */
export const interruptOnce = (is: (out: string) => boolean) => (child: ChildProcess, out: () => string) => {
  const timer = setInterval(() => {
    if (!is(out())) return;
    clearInterval(timer);
    setTimeout(() => child.kill("SIGINT"), 100);
  }, 20);
  child.on("close", () => clearInterval(timer));
};
