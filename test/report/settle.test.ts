/** What would settle an open question: said where the rows, the seeds or the time were too few, and not where nothing is open. */
import { describe, expect, it } from "vitest";
import type { Reported } from "../../src/report/verdict/reported.ts";
import { type Settling, settleOf } from "../../src/report/verdict/settle.ts";
import { accuracy, profile } from "../checks/parts.ts";

const screened = [{ cause: "dying-relu", gain: 0, verdict: "unclear" }] as const;
const open = (proof: Reported["proof"]): Reported => ({
  cause: "dying-relu",
  suspicion: 0.8,
  proof,
  says: "",
  findings: [],
  gain: null,
});
const tried = (score: number, validation: number, rest: Partial<Settling> = {}): Settling => ({
  examined: {
    known: {
      version: 1,
      metric: accuracy,
      profile: profile({ split: { kind: "random", train: 100, validation, test: 0 } }),
    },
    findings: [],
    suspects: [],
  },
  before: { scores: [score, score] },
  screened,
  proofs: [],
  explained: [],
  prescribed: null,
  reduced: false,
  interrupted: false,
  omitted: [],
  limits: { unit: "seconds", whole: 60, left: 2 },
  ...rest,
});
const proof = (before: number[], after: number[]) => ({
  proofs: [{ of: { cause: "dying-relu" }, proof: { before, after } }],
});

describe("settled", () => {
  it.each([
    { name: "nothing found, with room, on few rows", of: tried(0.8, 50), told: [], says: [/50 .* 5 .* 7\.4 points/] },
    { name: "nothing found on many rows", of: tried(0.8, 5000), told: [], says: [] },
    { name: "nothing found, without room", of: tried(0.99, 50), told: [], says: [] },
    { name: "nothing tried", of: tried(0.8, 50, { screened: [] }), told: [], says: [] },
    { name: "two rows", of: tried(1, 2), told: [], says: [/2 rows/] },
    { name: "interrupted", of: tried(0.8, 50, { interrupted: true }), told: [], says: [/again/] },
    { name: "on fewer rows", of: tried(0.8, 5000, { reduced: true }), told: [], says: [/--budget/] },
    { name: "not tried", of: tried(0.8, 50), told: [open("untried")], says: [/--budget/] },
    {
      name: "not tried, in trainings",
      of: tried(0.8, 50, { limits: { unit: "trainings", whole: 60, left: 2 } }),
      told: [open("untried")],
      says: [/--trainings/],
    },
    {
      name: "not tried, with most of the budget left",
      of: tried(0.8, 50, { limits: { unit: "seconds", whole: 60, left: 40 } }),
      told: [open("untried")],
      says: [/^(?!.*--budget)/],
    },
    {
      name: "no edit to try",
      of: tried(0.8, 50, { omitted: [{ cause: "dying-relu", why: "no-edit" }] }),
      told: [open("untried")],
      says: [/no change/],
    },
    {
      name: "tried for another cause",
      of: tried(0.8, 50, { omitted: [{ cause: "dying-relu", why: "same", as: "learning-rate-too-high" }] }),
      told: [open("untried")],
      says: [/learning rate/],
    },
    {
      name: "undecided by its spread",
      of: tried(0.8, 50, proof([0.8, 0.8, 0.8], [0.9, 0.7, 0.9])),
      told: [open("unclear")],
      says: [/--seeds \d+/],
    },
    {
      name: "undecided by its rows",
      of: tried(0.8, 50, proof([0.8, 0.8], [0.8, 0.8])),
      told: [open("unclear")],
      says: [/50 validation rows .* points/],
    },
    { name: "proved", of: tried(0.8, 50), told: [open("verified")], says: [] },
  ])("$name", ({ of, told, says }) => {
    const found = settleOf(of, told);
    expect(found.length).toBe(says.length);
    for (const [i, pattern] of says.entries()) expect(found[i]).toMatch(pattern);
  });
});
