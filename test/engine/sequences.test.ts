/** Layers over sequences: gradients against finite differences of the plain interpreter, and the runtime against it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/graph/gradient.ts";
import { Graph, size, type Tensor } from "../../src/engine/graph/graph.ts";
import { interpret } from "../../src/engine/graph/interpret.ts";
import { kindOf } from "../../src/engine/layers/index.ts";
import type { Signal } from "../../src/engine/layers/layer.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Layer, PlanInput } from "../../src/plan/plan.ts";
import { normal, stream, uniform } from "../../src/random.ts";
import { plan } from "./small.ts";

type LayerInput = Exclude<PlanInput["network"], string>[number];
type Dims = { stack: number; rows: number; steps: number; inputs: number; units: number; masked: boolean };
type Case = { name: string; layer: (dims: Dims) => LayerInput; tokens?: boolean; flat?: boolean; cross?: boolean };

const cell = (layer: "simpleRNN" | "lstm" | "gru", more: object = {}) => ({
  name: `${layer} ${JSON.stringify(more)}`,
  layer: ({ units }: Dims) => ({ layer, units, dropout: 0.5, ...more }) as LayerInput,
});
const CASES: Case[] = [
  cell("simpleRNN"),
  cell("simpleRNN", { returnSequences: true, activation: "softsign", useBias: false }),
  cell("lstm"),
  cell("lstm", { returnSequences: true, useBias: false }),
  cell("lstm", { returnSequences: true, activation: "swish", recurrentActivation: "softsign" }),
  cell("gru"),
  cell("gru", { returnSequences: true, useBias: false }),
  cell("gru", { activation: "linear", recurrentActivation: "tanh" }),
  ...(["concat", "sum"] as const).map((mergeMode) => ({
    name: `bidirectional ${mergeMode}`,
    layer: ({ units, rows }: Dims): LayerInput => {
      const of = { layer: "gru", units, dropout: 0.5, returnSequences: rows > 1 } as const;
      return { layer: "bidirectional", mergeMode, of };
    },
  })),
  { name: "embedding", tokens: true, layer: ({ units }) => ({ layer: "embedding", inputDim: 5, outputDim: units }) },
  { name: "repeatVector", flat: true, layer: ({ units }) => ({ layer: "repeatVector", n: units }) },
  {
    name: "timeDistributed",
    layer: ({ units }) => ({ layer: "timeDistributed", of: { layer: "dense", units, activation: "tanh" } }),
  },
  ...[true, false].flatMap((causal) =>
    [true, false].map((cross) => ({
      name: `multiHeadAttention${causal ? ", causal" : ""}${cross ? ", of another sequence" : ""}`,
      cross,
      layer: ({ units }: Dims): LayerInput => ({ layer: "multiHeadAttention", heads: 2, keyDim: units, causal }),
    })),
  ),
];

const DIMS = fc.record({
  stack: fc.integer({ min: 1, max: 2 }),
  rows: fc.integer({ min: 1, max: 3 }),
  steps: fc.integer({ min: 1, max: 3 }),
  inputs: fc.integer({ min: 1, max: 3 }),
  units: fc.integer({ min: 1, max: 3 }),
  masked: fc.boolean(),
});

/** The layer alone in a graph, the gradients of all it reads, and values for that. */
function setUp({ layer: make, tokens, flat, cross }: Case, dims: Dims) {
  const { stack, rows, steps, inputs, masked } = dims;
  const [layer] = plan({ network: [make(dims)] }).network as Layer[];
  const kind = kindOf(layer.layer)!;
  const g = new Graph();
  const lead = stack > 1 ? [stack] : [];
  const signalOf = (shape: number[]): Signal => ({
    tensor: g.input([...lead, rows, ...shape]),
    shape,
    channelsFirst: false,
    mask: masked && shape.length > 1 ? g.input([...lead, rows, shape[0]]) : null,
  });
  const signals = [signalOf(tokens ? [steps] : flat ? [inputs] : [steps, inputs])];
  if (cross) signals.push(signalOf([steps + 1, inputs + 1]));
  const [before, ...more] = signals.map(({ shape }) => shape);
  const specs = kind.weights?.(layer, before, ...more) ?? [];
  const weights = Object.fromEntries(specs.map(({ name, shape }) => [name, g.input([...lead, ...shape])]));
  const drawn = (kind.draws?.(layer, before) ?? []).map((draw) => g.input([...lead, rows, draw.size]));
  const context = { g, lead, rows, training: true, real: null, drawn };
  const built = kind.build(context, layer, signals[0], weights, ...signals.slice(1));
  expect(built.shape).toEqual(kind.shape(layer, before, ...more));
  expect(built.tensor.shape).toEqual([...lead, rows, ...built.shape]);
  const sources = [...(tokens ? [] : signals.map(({ tensor }) => tensor)), ...Object.values(weights)];
  const given = new Map<Tensor, Float64Array>();
  const give = (tensor: Tensor, value: (i: number) => number) =>
    given.set(
      tensor,
      Float64Array.from({ length: size(tensor.shape) }, (_, i) => Math.fround(value(i))),
    );
  for (const [k, tensor] of sources.entries()) give(tensor, (i) => 0.7 * normal(stream(3, k), i));
  if (tokens) give(signals[0].tensor, (i) => Math.floor(5 * uniform(stream(4), i)));
  for (const mask of signals.flatMap((signal) => signal.mask ?? []))
    give(mask, (i) => Number(uniform(stream(5), i) > 0.4));
  for (const mask of drawn) give(mask, (i) => (uniform(stream(6), i) > 0.5 ? 2 : 0));
  const { tensor: output } = built;
  const weighing = g.constant(
    Float32Array.from({ length: size(output.shape) }, (_, i) => normal(stream(7), i)),
    output.shape,
  );
  const found = gradients(g, [{ output, gradient: weighing }], sources);
  const total = () => {
    const [{ data }] = interpret(g, [output], given);
    return (data as Float64Array).reduce((sum, v, i) => sum + v * Number(weighing.constant![i]), 0);
  };
  return { g, sources, output, found, given, total };
}

