/** Every check on a literal Case where its symptom is present, and on one where it is absent. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Case } from "../../src/case/case.ts";
import { type Check, defineCheck, runCheck } from "../../src/checks/check.ts";
import { type CheckId, checks, runChecks } from "../../src/checks/index.ts";
import type { Threshold } from "../../src/threshold.ts";
import { loose } from "./loose.ts";
import { accuracy, epochs, falling, flat, known, layer, layers, planned, profile, start, steps } from "./parts.ts";
import { baselines, dense, sweep, valley } from "./pieces.ts";
import { course } from "./rows/course.ts";
import { beyondProfile, data } from "./rows/data.ts";
import { inside } from "./rows/layers.ts";
import { network } from "./rows/network.ts";
import { settings } from "./rows/settings.ts";
import { tables } from "./rows/tables.ts";

const rows = [...data, ...beyondProfile, ...tables, ...network, ...course, ...settings, ...inside];

const find = (id: CheckId) => checks.find((check) => check.id === id) as Check<CheckId>;

const CHECKS = resolve(import.meta.dirname, "../../src/checks");
const files = (readdirSync(CHECKS, { recursive: true }) as string[]).filter((file) => file.includes("/"));

const textOf = (id: string) => readFileSync(join(CHECKS, files.find((file) => file.endsWith(`/${id}.ts`))!), "utf8");

describe("each check", () => {
  test.each(rows)("%s is present", (id, parts) => {
    const finding = runCheck(find(id), known(parts));
    expect(finding.state, JSON.stringify(finding)).toBe("present");
    if (finding.state !== "present") return;
    expect(finding.strength).toBeGreaterThan(0.1);
    expect(finding.says.length).toBeGreaterThan(10);
    expect(finding.says).not.toMatch(/undefined|\[object/);
  });

  test.each(rows)("%s is absent", (id, _, parts) => {
    const finding = runCheck(find(id), known(parts));
    expect(finding.state, JSON.stringify(finding)).toBe("absent");
  });

  test("a relu before the softmax is a wrong output", () => {
    const clipped = [dense(16), dense(3, "relu"), { layer: "activation", activation: "softmax" }];
    const finding = runCheck(
      find("output-activation-mismatch"),
      known({ task: "classification", ...planned({ network: clipped }) }),
    );
    expect(finding).toMatchObject({ state: "present", where: ["dense_1"] });
  });

  test("has its row", () => {
    expect(rows.map(([id]) => id).sort(), "give each check one row in test/checks/rows/").toEqual(
      checks.map((check) => check.id).sort(),
    );
  });

  test.each(checks.map(({ id, thresholds }) => [id, thresholds as readonly Threshold[]] as const))(
    "%s says what it rests on",
    (id, thresholds) => {
      expect(thresholds.length).toBeGreaterThan(0);
      for (const { value, origin, source } of thresholds) {
        expect(source).not.toBe("");
        if (origin !== "exact") expect(value).toBeDefined();
      }
      expect(loose(textOf(id)), "name these as constants, and the constants in `thresholds`").toEqual([]);
    },
  );

  test("knows nothing of an empty Case", () => {
    for (const finding of runChecks(known({}))) expect(finding.state).toBe("unknown");
  });

  test("is absent or unknown on a healthy classifier", () => {
    const healthy = known({
      ...planned(),
      task: "classification",
      profile: profile(),
      metric: accuracy,
      start: start({ parameters: 99 }),
      epochs: epochs(falling(50, 1.1, 0.2, 5), { train: flat(50, 0.95) }),
      steps: steps(falling(650, 1.1, 0.2, 65)),
      scores: [0.93, 0.92, 0.94],
      layers: layers(layer("dense"), layer("dense_1")),
      initial: { loss: 1.15, layers: [layer("dense"), layer("dense_1")] },
      baselines: baselines(0.92),
      ...sweep(valley, 0.01),
    });
    const present = runChecks(healthy)
      .filter((finding) => finding.state === "present")
      .map((finding) => finding.check);
    expect(present.sort()).toEqual([
      "counts-rows",
      "few-updates",
      "no-restraint",
      "no-room",
      "rate-in-valley",
      "wide-interval",
    ]);
  });
});

describe("the runner", () => {
  test("names the parts that are missing", () => {
    expect(runCheck(find("constant-column"), known(planned()))).toEqual({
      check: "constant-column",
      state: "unknown",
      missing: ["profile"],
    });
  });

  test("survives a check that throws, and hands over only what is declared", () => {
    const throws = defineCheck({
      id: "throws",
      title: "",
      thresholds: [],
      needs: ["task"],
      detect: ({ task }) => {
        throw new Error(task);
      },
    });
    const task = "regression";
    expect(runCheck(throws, known({ task }))).toEqual({ check: "throws", state: "failed", says: task });
    const snapshots = defineCheck({
      id: "looks",
      title: "",
      thresholds: [],
      needs: ["network", "training.optimizer.name"],
      also: ["training.epochs", "start.rows"],
      detect: (parts) => ({ strength: 1, says: JSON.stringify(parts) }),
    });
    const { network, training } = planned();
    expect(runCheck(snapshots, known({ ...planned(), profile: profile() }))).toMatchObject({
      says: JSON.stringify({ network, training: { optimizer: { name: training?.optimizer?.name }, epochs: 50 } }),
    });
  });
});

describe("rare-class-missed", () => {
  const of = (classes: { actual: number; predicted: number; recall: number }[], validation: number) =>
    runCheck(
      find("rare-class-missed"),
      known({
        start: start({ rows: { train: 4 * validation, validation } }),
        predictions: { columns: [], classes: classes.map((one, i) => ({ name: String(i), ...one })) },
      }),
    ).state;
  const common = { actual: 0.9, predicted: 0.95, recall: 0.98 };
  test.each([
    [
      "found by two thirds, one of two classes",
      [common, { actual: 0.1, predicted: 0.06, recall: 0.6 }],
      200,
      "present",
    ],
    ["of three rows none is found", [common, { actual: 0.1, predicted: 0.03, recall: 0 }], 30, "present"],
    ["called as often as it occurs", [common, { actual: 0.1, predicted: 0.12, recall: 0.6 }], 200, "absent"],
    [
      "one of forty small classes, by chance",
      [common, ...Array.from({ length: 40 }, (_, i) => ({ actual: 0.0025, predicted: 0.002, recall: i ? 1 : 0 }))],
      400,
      "absent",
    ],
  ])("%s", (_, classes, rows, state) => {
    expect(of(classes, rows)).toBe(state);
  });
});

describe("blank-rows", () => {
  const of = (blankRows: Case["blankRows"], features: number) =>
    runCheck(find("blank-rows"), known({ blankRows, profile: profile({ features }) })).state;
  test("in a table of few columns only where no other row holds the number", () => {
    const half = { train: 0.5, validation: 0.5 };
    expect([of({ ...half, elsewhere: 0 }, 2), of({ ...half, elsewhere: 0.3 }, 2), of(half, 2)]).toEqual([
      "present",
      "absent",
      "absent",
    ]);
    expect([of({ ...half, elsewhere: 0.3 }, 64), of(half, 64)]).toEqual(["present", "present"]);
  });
});
