/** What a probe leaves of a plan and of its rows. */
import { describe, expect, it } from "vitest";
import { expectedAt } from "../src/checks/more-rows.ts";
import { prepare } from "../src/data/prepare.ts";
import { vary } from "../src/jobs/vary.ts";
import { parsePlan } from "../src/plan/plan.ts";
import { outOfFold, probabilities } from "../src/probes/out-of-fold.ts";
import { overfitOneBatch } from "../src/probes/overfit-one-batch.ts";
import type { Run } from "../src/run/run.ts";
import { csv, datasetOf, planOf } from "./data/helpers.ts";

const ROWS = 120;
const given = planOf({ task: "classification" });
const side = (i: number) => i % 2;
// The rows from 50 to 54 carry the other label.
const dataset = datasetOf(
  csv("c0,y", ROWS, (i) => [side(i) * 4 + Math.sin(i), i >= 50 && i < 55 ? 1 - side(i) : side(i)]),
  given,
);
const data = prepare(given, dataset, 1, 2);
const toy = { dataset, data, rows: data.train.length, stepsPerEpoch: 4, steps: 1e6, seed: 1 };

it("nothing holds back a network that is to learn one batch", () => {
  const lstm = { layer: "lstm", units: 2, dropout: 0.5, l2: 0.1 };
  const plan = parsePlan({
    data: { source: "a", target: "y" },
    network: [
      { layer: "gaussianNoise", std: 1 },
      { layer: "dense", units: 4, l1: 0.1, l2: 0.1 },
      { layer: "batchNormalization" },
      { layer: "dropout", rate: 0.5 },
      lstm,
      { layer: "bidirectional", of: lstm },
    ],
    training: { averageWeights: 0.999, earlyStopping: {}, schedule: { name: "cosine" } },
  });
  const known = { version: 1 as const };
  const context = { ...toy, plan, seed: 1, known, rows: 100, stepsPerEpoch: 4, steps: 100 };
  const [job] = overfitOneBatch.jobs(context);
  const free = { dropout: 0, l1: 0, l2: 0 };
  expect(job.plan.network).toMatchObject([
    { std: 0 },
    { units: 4, l1: 0, l2: 0 },
    { momentum: 0 },
    { rate: 0 },
    free,
    { of: free },
  ]);
  expect(job.plan.training).toMatchObject({ averageWeights: null, earlyStopping: null, schedule: null });
});

describe("out of fold", () => {
  const known = { version: 1 as const, task: "classification" as const };
  const context = { ...toy, plan: given, known };
  const jobs = outOfFold.jobs(context);
  const parts = jobs.map(({ variation, seed }) => vary(data, variation, seed));

  it("each seed judges every row once, and none that it trained on", () => {
    const own = parts.slice(0, 5);
    expect(own.flatMap(({ validation }) => [...validation]).sort((a, b) => a - b)).toEqual([...Array(ROWS).keys()]);
    for (const { train, validation } of own) {
      expect(train.length + validation.length).toBe(ROWS);
      expect(train.filter((row) => validation.includes(row))).toHaveLength(0);
    }
  });

  it("the rows that are trained on twice are so still, and on one side", () => {
    const twice = { ...data, train: Uint32Array.from([...data.train, ...data.train.slice(0, 9)]) };
    for (const { variation } of jobs.slice(0, 5)) {
      const { train, validation } = vary(twice, variation, 1);
      expect(train.length).toBeGreaterThan(ROWS - validation.length - 1);
      expect(train.filter((row) => validation.includes(row))).toHaveLength(0);
    }
  });

  it("stops where the plan's own training did best, and is not tried where it does not fit", () => {
    const epochs = [3, 1, 2].map((loss, i) => ({
      epoch: i + 1,
      step: i,
      train: null,
      validation: { loss, score: 0 },
      rate: 1,
    }));
    expect(outOfFold.jobs({ ...context, known: { ...known, epochs } })[0].plan.training).toMatchObject({ epochs: 2 });
    expect(outOfFold.jobs({ ...context, steps: 4 })).toEqual([]);
  });

  const told = (right: (row: number) => number, units: number, logits = false): Run[] =>
    parts.map(({ validation }) => {
      const outputs = [...validation].flatMap((row) => {
        const p = side(row) === 1 ? right(row) : 1 - right(row);
        const logit = (v: number) => (logits ? Math.log(v) : v);
        return units === 1 ? [logits ? Math.log(p / (1 - p)) : p] : [logit(1 - p), logit(p)];
      });
      return { predictions: { type: "predictions", rows: [...validation], units, outputs } } as unknown as Run;
    });

  it.each([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ])("names the planted rows, with %i units, logits: %s", (units, logits) => {
    const { suspectLabels: found } = outOfFold.read(
      told(() => 0.9, units, logits),
      context,
    );
    expect(found).toMatchObject({ network: true });
    expect(found!.rows.map(({ row }) => row).sort()).toEqual([50, 51, 52, 53, 54]);
  });

  it("a network that knows less than simple models has no say", () => {
    expect(
      outOfFold.read(
        told((row) => (row % 7 < 3 ? 0.1 : 0.9), 2),
        context,
      ),
    ).toEqual({});
  });

  it("outputs that are none of the classes tell nothing", () => {
    const three = datasetOf(
      csv("c0,y", ROWS, (i) => [i, i % 3]),
      given,
    );
    expect(
      probabilities(
        told(() => 0.9, 1),
        three,
      ),
    ).toBeNull();
  });
});

describe("the curve of rows", () => {
  const points = (of: (rows: number) => number, spread = 0) =>
    [50, 100, 200, 400].map((rows) => ({ rows, scores: [-1, 0, 1].map((k) => of(rows) + k * spread) }));

  it("goes on as the power law does", () => {
    const law = (rows: number) => 0.95 - 2 * rows ** -0.6;
    expect(expectedAt(points(law), 800).score).toBeCloseTo(law(800), 2);
  });
  it("never passes the best score, nor falls", () => {
    expect(
      expectedAt(
        points((rows) => 0.2 * Math.log10(rows) + 0.47),
        1e6,
      ).score,
    ).toBeLessThanOrEqual(1);
    expect(
      expectedAt(
        points((rows) => 0.9 - rows / 1e4),
        800,
      ).score,
    ).toBeCloseTo(0.86);
  });
  it("is as uncertain as seeds differ", () => {
    const width = (spread: number) => {
      const { low, high } = expectedAt(
        points((rows) => 0.95 - 2 * rows ** -0.6, spread),
        800,
      );
      return high - low;
    };
    expect(width(0.02)).toBeGreaterThan(2 * width(0.005));
    const once = points((rows) => rows / 1000).map(({ rows, scores }) => ({ rows, scores: scores.slice(0, 1) }));
    const { score, low, high } = expectedAt(once, 800);
    expect([low, high]).toEqual([score, score]);
  });
});
