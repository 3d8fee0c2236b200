/** What is told beside the causes: symptoms, no facts that healthy trainings show as well. */

import { expect, test } from "vitest";
import { neutral } from "../../src/checks/index.ts";
import { countedNote, otherFindings } from "../../src/report/words.ts";
import { capital } from "../../src/words.ts";
import { samples } from "./samples.ts";

const seen = (check: string) => ({ check, state: "present" as const, strength: 1, says: `${check}.`, where: [] });

test.each([
  ["task: classification", "Task: classification"],
  ["dense_1 has 2 units", "dense_1 has 2 units"],
  ["binaryAccuracy counts", "binaryAccuracy counts"],
  ["", ""],
])("capital of %j", (text, told) => {
  expect(capital(text)).toBe(told);
});

test("an R² below −1 is said to count as −1", () => {
  const { before, after } = samples.stuck.metric;
  const of = (name: string, values: number[]) =>
    countedNote({ ...samples.stuck, metric: { ...samples.stuck.metric, name, before: { ...before!, values }, after } });
  expect(of("r2", [-4, 0.1])).toMatch(/−1/);
  expect([of("r2", [0.1, 0.2]), of("mae", [-4])]).toEqual(["", ""]);
});

test("neutral facts are left out", () => {
  const findings = [...neutral, "dead-units"].map(seen);
  expect(neutral.size).toBeGreaterThan(0);
  expect(otherFindings({ ...samples.healthy, findings })).toEqual(["dead-units."]);
});
