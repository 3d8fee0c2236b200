/** Checks on a Case that lacks something: what is missing is unknown, nothing fails, and no check receives more than it declares. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Case, Need, Part } from "../../src/case/case.ts";
import { diagnose } from "../../src/causes/diagnose.ts";
import { type AnyCheck, runCheck } from "../../src/checks/check.ts";
import { checks } from "../../src/checks/index.ts";
import { isObject } from "../../src/json.ts";
import { epochs, falling, known, planned, start } from "./parts.ts";
import { course } from "./rows/course.ts";
import { beyondProfile, data } from "./rows/data.ts";
import { inside } from "./rows/layers.ts";
import { network } from "./rows/network.ts";
import { settings } from "./rows/settings.ts";
import { tables } from "./rows/tables.ts";

const catalogue: readonly AnyCheck[] = checks;
const running = epochs(falling(20)).map((epoch) => ({ ...epoch, running: epoch.train?.loss }));
/** Every part, with the values that the tables of the checks give it. */
const values = new Map<string, unknown[]>();
for (const parts of [
  { ...planned(), task: "classification", start: start({ constantLoss: 1.1 }), epochs: running },
  ...[...data, ...beyondProfile, ...tables, ...network, ...course, ...settings, ...inside].flatMap((row) =>
    row.slice(1),
  ),
])
  for (const [part, value] of Object.entries(parts)) values.set(part, [...(values.get(part) ?? []), value]);

const full = known(Object.fromEntries([...values].map(([part, [first]]) => [part, first])));
const at = (whole: unknown, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), whole);

/** Every field of the parts of which a log may know some only. */
const partly = ["training", "training.loss", "training.optimizer", "dataPlan", "start", "start.rows", "steps"];
const fields = partly.flatMap((path) => Object.keys(at(full, path) as object).map((key) => `${path}.${key}`));
const ofEpochs = ["step", "rate", "running", "train", "validation", "train.loss", "train.score", "validation.score"];

function drop(whole: object, path: string): void {
  const keys = path.split(".");
  const place = at({ whole }, ["whole", ...keys.slice(0, -1)].join("."));
  if (isObject(place)) delete place[keys[keys.length - 1]];
}

const partial: fc.Arbitrary<Case> = fc
  .record({
    parts: fc.record(Object.fromEntries([...values].map(([part, all]) => [part, fc.constantFrom(...all)])), {
      requiredKeys: [],
    }),
    lost: fc.subarray(fields),
    lostOfEpochs: fc.subarray(ofEpochs),
  })
  .map(({ parts, lost, lostOfEpochs }) => {
    const one = structuredClone(known(parts as Partial<Record<Part, never>>));
    for (const field of lost) drop(one, field);
    for (const epoch of one.epochs ?? []) for (const field of lostOfEpochs) drop(epoch, field);
    return one;
  });

test("whatever a Case lacks, no check fails, and one whose needs are not there says which", () => {
  fc.assert(
    fc.property(partial, (one) => {
      const { findings } = diagnose(one);
      expect(findings.filter(({ state }) => state === "failed")).toEqual([]);
      expect(findings.filter((finding) => "says" in finding && /undefined|\[object/.test(finding.says))).toEqual([]);
      const needy = catalogue.map(({ needs }) => needs.filter((need) => at(one, need) === undefined));
      expect(findings.filter((_, i) => needy[i].length > 0)).toEqual(
        needy.flatMap((missing, i) =>
          missing.length > 0 ? [{ check: catalogue[i].id, state: "unknown", missing }] : [],
        ),
      );
    }),
    { numRuns: 200 },
  );
});

/** The declared paths at which something lies, as they lie in what was handed over. */
const cutTo = (needs: readonly Need[]) => needs.filter((need) => at(full, need) !== undefined).sort();
const leaves = (whole: unknown, needs: readonly Need[], path = ""): string[] =>
  (needs as readonly string[]).includes(path) || !isObject(whole)
    ? [path]
    : Object.entries(whole).flatMap(([key, value]) => leaves(value, needs, path ? `${path}.${key}` : key));

test.each(catalogue.map((check) => [check.id, check] as const))(
  "%s receives what it declares and no more",
  (_, check) => {
    const declared = [...check.needs, ...(check.also ?? [])];
    let received: unknown;
    const spy: AnyCheck = {
      ...check,
      detect(parts) {
        received = parts;
        return undefined;
      },
    };
    expect(runCheck(spy, full).state).toBe("absent");
    expect(leaves(received, declared).filter(Boolean).sort()).toEqual(cutTo(declared));
  },
);
