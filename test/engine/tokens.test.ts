/** Sequences of tokens in training: the same bits again, greedy decoding, what is refused, and the shared cases. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadDataset } from "../../src/data/node/load.ts";
import { constantLoss } from "../../src/engine/constant-loss.ts";
import { greedy } from "../../src/engine/decode.ts";
import type { TrainEvent } from "../../src/engine/events.ts";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { interpreter } from "../../src/engine/interpreter.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { type PlanInput, parsePlan } from "../../src/plan/plan.ts";
import {
  apart,
  checkpoints,
  classes,
  dense,
  end,
  losses,
  plan,
  type Sketch,
  statesApart,
  tokens,
  told,
} from "./small.ts";

const engine = graphEngine(onnxRuntime(1));
const EPOCHS = 3;
const predictedTokens = tokens(44, { steps: 5, kinds: 6, least: 2, target: { steps: 4, kinds: 5, least: 2 } });
const all = { returnSequences: true } as const;
const writer: Sketch["network"] = [
  { layer: "embedding", inputDim: 7, outputDim: 4, maskZero: true },
  { layer: "bidirectional", of: { layer: "lstm", units: 3, dropout: 0.3, ...all }, name: "read" },
  { layer: "embedding", inputDim: 6, outputDim: 4, from: ["target"] },
  { layer: "gru", units: 5, dropout: 0.2, ...all, name: "write" },
  { layer: "multiHeadAttention", heads: 2, keyDim: 3, from: ["write", "read"], name: "seen" },
  { layer: "concatenate", from: ["write", "seen"] },
  { layer: "timeDistributed", of: { layer: "dropout", rate: 0.1 } },
  dense(6, "softmax"),
];
const the = (more: Sketch["training"] = {}) =>
  plan({
    network: writer,
    training: { optimizer: { name: "adam", learningRate: 0.01 }, epochs: EPOCHS, batchSize: 16, ...more },
    data: { task: "sequence" },
    metric: "exactMatch",
  });

const course = (events: readonly TrainEvent[], seed = 1) => ({
  losses: losses(events, seed),
  last: checkpoints(events, seed).at(-1),
  end: end(events, seed),
});

describe("a taught decoder, dropout in every layer", () => {
  const alone = told(engine, the(), predictedTokens, { checkpoints: EPOCHS });

  it("the runtime trains as the interpreter does", async () => {
    const plain = course(await told(graphEngine(interpreter), the(), predictedTokens, { checkpoints: EPOCHS }));
    const compiled = course(await alone);
    expect(apart(compiled.losses, plain.losses)).toBeLessThan(1e-5);
    expect(statesApart(compiled.last!.state, plain.last!.state)).toBeLessThan(1e-4);
    expect(compiled.end.score).toBe(plain.end.score);
  });

  it("resumed, the same bits", async () => {
    const first: TrainEvent[] = [];
    for await (const event of engine.train(the(), predictedTokens, { seeds: [1], checkpoints: 1 })) {
      first.push(event);
      if (event.type === "checkpoint") break;
    }
    const from = structuredClone(checkpoints(first)[0]);
    const rest = await told(engine, the(), predictedTokens, { checkpoints: EPOCHS, from });
    expect([...losses(first), ...losses(rest)]).toEqual(course(await alone).losses);
    expect(checkpoints(rest).at(-1)).toEqual(course(await alone).last);
  });

  it("stacked with other seeds, within 1e-5", async () => {
    const among = course(await told(engine, the(), predictedTokens, { seeds: [4, 1, 9], checkpoints: EPOCHS }));
    expect(apart(among.losses, course(await alone).losses)).toBeLessThan(1e-5);
    expect(statesApart(among.last!.state, course(await alone).last!.state)).toBeLessThan(1e-5);
  });

  it("dropout changes the loss", async () => {
    const dry = JSON.parse(
      JSON.stringify(writer).replaceAll(/"(dropout|rate)":0\.\d/g, '"$1":0'),
    ) as PlanInput["network"];
    const other = plan({ ...the(), network: dry } as Sketch);
    expect(losses(await told(engine, other, predictedTokens))[0]).not.toBe(losses(await alone)[0]);
  });
});

it("a look inside tells of a layer that another wraps", async () => {
  const events = await told(engine, the(), predictedTokens, { snapshots: 1 });
  const snapshots = events.flatMap((event) => (event.type === "layers" ? event.layers : []));
  expect(snapshots.map(({ name }) => name)).toEqual(["read", "write", "dense"]);
  for (const { gradient, weight, update } of snapshots)
    for (const n of [gradient, weight, update]) expect(n).toBeGreaterThan(0);
});

it("the constant loss: an answer for each step, padding left out", () => {
  const y = Float32Array.of(1, 3, 2, 0, 1, 3, 1, 0);
  const loss = {
    name: "sparseCategoricalCrossentropy",
    fromLogits: false,
    reduction: "mean",
    labelSmoothing: 0,
  } as const;
  const train = Uint32Array.of(0, 1, 2, 3);
  const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
  const found = constantLoss(loss, { y, width: 2, train, tokens: Uint32Array.of(2, 1, 2, 1) });
  expect(found).toBeCloseTo((4 * entropy) / 6, 12);
});

it("an embedding larger than one thread's share: with two threads the same bits again", async () => {
  const words = tokens(256, { steps: 40, kinds: 30, least: 40 });
  const large = plan({
    network: [{ layer: "embedding", inputDim: 40, outputDim: 64 }, { layer: "flatten" }, dense(3, "softmax")],
    training: { batchSize: 128, epochs: 3 },
  });
  const runs = [1, 2, 3].map(() => told(graphEngine(onnxRuntime(2)), large, words, { checkpoints: 3 }));
  const [first, ...again] = (await Promise.all(runs)).map((events) => course(events));
  for (const one of again) expect(one).toEqual(first);
});

it("greedy decoding gives what a decoder does step by step, and asks only for rows that are open", async () => {
  const shape = fc.record({
    steps: fc.integer({ min: 1, max: 6 }),
    rows: fc.integer({ min: 1, max: 5 }),
    key: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ steps, rows, key }) => {
      // Any function of the row and of the tokens before a step.
      const next = (row: number, before: readonly number[]) =>
        1 + ([...before, row, key % 97].reduce((hash, n) => (hash * 31 + n + 7) % 1009, 1) % 3);
      const answer = (row: number, given: ArrayLike<number>) =>
        Float32Array.from({ length: steps }, (_, k) => next(row, Array.from(given).slice(0, k)));
      const truth = Array.from({ length: rows }, (_, row) => {
        const length = 1 + ((row + key) % steps);
        return Float32Array.from({ length: steps }, (_, k) => (k < length ? 1 + ((k + row + key) % 3) : 0));
      });
      let asked = 0;
      const decoded = await greedy(
        async (some, given) => {
          asked += some.length;
          return some.map((row, i) => answer(row, given[i]));
        },
        truth,
        truth.map((own, row) => answer(row, own)),
      );
      for (const [row, own] of truth.entries()) {
        const wanted: number[] = [];
        for (let k = 0; own[k] > 0; k++) wanted.push(next(row, wanted));
        expect(Array.from(decoded[row]).slice(0, wanted.length)).toEqual(wanted);
      }
      expect(asked).toBeLessThanOrEqual(rows * steps);
    }),
  );
});

it("a decoder learns to write what it reads", async () => {
  const data = tokens(200, { steps: 2, kinds: 3, least: 2, target: { steps: 2, kinds: 3, least: 2 } });
  const { table } = data;
  const echo = { ...data, table: { ...table, target: { ...table.target, values: table.x } as typeof table.target } };
  const learns = plan({
    network: [
      { layer: "embedding", inputDim: 4, outputDim: 8 },
      { layer: "lstm", units: 16 },
      { layer: "repeatVector", n: 2, name: "read" },
      { layer: "embedding", inputDim: 4, outputDim: 8, from: ["target"], name: "written" },
      { layer: "concatenate", from: ["read", "written"] },
      { layer: "gru", units: 16, ...all },
      dense(4, "softmax"),
    ],
    training: { optimizer: { name: "adam", learningRate: 0.02 }, epochs: 15, batchSize: 16 },
    data: { task: "sequence" },
    metric: "exactMatch",
  });
  expect(end(await told(engine, learns, echo)).score).toBe(1);
});

describe("refused", () => {
  const teacherForced = { layer: "embedding", inputDim: 6, outputDim: 4, from: ["target"] } as const;
  const attention = { layer: "multiHeadAttention", heads: 1, keyDim: 2 } as const;
  const sequence = { data: predictedTokens, task: "sequence" as const };
  const cases: {
    name: string;
    network: unknown;
    says: RegExp;
    data: typeof predictedTokens;
    task?: "sequence";
    metric?: "f1";
  }[] = [
    {
      ...sequence,
      name: "attention to later tokens",
      network: [teacherForced, attention, dense(6)],
      says: /multiHeadAttention.*tokens/,
    },
    {
      ...sequence,
      name: "both directions of the target",
      network: [teacherForced, { layer: "bidirectional", of: { layer: "gru", units: 2, ...all } }, dense(6)],
      says: /bidirectional.*tokens/,
    },
    {
      ...sequence,
      name: "the target as one vector",
      network: [{ ...dense(4), from: ["target"] }, { layer: "repeatVector", n: 4 }, dense(6)],
      says: /dense.*tokens/,
    },
    {
      ...sequence,
      name: "too few steps",
      network: [{ layer: "repeatVector", n: 3 }, dense(6)],
      says: /4 tokens.*\[3,6\]/,
    },
    {
      ...sequence,
      name: "a token without a row",
      network: [
        { layer: "embedding", inputDim: 6, outputDim: 2 },
        { layer: "gru", units: 2 },
        { layer: "repeatVector", n: 4 },
        dense(6),
      ],
      says: /token 6.*\b5\b/,
    },
    {
      ...sequence,
      name: "a metric of classes",
      network: [{ layer: "repeatVector", n: 4 }, dense(6)],
      says: /f1/,
      metric: "f1",
    },
    {
      name: "the target elsewhere",
      data: classes(20, [4], 3),
      network: [{ ...dense(3), from: ["target"] }],
      says: /sequence task/,
    },
  ];
  it.each(cases)("$name", ({ network, says, data, task, metric }) => {
    const own = plan({ network: network as PlanInput["network"], data: { ...(task && { task }) }, metric });
    expect(() => makeLane(own, data, 1)).toThrow(says);
  });
});

const SEEDED = new URL("../../../shared/cases/seeded/", import.meta.url);
describe.skipIf(!existsSync(SEEDED))("the shared cases, within what other seeds reached", () => {
  it.each([
    { id: "eg-co2-rnn", file: "plan", below: 0.5 },
    { id: "eg-co2-rnn", file: "fixed", above: 0.98 },
    { id: "seq-dates-rate-low", file: "fixed", above: 0.98 },
  ])("$id, $file", async ({ id, file, below = Infinity, above = -Infinity }) => {
    const folder = new URL(`${id}/`, SEEDED);
    const own = parsePlan(JSON.parse(readFileSync(new URL(`${file}.json`, folder), "utf8")));
    const { score } = end(
      await told(engine, own, await loadDataset(own, folder.pathname), { scores: 1, trainScores: false }),
    );
    expect(score).toBeGreaterThan(above);
    expect(score).toBeLessThan(below);
  });
});
