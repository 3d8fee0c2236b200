/** A run kept as plain files: what was written stays readable, however the process ended. */
import { appendFileSync, mkdtempSync, readFileSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Checkpoint, TrainEvent } from "../../src/engine/events.ts";
import { RunWriter, readRun } from "../../src/run/node/store.ts";
import { emptyRun, record } from "../../src/run/run.ts";
import { UserError } from "../../src/user-error.ts";
import { head as HEAD } from "./heads.ts";

const head = { ...HEAD, given: { data: {} } };
const base = { version: 1 as const, seed: 3 };
const steps = (first: number, loss: number[]): TrainEvent => ({
  ...base,
  type: "steps",
  first,
  loss,
  rate: loss.map(() => 0.1),
});
const epoch = (n: number, loss: number): TrainEvent => ({
  ...base,
  type: "epoch",
  epoch: n,
  step: 2 * n,
  running: loss,
  train: { loss, score: 0.5 },
  validation: null,
  rate: 0.1,
  seconds: 1,
});
const checkpoint: Checkpoint = {
  version: 1,
  epoch: 2,
  state: { w0: Float32Array.of(1, -2, Number.NaN), "w0.0": Float32Array.of(0.5) },
  stopping: { best: Number.POSITIVE_INFINITY, bestEpoch: 0, waited: 0 },
  plateau: { factor: 1, best: 0.25, waited: 1 },
};
const fresh = () => RunWriter.create(join(mkdtempSync(join(tmpdir(), "unstuck-run-")), "runs"), "plan", head);

describe("run store", () => {
  it("gives back what was written, NaN and all", () => {
    const writer = fresh();
    const events = [steps(0, [1, Number.NaN]), epoch(1, Number.POSITIVE_INFINITY)];
    for (const event of events) writer.write(event);
    writer.write({ ...base, type: "checkpoint", checkpoint });
    const { run, checkpoint: kept, head: told } = readRun(writer.folder);
    expect(run).toEqual(events.reduce(record, emptyRun(3)));
    expect(kept).toEqual(checkpoint);
    expect(told).toEqual(head);
  });

  it.each([1, 10, 40, 100, 200])("survives a kill that leaves %i bytes of the events", (bytes) => {
    const writer = fresh();
    for (let n = 1; n <= 5; n++) writer.write(epoch(n, 1 / n));
    const path = join(writer.folder, "events.ndjson");
    const whole = readFileSync(path, "utf8").slice(0, bytes).split("\n").length - 1;
    truncateSync(path, bytes);
    expect(readRun(writer.folder).run.epochs.length).toBe(whole);
  });

  it("goes on after a line that was cut short", () => {
    const writer = fresh();
    writer.write(epoch(1, 1));
    appendFileSync(join(writer.folder, "events.ndjson"), '{"type":"epo');
    RunWriter.resume(writer.folder).write(epoch(2, 0.5));
    expect(readRun(writer.folder).run.epochs.map((e) => e.epoch)).toEqual([1, 2]);
  });

  it("numbers runs of one name, and refuses what is no run", () => {
    const parent = mkdtempSync(join(tmpdir(), "unstuck-runs-"));
    const names = [1, 2].map(() => RunWriter.create(parent, "plan", head).folder);
    expect(names.map((name) => name.slice(parent.length + 1))).toEqual(["plan-1", "plan-2"]);
    expect(() => readRun(parent)).toThrow(UserError);
  });
});

describe("record", () => {
  it("replaces what a resumed training tells again", () => {
    const run = [steps(0, [1, 2, 3, 4]), epoch(1, 1), epoch(2, 2), steps(2, [9, 8]), epoch(2, 0.5)].reduce(
      record,
      emptyRun(3),
    );
    expect(run.steps.loss).toEqual([1, 2, 9, 8]);
    expect(run.epochs.map((e) => e.running)).toEqual([1, 0.5]);
  });

  it("is linear: one step an event costs no more than all steps in one", () => {
    const losses = Array.from({ length: 100_000 }, (_, step) => 1 / (step + 1));
    const single = losses.reduce((run, loss, step) => record(run, steps(step, [loss])), emptyRun(3));
    // Compared as text: a deep comparison of so many numbers takes a second.
    expect(JSON.stringify(single) === JSON.stringify(record(emptyRun(3), steps(0, losses)))).toBe(true);
  });
});
