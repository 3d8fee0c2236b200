/** The verdict where trials proved nothing. */
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/case/case.ts";
import type { Proof } from "../../src/report/report.ts";
import type { Reported } from "../../src/report/verdict/reported.ts";
import { verdictOf } from "../../src/report/verdict/verdict.ts";
import type { Tried } from "../../src/trials/tried.ts";
import { profile } from "../checks/parts.ts";

const told = (cause: Reported["cause"], suspicion: number, proof: Proof = "untried"): Reported => ({
  cause,
  suspicion,
  proof,
  says: "",
  findings: [],
  gain: null,
});
const screened = [{ cause: "dying-relu", gain: 0, verdict: "unclear" }] as const;
const tried = (scores: number[], rest: Partial<Tried> = {}, known: Partial<Case> = {}): Tried => ({
  examined: {
    known: {
      version: 1,
      metric: { name: "accuracy", better: "higher", split: "validation" },
      baselines: [
        { name: "majority class", value: 0.5 },
        { name: "linear", value: 0.7 },
      ],
      ...known,
    },
    findings: [],
    suspects: [],
  },
  before: { scores },
  screened,
  proofs: [],
  explained: [],
  prescribed: null,
  reduced: false,
  ...rest,
});

const lost = [Number.NaN, Number.NaN];
const r2: Partial<Case> = {
  metric: { name: "r2", better: "higher", split: "validation" },
  baselines: [{ name: "mean", value: 0 }],
};
const rmse: Partial<Case> = {
  metric: { name: "rmse", better: "lower", split: "validation" },
  baselines: [{ name: "mean", value: 10 }],
};
const untried = { screened: [] };
const judgedOn = (validation: number): Partial<Case> => ({
  profile: profile({ split: { kind: "random", train: 100, validation, test: 0 } }),
});

const atChance = {
  check: "baselines-at-chance",
  state: "present",
  strength: 1,
  says: "",
  limit: { noSignal: true },
} as const;
const hinted = (cause: Reported["cause"]) => ({ screened: [{ cause, gain: 0.2, verdict: "helps" as const }] });
const overfitting = {
  of: { cause: "overfitting" as const },
  proof: { gain: { mean: 0.07, low: 0.05, high: 0.09, p: 0.01, n: 5 }, worth: 0.03, verdict: "helps" as const },
};
/** Simple models find nothing; a remedy gains so much on the plan. */
const chance = (own: number, gain: number, linear = 0.51): Tried => {
  const one = tried(
    [own, own],
    {},
    {
      baselines: [
        { name: "majority class", value: 0.5 },
        { name: "linear", value: linear },
      ],
    },
  );
  const proof = { gain: { mean: gain, low: gain, high: gain, p: 0, n: 5 }, worth: 0.03, verdict: "helps" } as never;
  return {
    ...one,
    examined: { ...one.examined, findings: linear < 0.6 ? [atChance] : [] },
    prescribed: { steps: [{ cause: "overfitting" }], proof, without: [] },
  };
};

describe("verdict", () => {
  it.each([
    { name: "well above all", of: tried([0.96, 0.97]), causes: [], verdict: "healthy" },
    { name: "as far as simple models get", of: tried([0.7, 0.71]), causes: [], verdict: "data-limit" },
    { name: "nothing but NaN", of: tried(lost), causes: [], verdict: "unknown" },
    { name: "worse than the majority", of: tried([0.3, 0.3]), causes: [], verdict: "unknown" },
    { name: "an R² far below 0", of: tried([-3e12], {}, r2), causes: [], verdict: "unknown" },
    { name: "an error above that of the mean", of: tried([12], {}, rmse), causes: [], verdict: "unknown" },
    { name: "an error far below it", of: tried([2], {}, rmse), causes: [], verdict: "healthy" },
    {
      name: "suspected, nothing tried",
      of: tried([0.9], untried),
      causes: [told("dying-relu", 0.8)],
      verdict: "unknown",
    },
    { name: "hardly suspected", of: tried([0.95], untried), causes: [told("dying-relu", 0.4)], verdict: "healthy" },
    { name: "on fewer rows", of: tried([0.95], { ...untried, reduced: true }), causes: [], verdict: "healthy" },
    {
      name: "ended early",
      of: tried([], { ...untried, before: { scores: [0.95], unfinished: true } }),
      causes: [],
      verdict: "unknown",
    },
    { name: "short of epochs", of: tried([0.9], untried), causes: [told("too-few-epochs", 0.8)], verdict: "slow" },
    {
      name: "short of epochs, and more so of something else",
      of: tried([0.9], untried),
      causes: [told("dying-relu", 0.9), told("too-few-epochs", 0.8)],
      verdict: "unknown",
    },
    { name: "evident", of: tried([0.9]), causes: [told("missing-values", 0.97, "evident")], verdict: "stuck" },
    { name: "not to be believed", of: tried([0.9]), causes: [told("leakage", 0.97, "evident")], verdict: "misleading" },
    { name: "all right on two rows", of: tried([1, 1], {}, judgedOn(2)), causes: [], verdict: "misleading" },
    {
      name: "proved on two rows",
      of: tried([0.5], {}, judgedOn(2)),
      causes: [told("dying-relu", 0.9, "verified")],
      verdict: "misleading",
    },
    {
      name: "NaN on two rows",
      of: tried(lost, {}, judgedOn(2)),
      causes: [told("missing-values", 0.9, "evident")],
      verdict: "stuck",
    },
    {
      name: "mended to the constant answer, where simple models find nothing",
      of: chance(0.44, 0.07),
      causes: [told("overfitting", 0.9, "verified")],
      verdict: "data-limit",
    },
    {
      name: "mended beyond it",
      of: chance(0.44, 0.2),
      causes: [told("overfitting", 0.9, "verified")],
      verdict: "stuck",
    },
    {
      name: "mended to it, where simple models find more",
      of: chance(0.44, 0.07, 0.7),
      causes: [told("overfitting", 0.9, "verified")],
      verdict: "stuck",
    },
    {
      name: "mended to it, and something likely was not tried",
      of: chance(0.44, 0.07),
      causes: [told("overfitting", 0.9, "verified"), told("inputs-not-scaled", 0.9)],
      verdict: "unknown",
    },
    {
      name: "mended to it, and a screen hints at more",
      of: { ...chance(0.44, 0.07), ...hinted("dying-relu") },
      causes: [told("overfitting", 0.9, "verified")],
      verdict: "unknown",
    },
    {
      name: "mended to it, and what a screen hinted at was refuted",
      of: {
        ...chance(0.44, 0.07),
        ...hinted("overfitting"),
        proofs: [overfitting],
      },
      causes: [told("overfitting", 0.9, "verified")],
      verdict: "data-limit",
    },
    { name: "all right on sixty rows", of: tried([1, 1], {}, judgedOn(60)), causes: [], verdict: "healthy" },
    { name: "nothing ended", of: tried([]), causes: [], verdict: "unknown" },
  ])("$name: $verdict", ({ of, causes, verdict }) => expect(verdictOf(of, causes)).toBe(verdict));
});
