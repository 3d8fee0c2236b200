/** Damaged files of a run: no checkpoint that is not whole is used, a wrong line is skipped, and the verbs answer clearly. */
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Checkpoint, TrainEvent } from "../../src/engine/events.ts";
import { stream, uniform } from "../../src/random.ts";
import { pack, unpack } from "../../src/run/node/checkpoint.ts";
import { leftAt } from "../../src/run/node/keeper.ts";
import { RunWriter, readAnyRun, readRun, readRunWeights } from "../../src/run/node/store.ts";
import { UserError } from "../../src/user-error.ts";
import { folder, plan, sides, table, unstuck } from "../cli/help.ts";
import { head } from "./heads.ts";

const base = { version: 1 as const, seed: 3 };
const epoch = (n: number): TrainEvent => {
  const scored = { loss: 1 / n, score: 0.5 };
  const numbers = { running: 1 / n, rate: 0.1, seconds: 1 };
  return { ...base, type: "epoch", epoch: n, step: 2 * n, train: scored, validation: null, ...numbers };
};
const checkpoint = (n: number): Checkpoint => ({
  version: 1,
  epoch: n,
  state: { w0: Float32Array.from({ length: 40 }, (_, i) => n + i / 7), "w0.0": Float32Array.of(Number.NaN) },
  stopping: { best: Number.POSITIVE_INFINITY, bestEpoch: 0, waited: 0 },
  plateau: { factor: 1, best: 0.25, waited: 1 },
});
const OLD = `{"version":1,"epoch":2,"tensors":[]}\n`;

/** A run of two epochs, with a checkpoint of each. */
function kept(): string {
  const writer = RunWriter.create(mkdtempSync(join(tmpdir(), "unstuck-damaged-")), "plan", head);
  for (const n of [1, 2]) {
    writer.write(epoch(n));
    writer.write({ ...base, type: "checkpoint", checkpoint: checkpoint(n) });
  }
  writer.close();
  return writer.folder;
}

describe("a checkpoint", () => {
  const bytes = Buffer.from(pack(checkpoint(2)));

  it("is read as it was written", () => expect(unpack(bytes)).toEqual(checkpoint(2)));

  it("cut at any byte, or with any bit of a byte flipped, is detected", () => {
    const draws = stream(1, 1);
    for (let at = 0; at < bytes.length; at++) {
      expect(unpack(bytes.subarray(0, at))).toBe("damaged");
      const flipped = Buffer.from(bytes);
      flipped[at] ^= 1 << Math.floor(8 * uniform(draws, at));
      expect(unpack(flipped)).toBe("damaged");
    }
  });

  it.each([
    { name: "damaged", last: Buffer.of(1), previous: null, epoch: 1 },
    { name: "damaged, as is the one before", last: Buffer.of(1), previous: Buffer.of(), epoch: undefined },
    { name: "without a checksum, as is the one before", last: OLD, previous: OLD, epoch: undefined },
    { name: "of an epoch that is not kept", last: pack(checkpoint(3)), previous: null, epoch: 1 },
  ])("that is $name: training continues after epoch $epoch, and says so", ({ last, previous, epoch }) => {
    const at = kept();
    writeFileSync(join(at, "checkpoint"), last);
    if (previous !== null) writeFileSync(join(at, "checkpoint.previous"), previous);
    const left = leftAt(at);
    expect([left.from?.epoch, left.notes.length]).toEqual([epoch, 1]);
    expect(left.run.epochs.length).toBe(epoch ?? 0);
  });

  it("that is whole, or missing as after a kill between two files, is no cause for a note", () => {
    const at = kept();
    expect([leftAt(at).from?.epoch, leftAt(at).notes]).toEqual([2, []]);
    rmSync(join(at, "checkpoint"));
    expect([leftAt(at).from?.epoch, leftAt(at).notes]).toEqual([1, []]);
  });
});

it.each([
  "no JSON",
  "null",
  '{"version":1,"seed":3,"type":"epoch","epoch":"2"}',
  '{"version":9,"seed":3,"type":"end"}',
  '{"version":1,"seed":3,"type":"steps","first":-1,"loss":[],"rate":[]}',
])("a wrong line in the middle is skipped and counted: %s", (line) => {
  const at = kept();
  appendFileSync(join(at, "events.ndjson"), `${line}\n${JSON.stringify(epoch(3))}\n${line}`);
  const { run, skipped } = readRun(at);
  expect([run.epochs.length, skipped]).toEqual([3, 1]);
});

describe("the head", () => {
  const headed = (content: object) => {
    const at = kept();
    writeFileSync(join(at, "run.json"), JSON.stringify(content));
    return at;
  };

  it("of a recorder is one too, but no run to go on with", () => {
    const at = headed({ version: 1, recorder: { name: "unstuck.py", framework: "torch 2.15" }, seed: 4 });
    expect(readAnyRun(at).run.epochs.length).toBe(2);
    expect(() => readRun(at)).toThrow(UserError);
  });

  it.each([{ version: 2 }, { ...head, seed: "3" }, { ...head, data: undefined }, []])("%j is refused", (content) =>
    expect(() => readAnyRun(headed(content))).toThrow(UserError),
  );
});

it("weights that are cut are refused", () => {
  const at = kept();
  writeFileSync(join(at, "weights.safetensors"), Buffer.of(8, 0, 0));
  expect(() => readRunWeights(at)).toThrow(UserError);
});

describe("the verbs, of a run with a damaged checkpoint", () => {
  const at = folder({ "t.csv": table(60, sides), "plan.json": plan("t.csv", { training: { epochs: 2 } }) });
  const run = join(at, ".unstuck/plan-1");
  beforeAll(async () => {
    await unstuck(at, ["train", "plan.json", "--quiet"]);
    for (const name of ["checkpoint", "checkpoint.previous"]) writeFileSync(join(run, name), "u");
  }, 60_000);

  it.each([
    { verb: "errors", args: [], code: 0 },
    { verb: "why", args: [], code: 0 },
    { verb: "fix", args: ["--budget", "3"], code: 0 },
    { verb: "train", args: [], code: 2 },
  ])("$verb answers with exit code $code", async ({ verb, args, code }) => {
    const result = await unstuck(at, [verb, run, "--quiet", ...args]);
    expect([result.code, result.err.includes("    at ")]).toEqual([code, false]);
  });

  it("train of one that was interrupted starts again, to the same weights", async () => {
    await unstuck(at, ["train", "plan.json", "--quiet", "--out", join(at, "other")]);
    const path = join(at, "other/.unstuck/plan-1");
    const lines = readFileSync(join(path, "events.ndjson"), "utf8").trim().split("\n");
    writeFileSync(
      join(path, "events.ndjson"),
      `${lines.filter((line) => !line.includes('"type":"end"')).join("\n")}\n`,
    );
    for (const name of ["checkpoint", "checkpoint.previous"]) writeFileSync(join(path, name), "u");
    copyFileSync(join(path, "weights.safetensors"), join(at, "before"));
    rmSync(join(path, "weights.safetensors"));
    const { code, err } = await unstuck(at, ["train", path]);
    expect([code, err.includes("starts again")]).toEqual([0, true]);
    expect(readFileSync(join(path, "weights.safetensors"))).toEqual(readFileSync(join(at, "before")));
  });
});
