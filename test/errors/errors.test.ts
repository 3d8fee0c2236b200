/** Which rows are missed: confusion as scikit-learn counts it, the surest mistakes with their rows, what is told of every task. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { prepare } from "../../src/data/prepare.ts";
import { type Errors, errorsOf } from "../../src/errors/errors.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { errorsPart } from "../../src/report/verdict/errors.ts";
import { mistakeText } from "../../src/report/words-errors.ts";
import { csv, datasetOf, planOf } from "../data/helpers.ts";
import fixture from "../fixtures/errors.json" with { type: "json" };

type Given = { rows: number[]; outputs: number[]; units: number; seed?: number };

/** What is told of some answers; rows are those of the table. */
function told(plan: Plan, dataset: Dataset, ...given: Given[]): Errors {
  const answers = given.map(({ rows, outputs, units, seed = 1 }) => ({
    predictions: { type: "predictions" as const, rows, units, outputs },
    data: prepare(plan, dataset, seed, units),
  }));
  return errorsOf(answers, { dataset, lastActivation: "softmax", tokens: plan.data.tokens }, 1)!;
}
const oneHot = (labels: number[], classes: number): number[] =>
  labels.flatMap((label) => Array.from({ length: classes }, (_, c) => (c === label ? 0.9 : 0.1 / (classes - 1))));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("classes", () => {
  it("are confused as scikit-learn counts it on the penguins", () => {
    const { rows, outputs, confusion, classes } = fixture.penguins;
    const text = readFileSync(join(import.meta.dirname, "../../examples/penguins.csv"), "utf8");
    const plan = planOf({ target: "Species", features: ["Beak Length (mm)", "Beak Depth (mm)", "Island"] });
    const errors = told(plan, datasetOf(text, plan), { rows, outputs, units: 3 });
    expect(errors.confusion).toEqual({ classes, counts: confusion });
    const wrong = confusion.flatMap((row, t) => row.filter((_, a) => a !== t)).reduce((a, b) => a + b, 0);
    expect([errors.rows, errors.missed]).toEqual([rows.length, wrong]);
    // The surest first, each with its row of the file and what that holds.
    const sure = errors.mistakes.map(({ confidence }) => confidence!);
    expect(sure).toEqual(sure.toSorted((a, b) => b - a));
    const lines = text.trim().split(/\r?\n/).slice(1);
    for (const { row, truth, values } of errors.mistakes) {
      expect(rows).toContain(row);
      expect(lines[row]).toContain(String(truth));
      for (const value of Object.values(values)) expect(lines[row]).toContain(String(value));
    }
  });

  it("are confused as scikit-learn counts it on the digits, the hardest told first", () => {
    const { truth, answer, confusion } = fixture.digits;
    const plan = planOf({ task: "classification" });
    const dataset = datasetOf(
      csv("x,y", truth.length, (i) => [i % 7, truth[i]]),
      plan,
    );
    const errors = told(plan, dataset, { rows: upTo(truth.length), outputs: oneHot(answer, 10), units: 10 });
    expect(errors.confusion?.counts).toEqual(confusion);
    const shares = errors.classes!.map(({ missed, rows }) => missed / rows);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    const [worst] = errors.pairs!;
    expect(worst.rows).toBe(Math.max(...confusion.flatMap((row, t) => row.filter((_, a) => a !== t))));
  });

  it("of rows whose label is missing are left out, and what a network that diverged answers", () => {
    const plan = planOf({ task: "classification" });
    const dataset = datasetOf(
      csv("x,y", 40, (i) => [i, i < 3 ? "" : ["a", "b"][i % 2]]),
      plan,
    );
    const answered = oneHot(
      upTo(40).map((i) => i % 2),
      2,
    );
    const errors = told(plan, dataset, { rows: upTo(40), outputs: answered, units: 2 });
    expect([errors.rows, errors.missed, errors.slices]).toEqual([37, 0, []]);
    expect(told(plan, dataset, { rows: upTo(40), outputs: answered.map(() => Number.NaN), units: 2 })).toBeNull();
  });
});

describe("rows of a folder", () => {
  it("are told by their files", () => {
    const plan = planOf({ task: "classification" });
    const dataset = datasetOf(
      csv("x,y", 40, (i) => [i, ["a", "b"][i % 2]]),
      plan,
    );
    dataset.table.files = upTo(40).map((i) => `${["a", "b"][i % 2]}/${i}.png`);
    const errors = told(plan, dataset, { rows: upTo(40), outputs: oneHot(new Array(40).fill(0), 2), units: 2 });
    for (const mistake of errors.mistakes) {
      expect(mistake.file).toBe(`b/${mistake.row}.png`);
      expect(mistakeText(mistake)).toContain(mistake.file);
    }
  });
});

