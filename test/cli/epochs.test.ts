/** An epoch a line, stagnation, and how a training ends. */
import { describe, expect, it } from "vitest";
import { EpochTable } from "../../src/cli/epochs.ts";
import { loadDataset } from "../../src/data/node/load.ts";
import type { EndEvent, TrainEvent } from "../../src/engine/events.ts";
import { makeLane } from "../../src/engine/graph-engine.ts";
import { parsePlan } from "../../src/plan/plan.ts";
import { emptyRun, record } from "../../src/run/run.ts";
import { PATIENCE, Stagnation } from "../../src/run/stagnation.ts";
import { folder, plan, sides, table } from "./help.ts";

const at = folder({ "t.csv": table(100, sides) });
const given = parsePlan(plan("t.csv", { training: { epochs: 30, earlyStopping: { patience: 4 } } }));
const lane = makeLane(given, await loadDataset(given, at), 1);
const epoch = (n: number, loss: number): TrainEvent => ({
  version: 1,
  seed: 1,
  type: "epoch",
  epoch: n,
  step: 3 * n,
  running: loss,
  train: { loss: loss / 2, score: 0.75 },
  validation: { loss, score: 0.5 },
  rate: 0.01,
  seconds: n,
});
const end = (reason: EndEvent["reason"], rest: Partial<EndEvent> = {}): TrainEvent => ({
  version: 1,
  seed: 1,
  type: "end",
  reason,
  epoch: 12,
  bestEpoch: 12,
  train: { loss: 0.1, score: 0.9 },
  validation: { loss: 0.2, score: 0.8 },
  score: 0.8,
  ...rest,
});

describe("stagnation", () => {
  it("is noted once for each stretch without a gain", () => {
    const watch = new Stagnation();
    const losses = [1, 0.5, ...Array(PATIENCE + 5).fill(0.5), 0.2, ...Array(PATIENCE).fill(0.3)];
    const noted = losses.flatMap((loss, i) => (watch.note(loss, i + 1) ? [i + 1] : []));
    expect(noted).toEqual([2 + PATIENCE, losses.length]);
    expect([watch.best, watch.bestEpoch]).toEqual([0.2, 8 + PATIENCE]);
  });

  it("a gain too small to see is none", () => {
    const watch = new Stagnation();
    const noted = Array.from({ length: PATIENCE + 1 }, (_, i) => watch.note(1 - i * 1e-7, i + 1));
    expect(noted.at(-1)).toBe(true);
  });
});

describe("lines", () => {
  it("an epoch has its losses, metric, rate and time under their heads", () => {
    const lines = new EpochTable(lane, emptyRun(1));
    const head = lines.head("plan.json").at(-1)!;
    const [line] = lines.lines(epoch(3, 0.4));
    expect(head.trim().split(/ {2,}/)).toEqual([
      "epoch",
      "loss",
      "accuracy",
      "val. loss",
      "val. accuracy",
      "rate",
      "time",
    ]);
    expect(line.trim().split(/ {2,}/)).toEqual(["3/30", "0.2", "75.0 %", "0.4", "50.0 %", "0.01", "3 s"]);
    expect(line.length).toBe(head.length);
  });

  it("stagnation is seen across an interruption", () => {
    let before = emptyRun(1);
    for (let n = 1; n <= PATIENCE; n++) before = record(before, epoch(n, 0.4));
    expect(new EpochTable(lane, before).lines(epoch(PATIENCE + 1, 0.4)).length).toBe(2);
  });

  it.each([
    { event: end("diverged", { divergedAt: { step: 40, epoch: 14 } }), says: /epoch 14: after 40 steps/ },
    { event: end("early-stopping", { bestEpoch: 8 }), says: /after epoch 12.*4 epochs.*80 %.*epoch 8/ },
    { event: end("finished"), says: /80 %/ },
    { event: end("stopped", { epoch: 12 }), says: /epoch 13/ },
  ])("$event.reason", ({ event, says }) => {
    expect(new EpochTable(lane, emptyRun(1)).lines(event).at(-1)).toMatch(says);
  });
});
