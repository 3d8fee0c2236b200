/**
 * Samples per second of the engine beside TensorFlow.js and PyTorch (npm run bench). The sides take turns, and of the ratios of each
 * round the median counts: a machine that is busy with something else slows them all down. With one thread, processor time is counted
 * (but not of what is stacked on workers), which others disturb least.
 *
 *   node bench/engine.ts [part of a case's name] [--rounds 5] [--seconds 1.5] [--threads 2] [--costs]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { onnxRuntime } from "../src/engine/node/onnxruntime.ts";
import { CASES, type Case, operations } from "./cases.ts";
import { costs } from "./costs.ts";
import { type Measure, ours, processor, wall } from "./ours.ts";
import { peakOf } from "./peak.ts";
import { onWorker } from "./worker.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "1.5" },
    threads: { type: "string", default: "2" },
    costs: { type: "boolean" },
  },
});
const [rounds, seconds, threads] = [options.rounds, options.seconds, options.threads].map(Number);
const clock = threads === 1 ? processor : wall;
const here = import.meta.dirname;

type Peer = { name: "tfjs" | "torch"; process: ChildProcess; answers: AsyncIterator<string> };

function peer(name: Peer["name"], needs: string, command: string, script: string): Peer[] {
  if (!existsSync(`${here}/peers/${needs}`)) {
    process.stdout.write(`${name} is not installed (npm run bench:peers) and left out.\n`);
    return [];
  }
  const child = spawn(command, [`${here}/peers/${script}`, options.threads], { stdio: ["pipe", "pipe", "ignore"] });
  return [{ name, process: child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }];
}

const peers = [
  ...peer("tfjs", "node_modules", process.execPath, "tfjs.ts"),
  ...peer("torch", ".venv/bin/python", `${here}/peers/.venv/bin/python`, "torch_peer.py"),
];

/** Samples per second, or what the peer said instead. */
async function ask({ process: child, answers, name }: Peer, given: Case, seconds: number): Promise<number | string> {
  child.stdin!.write(`${JSON.stringify({ ...given, seconds })}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error(`${name} ended`);
  return Number.isNaN(Number(value)) ? value : Number(value);
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Ours: in this thread, or stacked on two workers with a thread each. */
function measured(given: Case): Measure {
  if (!given.stack) return ours(given, onnxRuntime(threads), clock);
  const both = [1, 2].map(() => onWorker({ ...given, stack: given.stack! / 2 }));
  return async (seconds) => (await Promise.all(both.map((measure) => measure(seconds)))).reduce((a, c) => a + c);
}

async function time(given: Case): Promise<string[]> {
  const measure = measured(given);
  const peak = await peakOf(threads, clock);
  const seen: Record<string, number[]> = { ours: [], tfjs: [], torch: [] };
  const failed: Record<string, string> = {};
  // The others train one of what is stacked here.
  const { stack: _, ...one } = given;
  for (let round = 0; round <= rounds; round++) {
    // The first round warms up.
    const length = round === 0 ? seconds / 2 : seconds;
    const told: [string, number | string][] = [["ours", await measure(length)]];
    for (const peer of peers) if (!failed[peer.name]) told.push([peer.name, await ask(peer, one, length)]);
    for (const [name, value] of told)
      if (typeof value === "string") failed[name] = value;
      else if (round > 0) seen[name].push(value);
  }
  const own = seen["ours"];
  const column = (name: "tfjs" | "torch") => {
    if (failed[name]) return ["fails", ""];
    if (seen[name].length === 0) return ["", ""];
    const times = median(seen[name].map((value, round) => own[round] / value));
    const [bar, goal] = given.bars?.[name] ?? [0, 0];
    const verdict = bar === 0 ? "" : times >= goal ? ` (≥ ${goal})` : times >= bar ? ` (≥ ${bar})` : ` (below ${bar})`;
    return [figure(median(seen[name])), `${times.toFixed(2)} ×${verdict}`];
  };
  const share = `${((100 * median(own) * operations(given)) / peak).toFixed(0)} %`;
  return [given.name, figure(median(own)), share, ...column("tfjs"), ...column("torch"), loadavg()[0].toFixed(1)];
}

const figure = (n: number) =>
  n < 1e4 ? n.toFixed(0) : n < 1e6 ? `${(n / 1e3).toFixed(1)} k` : `${(n / 1e6).toFixed(2)} M`;

const head = ["samples per second", "ours", "of peak", "TF.js wasm", "", "PyTorch", "", "load"];
const wide = [42, 9, 8, 11, 18, 9, 18, 5];
const line = (cells: string[]) =>
  `${cells
    .map((cell, i) => (i ? cell.padStart(wide[i]) : cell.padEnd(wide[i])))
    .join(" ")
    .trimEnd()}\n`;

process.stdout.write(`${threads} threads, median of ${rounds} rounds of ${seconds} s\n${line(head)}`);
if (!options.costs)
  for (const given of CASES)
    if (positionals.every((part) => given.name.includes(part))) process.stdout.write(line(await time(given)));
for (const one of peers) one.process.kill();
if (options.costs || positionals.length === 0)
  for await (const told of costs(rounds, seconds)) process.stdout.write(`${told}; load ${loadavg()[0].toFixed(1)}\n`);
process.exit();