describe("several seeds", () => {
  it("judge each row once, by the first network that was not trained on it", () => {
    const plan = planOf({ task: "classification" });
    const dataset = datasetOf(
      csv("x,y", 40, (i) => [i, ["a", "b"][i % 2]]),
      plan,
    );
    const wrong = {
      rows: upTo(20),
      outputs: oneHot(
        upTo(20).map(() => 0),
        2,
      ),
      units: 2,
    };
    const right = {
      rows: upTo(40),
      outputs: oneHot(
        upTo(40).map((i) => i % 2),
        2,
      ),
      units: 2,
      seed: 2,
    };
    const errors = told(plan, dataset, wrong, right);
    expect([errors.rows, errors.networks, errors.missed]).toEqual([40, 2, 10]);
  });
});

describe("other tasks", () => {
  it("numbers: how far off in the units of the file, and the bias by range", () => {
    const plan = planOf({ task: "regression", scaleTarget: "standard", validation: null });
    const dataset = datasetOf(
      csv("x,y", 50, (i) => [i % 5, 100 + i]),
      plan,
    );
    const { targetScale, y } = prepare(plan, dataset, 1, 1);
    // Always two too much, and row 7 forty too little.
    const outputs = upTo(50).map((i) => y[i] + (i === 7 ? -40 : 2) / targetScale.factor[0]);
    const errors = told(plan, dataset, { rows: upTo(50), outputs, units: 1 });
    expect(errors.missed).toBeNull();
    expect(errors.mistakes[0]).toMatchObject({ row: 7, truth: 107 });
    expect(errors.mistakes[0].answer).toBeCloseTo(67, 3);
    expect(errors.ranges!.map(({ rows }) => rows)).toEqual([10, 10, 10, 10, 10]);
    expect(errors.ranges![4]).toMatchObject({ from: 140, to: 149 });
    expect(errors.ranges![4].bias).toBeCloseTo(2, 3);
    expect(errors.ranges![0].mae).toBeCloseTo((9 * 2 + 40) / 10, 3);
  });

  it("labels: those not found and those wrongly given", () => {
    const plan = planOf({ target: ["p", "q"], task: "multilabel" });
    const dataset = datasetOf(
      csv("x,p,q", 40, (i) => [i, i % 2, i < 10 ? 1 : 0]),
      plan,
    );
    const outputs = upTo(40).flatMap((i) => [0.9, i < 10 ? (i < 4 ? 0.1 : 0.9) : 0.1]);
    const errors = told(plan, dataset, { rows: upTo(40), outputs, units: 2 });
    const [q, p] = errors.classes!;
    expect([q.name, q.rows, q.missed, q.wrongly]).toEqual(["q", 10, 4, 0]);
    expect([p.name, p.rows, p.missed, p.wrongly]).toEqual(["p", 20, 0, 20]);
    expect(errors.mistakes[0]).toMatchObject({ row: 0, truth: "q", answer: "p" });
  });

  it("sequences: the commonest wrong tokens, the lengths", () => {
    const plan = planOf({ task: "sequence" });
    const dataset = datasetOf(
      csv("x,y", 30, (i) => ["ab", i < 10 ? "ab" : "abb"]),
      plan,
    );
    const data = prepare(plan, dataset, 1, 3);
    const outputs = Array.from(data.y);
    for (let i = 0; i < 4; i++) outputs[i * 3] = 2;
    const errors = told(plan, dataset, { rows: upTo(30), outputs, units: 3 });
    expect(errors.missed).toBe(4);
    expect(errors.tokens).toEqual([{ truth: "a", answer: "b", times: 4, of: 30 }]);
    expect(errors.lengths).toEqual([
      { length: 2, rows: 10, missed: 4, tokensWrong: 0.2 },
      { length: 3, rows: 20, missed: 0, tokensWrong: 0 },
    ]);
    expect(errors.mistakes[0]).toMatchObject({ truth: "ab", answer: "bb" });
    // Four of the ten short ones, none of the others: too few to be told apart from chance after correction is up to the test.
    expect(errorsPart(errors, "given").collect).not.toBe("");
  });
});
