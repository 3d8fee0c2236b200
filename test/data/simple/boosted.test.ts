/** Boosted trees beside scikit-learn's HistGradientBoosting on the same tables (test/fixtures/boosted_reference.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { prepare } from "../../../src/data/prepare.ts";
import { baselines } from "../../../src/data/simple/baselines.ts";
import { boostedCases } from "../../fixtures/boosted-cases.ts";
import { csv, datasetOf, planOf } from "../helpers.ts";

const reference = JSON.parse(readFileSync(new URL("../../fixtures/boosted.json", import.meta.url), "utf8")) as Record<
  string,
  number
>;
const tail = { validation: { fraction: 0.25, split: "tail" } };

test.each(Object.entries(boostedCases()))("%s within three points", (name, { x, y, classes }) => {
  const header = [...x[0].keys()].map((c) => `c${c}`);
  const plan = planOf({ task: classes ? "classification" : "regression", ...tail });
  const dataset = datasetOf(
    csv([...header, "y"].join(","), x.length, (i) => [...x[i], y[i]]),
    plan,
  );
  const data = prepare(plan, dataset, 1, classes ? Math.max(2, ...y.map((v) => v + 1)) : 1);
  const told = baselines(dataset, data, { name: classes ? "accuracy" : "r2", k: 5 });
  const found = told.find((one) => one.name === "boosted trees")!.value;
  expect(Math.abs(found - reference[name]), `${found} and ${reference[name]}`).toBeLessThan(0.03);
});
