/** A run that is killed anywhere and gone on with ends with the same bits as one that never was. */
import { existsSync, mkdtempSync, readFileSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { TrainEvent } from "../../src/engine/events.ts";
import { graphEngine } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Plan, PlanInput } from "../../src/plan/plan.ts";
import { stream, uniform } from "../../src/random.ts";
import { Keeper, leftAt } from "../../src/run/node/keeper.ts";
import { RunWriter, readRun, readRunWeights } from "../../src/run/node/store.ts";
import { folder, plan as planFile, sides, table, unstuck } from "../cli/help.ts";
import { classes, dense, plan } from "../engine/small.ts";
import { head } from "./heads.ts";

const engine = graphEngine(onnxRuntime(1));
const data = classes(150, [6], 3);
const options = { seeds: [1], checkpoints: 1, snapshots: 8, predictions: true, weights: true };

const network = [
  dense(16, "relu"),
  { layer: "batchNormalization" },
  { layer: "dropout", rate: 0.3 },
  { layer: "gaussianNoise", std: 0.1 },
  dense(3, "softmax"),
] as PlanInput["network"];
const the = (training: object): Plan => plan({ network, training: { batchSize: 16, epochs: 12, ...training } });

const PLANS: { name: string; plan: Plan; ends: string }[] = [
  {
    name: "adam, rate on plateau, best weights",
    plan: the({
      optimizer: { name: "adam", learningRate: 0.02 },
      schedule: { name: "reduceOnPlateau", patience: 1, factor: 0.5 },
      earlyStopping: { patience: 50, restoreBest: true },
    }),
    ends: "finished",
  },
  {
    name: "nesterov, warm-up, averaged weights",
    plan: the({
      optimizer: { name: "sgd", learningRate: 0.05, momentum: 0.9, nesterov: true },
      schedule: { name: "warmup", epochs: 4 },
      averageWeights: 0.9,
    }),
    ends: "finished",
  },
  {
    name: "stopped early",
    plan: the({
      optimizer: { name: "rmsprop", learningRate: 0.3 },
      epochs: 40,
      earlyStopping: { patience: 2, after: 3 },
    }),
    ends: "early-stopping",
  },
  {
    name: "diverging",
    plan: the({ optimizer: { name: "sgd", learningRate: 1e30 }, epochs: 3 }),
    ends: "diverged",
  },
];

/** A place in the events at which to be killed, and how many bytes of the last line were written. */
type Kill = { after: number; torn: number };

async function trained(folder: string, writer: RunWriter, kill?: Kill): Promise<boolean> {
  const { from } = existsSync(join(folder, "events.ndjson")) ? leftAt(folder) : {};
  // A checkpoint in every other epoch or so, as the clock would have it.
  const keeper = new Keeper(writer, kill && kill.after % 2 === 0 ? 1e-3 : 0);
  let left = kill?.after ?? Number.POSITIVE_INFINITY;
  for await (const event of engine.train(theOf.get(folder)!, data, { ...options, from })) {
    keeper.keep(event as TrainEvent);
    if (event.type === "end") return true;
    if (--left === 0) {
      const path = join(folder, "events.ndjson");
      // Only what was written last can be cut short.
      if (event.type !== "checkpoint" && event.type !== "weights")
        truncateSync(path, Math.max(0, statSync(path).size - kill!.torn));
      return false;
    }
  }
  throw new Error("the training told no end");
}
const theOf = new Map<string, Plan>();

function begun(the: Plan): RunWriter {
  const writer = RunWriter.create(mkdtempSync(join(tmpdir(), "unstuck-killed-")), "plan", {
    ...head,
    seed: 1,
    task: "classification",
  });
  theOf.set(writer.folder, the);
  return writer;
}

