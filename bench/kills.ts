/** Kills `train` and `fix` by SIGKILL at random moments and checks that what follows ends as if nothing had happened: npm run bench:kills. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stream, uniform } from "../src/random.ts";
import { readCheckpoints, readRun } from "../src/run/node/store.ts";

const BIN = resolve(import.meta.dirname, "../bin/unstuck.mjs");
const [trainKills = 100, fixKills = 20] = process.argv.slice(2).map(Number);
const draws = stream(18, 3);
let drawn = 0;
const chance = (): number => uniform(draws, drawn++);

/** Of all that a checkpoint has to hold. */
const long = {
  data: { source: "t.csv", target: "y" },
  network: [
    { layer: "dense", units: 16, activation: "relu" },
    { layer: "batchNormalization" },
    { layer: "dropout", rate: 0.2 },
    { layer: "dense", units: 2, activation: "softmax" },
  ],
  training: {
    optimizer: { name: "adam", learningRate: 0.003 },
    batchSize: 8,
    epochs: 400,
    earlyStopping: { patience: 400, restoreBest: true },
    schedule: { name: "reduceOnPlateau", patience: 20 },
  },
};

/** For the many trainings of fix. */
const short = {
  ...long,
  network: [long.network[0], long.network[3]],
  training: { optimizer: long.training.optimizer, batchSize: 8, epochs: 30 },
};

function folder(plan: object): string {
  const at = mkdtempSync(join(tmpdir(), "unstuck-kills-"));
  const rows = Array.from({ length: 300 }, (_, row) => {
    const [a, b] = [1, 2].map((column) => uniform(stream(7, column), row) - 0.5);
    return `${(100 * a).toFixed(2)},${b.toFixed(3)},${a + b > 0 ? "right" : "left"}`;
  });
  writeFileSync(join(at, "t.csv"), ["a,b,y", ...rows, ""].join("\n"));
  writeFileSync(join(at, "plan.json"), JSON.stringify(plan));
  return at;
}

type Ended = { code: number | null; out: string; err: string; seconds: number };

/** Runs the bin; after so many seconds it is killed. */
function run(cwd: string, args: readonly string[], after?: number): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, ...args, "--quiet"], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const timer = after === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), after * 1000);
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text.err += chunk;
  });
  return new Promise((done) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code, ...text, seconds: (performance.now() - began) / 1000 });
    }),
  );
}

/** All that a run keeps but the clock's time. */
function kept(at: string): string {
  const { run: of, skipped } = readRun(at);
  const [checkpoint] = readCheckpoints(at);
  const weights = readFileSync(join(at, "weights.safetensors"), "hex");
  const epochs = of.epochs.map((epoch) => ({ ...epoch, seconds: 0 }));
  return JSON.stringify([{ ...of, epochs }, skipped, checkpoint, weights]);
}

const failures: string[] = [];
const check = (holds: boolean, what: string) => holds || failures.push(what);

async function killTrain(kills: number): Promise<void> {
  const at = folder(long);
  const args = ["train", "plan.json", "--threads", "1"];
  const { seconds, code } = await run(at, args);
  check(code === 0, "the training that is not killed");
  const runs = join(at, ".unstuck");
  const whole = kept(join(runs, "plan-1"));
  let [killed, finished, open] = [0, 0, null as string | null];
  while (killed < kills || open) {
    const before = new Set(readdirSync(runs));
    const last = killed >= kills;
    // Now and then while it starts, else anywhere in it.
    const after = last ? undefined : chance() < 0.2 ? 0.6 * chance() : 0.3 + seconds * chance();
    const one = await run(at, open ? ["train", open] : args, after);
    const made: string | undefined = readdirSync(runs).find((name) => !before.has(name));
    const current: string | null = open ?? (made && existsSync(join(runs, made, "run.json")) ? join(runs, made) : null);
    if (one.code === null) killed++;
    else check(one.code === 0, `train ended with ${one.code}: ${one.err}`);
    open = one.code === null ? current : null;
    // Killed after its last event was written.
    if (open && readRun(open).run.end) open = null;
    if (one.code !== 0 || !current) continue;
    finished++;
    check(kept(current) === whole, `${current} is not the run that was not killed`);
  }
  console.log(`train: ${killed} kills, ${finished} trainings came to their end, ${seconds.toFixed(1)} s one alone`);
  rmSync(at, { recursive: true });
}

const GIVEN = ["t.csv", "plan.json"];

async function killFix(kills: number): Promise<void> {
  const at = folder(short);
  const clear = () => {
    for (const name of readdirSync(at)) if (!GIVEN.includes(name)) rmSync(join(at, name), { recursive: true });
  };
  const given = GIVEN.map((name) => readFileSync(join(at, name), "utf8"));
  const args = ["fix", "plan.json", "--json", "--trainings", "60", "--threads", "1"];
  const first = await run(at, args);
  check(first.code === 0, `fix ended with ${first.code}: ${first.err}`);
  let [killed, parts] = [0, 0];
  for (let n = 0; n < kills; n++) {
    clear();
    const ended = await run(at, args, 0.2 + first.seconds * 1.1 * chance());
    if (ended.code === null) killed++;
    for (const name of readdirSync(at)) {
      const text = name === ".unstuck" ? "" : readFileSync(join(at, name), "utf8");
      if (name.endsWith(".part")) parts++;
      else if (name.endsWith(".html")) check(text.trimEnd().endsWith("</html>"), `${name} is not whole`);
      else if (name.endsWith(".json")) check(isJson(text), `${name} is not whole`);
    }
  }
  clear();
  const again = await run(at, args);
  check(again.code === 0 && numbers(again.out) === numbers(first.out), "fix again does not end with the same report");
  check(
    GIVEN.every((name, i) => readFileSync(join(at, name), "utf8") === given[i]),
    "a file of the user was changed",
  );
  console.log(
    `fix: ${killed} kills of ${kills} commands, ${parts} files left aside, ${first.seconds.toFixed(1)} s one alone`,
  );
  rmSync(at, { recursive: true });
}

/** A report but for the time it took. */
const numbers = (report: string): string => JSON.stringify({ ...JSON.parse(report), cost: null });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

if (trainKills > 0) await killTrain(trainKills);
if (fixKills > 0) await killFix(fixKills);
for (const failure of failures) console.error(`FAILED ${failure}`);
process.exitCode = failures.length > 0 ? 1 : 0;