describe.each(CASES)("$name", (c) => {
  it("agrees with finite differences", () => {
    fc.assert(
      fc.property(DIMS, (dims) => {
        const { g, sources, found, given, total } = setUp(c, dims);
        const known = sources.flatMap((source, k) => (found[k] ? [{ source, gradient: found[k] }] : []));
        const values = interpret(
          g,
          known.map(({ gradient }) => gradient),
          given,
        );
        known.forEach(({ source }, k) => {
          const at = given.get(source)!;
          at.forEach((x, i) => {
            const moved = (by: number) => {
              at[i] = x + by;
              return total();
            };
            const numeric = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            at[i] = x;
            expect(Math.abs(Number(values[k].data[i]) - numeric)).toBeLessThan(1e-6 * Math.max(1, Math.abs(numeric)));
          });
        });
      }),
      { numRuns: 12 },
    );
  });

  it("the runtime computes what the interpreter computes", async () => {
    await fc.assert(
      fc.asyncProperty(DIMS, async (dims) => {
        const { g, output, found, given } = setUp(c, dims);
        const outputs = Object.fromEntries(
          [output, ...found.flatMap((tensor) => tensor ?? [])].map((t, k) => [`y${k}`, t]),
        );
        const inputs = Object.fromEntries([...given.keys()].map((tensor, k) => [`x${k}`, tensor]));
        const session = await onnxRuntime(1).once({ g, inputs, outputs });
        const feeds = Object.entries(inputs).map(([name, tensor]) => {
          return [name, { dtype: tensor.dtype, shape: tensor.shape, data: Float32Array.from(given.get(tensor)!) }];
        });
        const results = await session.run(Object.fromEntries(feeds));
        const reference = interpret(g, Object.values(outputs), given);
        Object.keys(outputs).forEach((name, i) => {
          // Sums round as their largest terms do.
          const scale = Math.max(1, ...Array.from(reference[i].data, Number).map(Math.abs));
          reference[i].data.forEach((v: number | bigint, j: number) => {
            expect(Math.abs(results[name][j] - Number(v))).toBeLessThan(5e-5 * scale);
          });
        });
        await session.release();
      }),
      { numRuns: 8 },
    );
  });
});
