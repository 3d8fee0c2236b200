/** The catalogue of causes: what each is called, that its signs lead to it, and that its neighbours do not win. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Cause } from "../../src/causes/cause.ts";
import { type CauseId, causes } from "../../src/causes/index.ts";
import { rank } from "../../src/causes/rank.ts";
import { limitOf } from "../../src/checks/check.ts";
import { checks, runChecks } from "../../src/checks/index.ts";
import { PROBES } from "../../src/probes/parts.ts";
import { classes, column, epochs, falling, flat, known, numbers, profile, start, steps } from "../checks/parts.ts";
import {
  broken,
  cases,
  dense,
  learning,
  nan,
  numbersOf,
  type Parts,
  slow,
  stuck,
  sweep,
  trained,
  wide,
} from "./cases.ts";

const suspects = (parts: Parts) => rank(known(parts), runChecks(known(parts)));

describe("the catalogue", () => {
  test("a file for each id, an id for each file", () => {
    const apart = ["cause.ts", "diagnose.ts", "index.ts", "rank.ts"];
    const files = readdirSync("src/causes").filter((file) => !apart.includes(file));
    expect(files.sort(), "import each in src/causes/index.ts, and add it to the array").toEqual(
      causes.map((cause) => `${cause.id}.ts`).sort(),
    );
    const checkFiles = ["data", "network", "training", "layers"].flatMap((folder) =>
      readdirSync(`src/checks/${folder}`),
    );
    const entries = checkFiles.filter((file) => file !== "output-table.ts");
    expect(entries.sort(), "import each in src/checks/index.ts, and add it to the array").toEqual(
      checks.map((check) => `${check.id}.ts`).sort(),
    );
  });

  test("every check speaks for or against a cause", () => {
    const used = new Set(causes.flatMap((cause: Cause) => Object.keys(cause.signs)));
    const idle = checks.map((check) => check.id).filter((id) => !used.has(id));
    expect(idle, "name these in the `signs` of a cause").toEqual([]);
  });

  test.each(causes.map((cause) => [cause.id, cause as Cause] as const))("%s is complete", (_, cause) => {
    expect(cause.title.length * cause.short.length).toBeGreaterThan(0);
    expect(cause.short).not.toMatch(/[.:]$/);
    for (const probe of cause.probes) expect(Object.keys(PROBES)).toContain(probe);
    if (cause.proof !== "evidence") expect(cause.remedies.length).toBeGreaterThan(0);
    if (cause.proof !== "trial") expect(cause.evident).toBeDefined();
  });
});

describe("rank", () => {
  test("has a Case for every cause", () => {
    expect(cases.map(([id]) => id).sort(), "give each cause one Case in test/causes/cases.ts").toEqual(
      causes.map((cause) => cause.id).sort(),
    );
  });

  test.each(cases)("%s comes up to place %d", (id, place, parts) => {
    const ranked = suspects(parts);
    const at = ranked.findIndex((suspect) => suspect.id === id);
    const first = ranked
      .slice(0, Math.max(4, at + 1))
      .map((one) => `${one.id} ${one.suspicion.toFixed(2)} (${one.findings.join()})`)
      .join("\n");
    expect(at, first).toBeLessThan(place);
    expect(ranked[at].suspicion, first).toBeGreaterThan(0.3);
    expect(ranked[at].says).not.toMatch(/undefined|\[object/);
    expect(ranked[at].findings.length).toBeGreaterThan(0);
  });

  test("gives every cause, each with a suspicion from 0 to 1, in order", () => {
    const ranked = suspects(stuck);
    expect(ranked.length).toBe(causes.length);
    for (const [i, one] of ranked.entries()) {
      expect(one.suspicion).toBeGreaterThanOrEqual(0);
      expect(one.suspicion).toBeLessThanOrEqual(i === 0 ? 1 : ranked[i - 1].suspicion);
    }
  });

  test("knows nothing of an empty Case, and suspects nothing much", () => {
    expect(suspects({})[0].suspicion).toBeLessThan(0.1);
  });
});

describe("what tells neighbours apart", () => {
  const of = (parts: Parts, id: CauseId) => suspects(parts).find((one) => one.id === id)?.suspicion ?? 0;

  test("large inputs that diverge: the inputs before the rate", () => {
    const parts = {
      ...stuck,
      ...broken,
      ...trained({ optimizer: { name: "sgd", learningRate: 0.01 } }),
      profile: profile({ columns: [column("a", { mean: 4000, std: 900 })] }),
    };
    expect(of(parts, "inputs-not-scaled")).toBeGreaterThan(of(parts, "learning-rate-too-high"));
  });

  test("slow at a rate that the sweep finds good: not the rate", () => {
    expect(of({ ...stuck, ...slow, ...sweep(0.1) }, "too-few-epochs")).toBeGreaterThan(
      of({ ...stuck, ...slow, ...sweep(0.1) }, "learning-rate-too-low"),
    );
    expect(of({ ...stuck, ...slow, ...sweep(1e-4) }, "learning-rate-too-low")).toBeGreaterThan(
      of({ ...stuck, ...slow, ...sweep(1e-4) }, "too-few-epochs"),
    );
  });

  test("NaN from step 0 is never the rate", () => {
    expect(of({ ...stuck, ...broken, initial: { loss: nan, layers: [] } }, "learning-rate-too-high")).toBeLessThan(0.1);
  });

  test("labels 1 and 2 at a sigmoid: the labels before the loss", () => {
    const parts = cases.find(([id]) => id === "label-encoding")?.[2] ?? {};
    expect(of(parts, "label-encoding")).toBeGreaterThan(of(parts, "wrong-loss"));
  });

  test("baselines at chance because of the split: not the labels", () => {
    const parts = {
      ...stuck,
      profile: profile({ target: classes([0, 200, 0], [1, 200, 0], [2, 0, 100]) }),
      baselines: [
        { name: "majority class", value: 0.34 },
        { name: "linear", value: 0.2 },
      ],
      inputDependence: { value: 0.1 },
    };
    expect(of(parts, "unrepresentative-split")).toBeGreaterThan(of(parts, "labels-unrelated"));
  });
});

describe("a fault and what follows from it", () => {
  const called = (recall: number) => ({
    columns: [],
    classes: [
      { name: "0", actual: 0.95, predicted: 0.95, recall: 0.99 },
      { name: "1", actual: 0.05, predicted: 0.05, recall },
    ],
  });
  const spread = [{ min: 0, max: 600, mean: 300, std: 90 }];
  const predictions = { columns: spread, targets: spread };
  const fitted = {
    epochs: epochs(falling(50, 1.1, 0.02, 5), { train: flat(50, 0.97), score: flat(50, 0.9) }),
    steps: steps(falling(2000, 1.1, 0.02, 60)),
    scores: [0.9, 0.9, 0.9],
  };
  const of = (parts: Parts, id: CauseId) => suspects(parts).find((one) => one.id === id)?.suspicion ?? 0;
  test("a plain fault upstream takes the place of a rate that looks too low", () => {
    const plain = { ...stuck, ...slow, ...sweep(1e-4) };
    const softmax = { ...plain, ...trained({}, [dense(16, "softmax"), dense(3, "softmax")]) };
    expect(of(softmax, "learning-rate-too-low")).toBeLessThan(of(plain, "learning-rate-too-low"));
    expect(of(softmax, "wrong-hidden-activation")).toBeGreaterThan(of(softmax, "learning-rate-too-low"));
  });
  test.each([
    [
      "class-imbalance",
      { profile: profile({ target: classes([0, 190, 38], [1, 10, 2]) }) },
      { predictions: called(0.9) },
    ],
    [
      "targets-not-scaled",
      { ...numbersOf, profile: profile({ target: numbers(300, 90) }) },
      { ...fitted, predictions },
    ],
    [
      "batch-too-large",
      { ...trained({ batchSize: 200 }), ...sweep(0.1) },
      { ...fitted, start: start({ stepsPerEpoch: 40 }) },
    ],
  ] as const)("%s that does nothing to the training is no suspect", (id, there, harmless) => {
    expect(of({ ...learning, ...there, ...harmless }, id)).toBeLessThan(0.03);
    expect(of({ ...stuck, ...there }, id)).toBeGreaterThan(0.03);
  });
  test("copies that do not raise the score are no leakage", () => {
    const copies = { ...learning, profile: profile({ columns: wide, duplicates: { within: 100, across: 40 } }) };
    expect(suspects(copies)[0]).toMatchObject({ id: "leakage", evident: true });
    const harmless = suspects({ ...copies, withoutCopies: { score: 0.75, plain: 0.75, rows: 300 } });
    expect(harmless.find((one) => one.id === "leakage")?.evident).toBe(false);
    const noisy = { ...copies, nearCopies: { share: 0.7 }, withoutCopies: { score: 0.75, plain: 0.75, rows: 300 } };
    expect(suspects(noisy)[0]).toMatchObject({ id: "leakage", evident: true });
  });
});

describe("healthy networks", () => {
  const high: Parts = {
    ...learning,
    scores: [0.99, 1, 0.98],
    epochs: epochs(falling(50, 1.1, 0.02, 5), { train: flat(50, 0.99), score: flat(50, 0.985) }),
    steps: steps(falling(650, 1.1, 0.02, 60)),
  };
  test("nothing is shouted about one that has nothing to gain", () => {
    expect(suspects(high)[0].suspicion).toBeLessThan(0.2);
  });
  test("raw columns that train well are no more than a suspicion", () => {
    const raw: Parts = {
      ...numbersOf,
      profile: profile({ columns: [column("tax", { mean: 408, std: 168 }), column("b")], target: numbers(22, 9) }),
      epochs: epochs(falling(80, 500, 8, 6), { train: flat(80, 0.9), score: flat(80, 0.86) }),
      steps: steps(falling(1000, 500, 8, 80)),
      scores: [0.86, 0.85, 0.88],
      baselines: [
        { name: "mean", value: 0 },
        { name: "linear", value: 0.7 },
      ],
    };
    expect(suspects(raw)[0].suspicion).toBeLessThan(0.7);
  });
});

describe("traits", () => {
  const traits = (name: "means" | "preparation" | "doubtsLabels") =>
    causes.filter((cause: Cause) => cause[name] !== undefined).map(({ id }) => id);

  test("of causes", () => {
    expect(traits("means")).toEqual(["leakage", "learning-rate-too-low", "too-few-epochs", "wrong-metric"]);
    expect(traits("preparation")).toEqual([
      "constant-feature",
      "inputs-not-scaled",
      "missing-values",
      "targets-not-scaled",
    ]);
    expect(traits("doubtsLabels")).toEqual(["label-noise"]);
  });

  test("of checks: what no plain predictor finds, what more rows give", () => {
    const metric = { name: "accuracy", split: "validation", better: "higher" } as const;
    const simple = [
      { name: "majority class", value: 0.5 },
      { name: "linear", value: 0.5 },
    ];
    expect(limitOf(runChecks(known({ baselines: simple, metric, profile: profile() }))).noSignal).toBe(true);
    const curve = [0.25, 0.5, 1].map((share) => ({ share, rows: 400 * share, score: 0.5 + 0.3 * share }));
    expect(limitOf(runChecks(known({ learningCurve: curve, metric }))).more).toMatchObject({ rows: 800 });
  });
});
