/** unstuck as a library: the diagnosis of numbers that you already have, and the whole repair of a plan.
 *
 * In the checkout: npm run example. In a project with unstuck installed, copy this file to library.mts, a module whatever the project is: node library.mts
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Case, diagnose, type PlanInput } from "unstuck";
import { fixPlan } from "unstuck/node";

const plan: PlanInput = {
  data: { source: "flats.csv", target: "sold" },
  network: [
    { layer: "dense", units: 16, activation: "relu" },
    { layer: "dense", units: 2, activation: "softmax" },
  ],
  training: { loss: "categoricalCrossentropy", optimizer: { name: "sgd", learningRate: 0.1 }, epochs: 30 },
};

// 1. A diagnosis: no files, no training, in a browser too. Whatever is known goes into a Case; every part is optional.
const known: Case = {
  version: 1,
  task: "classification",
  training: { optimizer: { name: "sgd", learningRate: 3 }, batchSize: 32 },
  steps: { loss: [0.9, 14, 3100, 4.2e6, Number.NaN], rate: [3, 3, 3, 3, 3] },
};
const { suspects, findings } = diagnose(known);
console.log("From five losses and the optimizer:");
for (const { id, suspicion, says } of suspects.slice(0, 3)) console.log(`  ${id} (${suspicion.toFixed(2)}): ${says}`);
console.log(
  `  ${findings.filter(({ state }) => state === "unknown").length} checks are unknown: these numbers do not contain what they need.\n`,
);

// 2. The repair: trains the plan, tries remedies on paired seeds, proves them. Nothing is printed or written.
const folder = mkdtempSync(join(tmpdir(), "unstuck-"));
const flats = Array.from({ length: 240 }, (_, i) => {
  const [area, price] = [20 + ((i * 37) % 131), 90_000 + ((i * 7919) % 611) * 1000];
  return `${area},${price},${price / area < 4000 ? "yes" : "no"}`;
});
writeFileSync(join(folder, "flats.csv"), ["area,price,sold", ...flats].join("\n"));
writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
const report = await fixPlan(join(folder, "plan.json"), {
  // The budget: the cost of 100 trainings of the plan, so the report is the same on every machine. In seconds: `budget`.
  trainings: 100,
  // Ends early, with what is known by then.
  signal: AbortSignal.timeout(60_000),
});
rmSync(folder, { recursive: true });

console.log("Repaired:");
console.log(`  ${report.headline}`);
for (const { path, from, to } of report.prescription?.changes ?? [])
  console.log(`  ${path}: ${JSON.stringify(from)} → ${JSON.stringify(to)}`);
