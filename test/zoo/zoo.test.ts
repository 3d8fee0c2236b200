/** The zoo holds what it promises: enough of each cause, each entry the same every time, and plans that load. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { causes } from "../../src/causes/index.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { subjectOf } from "../../src/trials/subject.ts";
import { FAULTS } from "./faults/index.ts";
import { loaderOf } from "./load.ts";
import { type Entry, zoo } from "./zoo.ts";

type Truth = Record<string, { counts: boolean }>;
const truth = JSON.parse(readFileSync(new URL("truth.json", import.meta.url), "utf8")) as Truth;
const counting = zoo.filter(({ id }) => truth[id]?.counts);
const alone =
  (cause: string) =>
  ({ faults }: Entry) =>
    faults.length === 1 && faults[0] === cause;

/** The first entry of each cause, and one of each kind else. */
const some = [...FAULTS.map(({ cause }) => zoo.find(alone(cause))!), zoo.find(({ faults }) => faults.length > 1)!];

describe("the zoo", () => {
  it("has no id twice", () => {
    expect(new Set(zoo.map(({ id }) => id)).size).toBe(zoo.length);
  });

  it("plants every cause that an edit can plant", () => {
    const planted = new Set(FAULTS.map(({ cause }) => cause as string));
    const unplanted = causes.map(({ id }) => id).filter((id) => !planted.has(id));
    expect(unplanted, "plant these in test/zoo/faults/").toEqual([]);
  });

  it("has ten of each cause that count", () => {
    const few = FAULTS.filter(({ cause }) => counting.filter(alone(cause)).length < 10);
    expect(
      few.map(({ cause }) => cause),
      "measure these: node test/zoo/measure.ts --only NAME; too few count: other levels, or `each`",
    ).toEqual([]);
  });

  it("has fifty healthy trainings and twenty pairs of faults that count", () => {
    expect(counting.filter(({ faults }) => faults.length === 0).length).toBeGreaterThanOrEqual(50);
    expect(counting.filter(({ faults }) => faults.length > 1).length).toBeGreaterThanOrEqual(20);
  });

  it.each(some.map((entry) => [entry.id, entry] as const))("%s loads, and is the same twice", async (_id, entry) => {
    const first = entry.make();
    expect(entry.make()).toEqual(first);
    const load = loaderOf(first.files);
    for (const given of [first.plan, first.fix!]) {
      const plan = parsePlan(given);
      expect(subjectOf(plan, given, await load(plan)).data.resolved.network.units).toBeGreaterThan(0);
    }
    expect(first.fix).not.toEqual(first.plan);
  });
});
