/** What the diagnosis is measured on: the zoo, and the shared cases where they are at hand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { CauseId } from "../src/causes/index.ts";
import type { Dataset } from "../src/data/dataset.ts";
import { loadDataset } from "../src/data/node/load.ts";
import type { Given } from "../src/plan/edit.ts";
import { loadPlan } from "../src/plan/node/load.ts";
import { type Plan, parsePlan } from "../src/plan/plan.ts";
import { loaderOf } from "../test/zoo/load.ts";
import { heldOut, zoo } from "../test/zoo/zoo.ts";

export type Group = "zoo" | "seeded" | "real";

/** What is true of it, and how to come by it. */
export type Subject = {
  id: string;
  group: Group;
  /** Of the zoo: the plan that the fault was planted in. */
  base: string;
  expect: "stuck" | "healthy" | "data-limit" | "improvable" | "unclear";
  faults: readonly CauseId[];
  /** Faults and what else counts as right. */
  right: ReadonlySet<string>;
  heldOut: boolean;
  /** A fault whose true fix gains; undefined: not measured yet. */
  counts: boolean | undefined;
  open: () => { plan: Plan; given: Given; load: (plan: Plan) => Promise<Dataset> };
};

const ROOT = resolve(import.meta.dirname, "..");
const SHARED = resolve(ROOT, "../shared/cases");
const TRUTH = join(ROOT, "test/zoo/truth.json");

function ofZoo(): Subject[] {
  const truth = existsSync(TRUTH)
    ? (JSON.parse(readFileSync(TRUTH, "utf8")) as Record<string, { counts: boolean }>)
    : {};
  return zoo.map(({ id, base, faults, accept, make }) => ({
    id,
    group: "zoo",
    base,
    expect: faults.length > 0 ? "stuck" : "healthy",
    faults,
    right: new Set([...faults, ...accept]),
    heldOut: heldOut(id),
    counts: truth[id]?.counts,
    open: () => {
      const { plan: given, files } = make();
      return { plan: parsePlan(given), given, load: loaderOf(files) };
    },
  }));
}

type Truth = {
  expect: Subject["expect"];
  faults?: CauseId[];
  accept?: string[];
  acceptedChanges?: (string | { cause: string })[];
};

function ofCases(group: "seeded" | "real"): Subject[] {
  const folder = join(SHARED, group);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .filter((id) => existsSync(join(folder, id, "plan.json")) && existsSync(join(folder, id, "truth.json")))
    .map((id): Subject => {
      const own = join(folder, id);
      const truth = JSON.parse(readFileSync(join(own, "truth.json"), "utf8")) as Truth;
      const { expect, faults = [], accept = [], acceptedChanges = [] } = truth;
      const changes = acceptedChanges.map((change) => (typeof change === "string" ? change : change.cause));
      return {
        id,
        group,
        base: id,
        expect,
        faults,
        right: new Set([...faults, ...accept, ...changes]),
        heldOut: false,
        counts: true,
        open: () => {
          const { plan, given } = loadPlan(join(own, "plan.json"));
          return { plan, given, load: (p) => loadDataset(p, own) };
        },
      };
    });
}

export const subjects = (): Subject[] => [...ofZoo(), ...ofCases("seeded"), ...ofCases("real")];
