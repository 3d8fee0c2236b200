/** Spoilt plans and tables end in something that can be trained or in a sentence, never in a failure of ours. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { diagnose } from "../../src/causes/diagnose.ts";
import { workOf } from "../../src/cli/what.ts";
import { audit } from "../../src/trials/examine.ts";
import { subjectOf } from "../../src/trials/subject.ts";
import { UserError } from "../../src/user-error.ts";
import { drawer, spoiltPlan, spoiltText } from "./fuzz.ts";
import { folder, plan, sides, table } from "./help.ts";

const csv = table(30, sides);
const PLANS = [
  plan("t.csv"),
  plan("t.csv", {
    data: {
      scale: "standard",
      missing: "mean",
      validation: { fraction: 0.3, split: "stratified" },
      test: { fraction: 0.1 },
    },
    training: {
      loss: "mse",
      batchSize: 8,
      schedule: { name: "step", factor: 0.5, every: 2 },
      earlyStopping: { patience: 2 },
    },
    metric: "f1",
  }),
  plan("t.csv", {
    data: { features: ["a", "b"], labels: { left: 0, right: 1 }, drop: [1, 2], classWeights: "balanced" },
    network: [
      { layer: "reshape", targetShape: [2, 1, 1] },
      { layer: "conv2d", filters: 2, kernelSize: [2, 1], activation: "tanh", kernelInit: "heNormal" },
      { layer: "flatten" },
      { layer: "dropout", rate: 0.2 },
      { layer: "dense", units: 2, activation: "softmax", l2: 0.01 },
    ],
  }),
];
// FUZZ=10000 for the long one.
const TRIES = Number(process.env["FUZZ"] ?? 400);

/** What comes of it: "taken", or the sentences it is refused with. */
async function outcome(path: string, target?: string[]): Promise<string> {
  try {
    const work = await workOf(path, { target });
    const { known } = audit(subjectOf(work.plan, work.given, await work.load(work.plan)), 1);
    const failed = diagnose(known).findings.filter(({ state }) => state === "failed");
    expect(failed).toEqual([]);
    return "taken";
  } catch (error) {
    if (error instanceof UserError && error.fact && error.todo) return error.message;
    throw error;
  }
}

it("plans", { timeout: 600_000 }, async () => {
  const at = folder({ "t.csv": csv });
  const path = join(at, "plan.json");
  let taken = 0;
  for (let i = 0; i < TRIES; i++) {
    const spoilt = JSON.stringify(spoiltPlan(PLANS[i % PLANS.length], drawer(i)));
    writeFileSync(path, i % 7 === 0 ? spoiltText(spoilt, drawer(i)) : spoilt);
    const told = await outcome(path).catch((error) => {
      throw new Error(`plan ${i}: ${spoilt}`, { cause: error });
    });
    if (told === "taken") taken++;
  }
  expect(taken).toBeGreaterThan(TRIES / 20);
});

it("tables", { timeout: 600_000 }, async () => {
  const at = folder({});
  const path = join(at, "t.csv");
  let taken = 0;
  for (let i = 0; i < TRIES; i++) {
    const spoilt = spoiltText(csv, drawer(i));
    writeFileSync(path, spoilt);
    const told = await outcome(path, ["y"]).catch((error) => {
      throw new Error(`table ${i}: ${JSON.stringify(spoilt)}`, { cause: error });
    });
    if (told === "taken") taken++;
  }
  expect(taken).toBeGreaterThan(TRIES / 20);
});