/** All that was kept but the clock's time. */
const kept = (folder: string) => {
  const { run, checkpoint } = readRun(folder);
  return {
    run: { ...run, epochs: run.epochs.map((epoch) => ({ ...epoch, seconds: 0 })) },
    checkpoint,
    weights: readRunWeights(folder),
  };
};

const KILLS = 13;

describe.each(PLANS)("$name", ({ name, plan: the, ends }) => {
  it(`killed at ${KILLS} places`, async () => {
    const whole = begun(the);
    await trained(whole.folder, whole);
    expect(kept(whole.folder).run.end?.reason).toBe(ends);
    const base = stream(name.length, 1);
    const broken = begun(the);
    for (let n = 0; n < KILLS; n++) {
      const kill = {
        after: 1 + Math.floor(uniform(base, 2 * n) * 12),
        torn: Math.floor(uniform(base, 2 * n + 1) * 60),
      };
      const writer = n === 0 ? broken : RunWriter.resume(broken.folder);
      if (await trained(broken.folder, writer, kill)) break;
    }
    if (!readRun(broken.folder).run.end) await trained(broken.folder, RunWriter.resume(broken.folder));
    expect(kept(broken.folder)).toEqual(kept(whole.folder));
  });
});

it("a checkpoint after which the training ended goes on with nothing but the end", async () => {
  const the = PLANS[2].plan;
  const events: TrainEvent[] = [];
  for await (const event of engine.train(the, data, options)) events.push(event);
  const last = events.findLast((event) => event.type === "checkpoint");
  if (last?.type !== "checkpoint") throw new Error("no checkpoint was told");
  expect(last.checkpoint.ended).toBe("early-stopping");
  const rest: TrainEvent[] = [];
  for await (const event of engine.train(the, data, { ...options, from: last.checkpoint })) rest.push(event);
  expect(rest.map(({ type }) => type)).toEqual(["start", "weights", "predictions", "end"]);
  expect(rest.slice(1)).toEqual(events.slice(-3));
});

describe("the bin, by SIGKILL", () => {
  it("a run killed time and again ends as one that never was", async () => {
    const training = { epochs: 60, earlyStopping: { patience: 60, restoreBest: true } };
    const at = folder({
      "t.csv": table(200, sides),
      "plan.json": planFile("t.csv", {
        network: [
          { layer: "dense", units: 8, activation: "relu" },
          { layer: "dropout", rate: 0.2 },
          dense(2, "softmax"),
        ],
        training: { ...training, batchSize: 8 },
      }),
    });
    const args = ["train", "plan.json", "--quiet", "--threads", "1"];
    expect((await unstuck(at, args)).code).toBe(0);
    const broken = join(at, ".unstuck", "plan-2");
    let kills = 0;
    for (let n = 0; ; n++) {
      const what = n === 0 ? args : ["train", broken, "--quiet"];
      const { code } = await unstuck(at, what, (child) => {
        const before =
          n === 0 || !existsSync(join(broken, "events.ndjson")) ? 0 : statSync(join(broken, "events.ndjson")).size;
        const grown = setInterval(() => {
          const path = join(broken, "events.ndjson");
          if (kills >= 3 || !existsSync(path) || statSync(path).size < before + 4000 * kills) return;
          clearInterval(grown);
          kills += child.kill("SIGKILL") ? 1 : 0;
        }, 5);
        child.on("close", () => clearInterval(grown));
      });
      if (code !== null) break;
    }
    expect(kills).toBeGreaterThan(0);
    const bytes = (run: string) => readFileSync(join(at, ".unstuck", run, "weights.safetensors"));
    expect(bytes("plan-2").equals(bytes("plan-1"))).toBe(true);
    const timeless = (run: string) => {
      const { run: told, checkpoint } = readRun(join(at, ".unstuck", run));
      return { ...told, checkpoint, epochs: told.epochs.map((epoch) => ({ ...epoch, seconds: 0 })) };
    };
    expect(timeless("plan-2")).toEqual(timeless("plan-1"));
  });
});
