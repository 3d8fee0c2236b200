/** Every layer's gradient, in shapes of all sizes, against finite differences of the plain interpreter; and what the runtime makes of both. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradients } from "../../src/engine/graph/gradient.ts";
import { Graph, size, type Tensor } from "../../src/engine/graph/graph.ts";
import { interpret } from "../../src/engine/graph/interpret.ts";
import { kindOf } from "../../src/engine/layers/index.ts";
import type { Context, Signal } from "../../src/engine/layers/layer.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Layer, PlanInput } from "../../src/plan/plan.ts";
import { normal, stream } from "../../src/random.ts";
import { plan } from "./small.ts";

type Given = Extract<PlanInput["network"], readonly unknown[]>[number];
/** A layer on rows of some shapes; `real` of `rows` count, the rest fills up the batch; `steps` marks padding. */
type Case = { layer: Given; shapes: number[][]; rows: number; real: number; lanes: number; steps: boolean };

const few = fc.integer({ min: 1, max: 3 });
const side = fc.integer({ min: 1, max: 5 });
const pair = fc.tuple(few, few);
const padding = fc.constantFrom("valid" as const, "same" as const);
const yes = fc.boolean();
const vector = fc.tuple(few);
const steps = fc.tuple(side, few);
const image = fc.tuple(fc.integer({ min: 1, max: 4 }), side, few);
const any = fc.oneof(vector, steps, image);

const of = (layer: fc.Arbitrary<Given>, shape: fc.Arbitrary<number[]>, mask = false): fc.Arbitrary<Case> =>
  fc.record({
    layer,
    shapes: shape.map((one) => [one]),
    rows: few,
    real: few,
    lanes: few,
    steps: mask ? yes : fc.constant(false),
  });
const fixed = (layer: Given) => fc.constant(layer);
const normalising = fc.record({ useBias: yes, epsilon: fc.constantFrom(1e-3, 0.1) });
const along = fc.record({ strides: few, padding });
const across = fc.record({ strides: pair, padding });
const dilated = (strides: number | number[], dilation: number) => ({
  dilation: Math.max(...[strides].flat()) > 1 ? 1 : dilation,
});
const conv = { activation: fc.constantFrom("linear" as const, "tanh" as const, "softmax" as const), useBias: yes };

const layers: Record<string, fc.Arbitrary<Case>> = {
  conv1d: of(
    fc
      .record({ ...conv, filters: few, kernelSize: few, strides: few, padding, dilation: few })
      .map((p) => ({ layer: "conv1d", ...p, ...dilated(p.strides, p.dilation) })),
    steps,
  ),
  conv2d: of(
    fc
      .record({ ...conv, filters: few, kernelSize: pair, strides: pair, padding, dilation: few })
      .map((p) => ({ layer: "conv2d", ...p, ...dilated(p.strides, p.dilation) })),
    image,
  ),
  depthwiseConv2d: of(
    fc
      .record({ ...conv, kernelSize: pair, strides: pair, padding, dilation: few })
      .map((p) => ({ layer: "depthwiseConv2d", ...p, ...dilated(p.strides, p.dilation) })),
    image,
  ),
  maxPooling1d: of(
    fc.tuple(few, along).map(([poolSize, p]) => ({ layer: "maxPooling1d", poolSize, ...p })),
    steps,
  ),
  maxPooling2d: of(
    fc.tuple(pair, across).map(([poolSize, p]) => ({ layer: "maxPooling2d", poolSize, ...p })),
    image,
  ),
  averagePooling1d: of(
    fc.tuple(few, along).map(([poolSize, p]) => ({ layer: "averagePooling1d", poolSize, ...p })),
    steps,
  ),
  averagePooling2d: of(
    fc.tuple(pair, across).map(([poolSize, p]) => ({ layer: "averagePooling2d", poolSize, ...p })),
    image,
  ),
  globalMaxPooling1d: of(fixed({ layer: "globalMaxPooling1d" }), steps),
  globalMaxPooling2d: of(fixed({ layer: "globalMaxPooling2d" }), image),
  globalAveragePooling1d: of(fixed({ layer: "globalAveragePooling1d" }), steps, true),
  globalAveragePooling2d: of(fixed({ layer: "globalAveragePooling2d" }), image),
  batchNormalization: of(
    normalising.map((p) => ({ layer: "batchNormalization", ...p })),
    fc.oneof(vector, image),
  ),
  "batchNormalization of steps": of(
    normalising.map((p) => ({ layer: "batchNormalization", ...p })),
    steps,
    true,
  ),
  layerNormalization: of(
    normalising.map((p) => ({ layer: "layerNormalization", ...p })),
    any,
  ),
  dense: of(
    fc.tuple(few, yes).map(([units, useBias]) => ({ layer: "dense", units, useBias, activation: "tanh" })),
    any,
  ),
  dropout: of(fixed({ layer: "dropout", rate: 0.4 }), any),
  gaussianNoise: of(fixed({ layer: "gaussianNoise", std: 0.4 }), any),
  flatten: of(fixed({ layer: "flatten" }), any),
  add: fc
    .tuple(of(fixed({ layer: "add", from: ["input", "input"] }), any), yes)
    .map(([c, whole]) => ({ ...c, shapes: [c.shapes[0], whole ? c.shapes[0] : c.shapes[0].slice(-1), c.shapes[0]] })),
  concatenate: fc
    .tuple(of(fixed({ layer: "concatenate", from: ["input", "input"] }), any), few)
    .map(([c, width]) => ({ ...c, shapes: [c.shapes[0], [...c.shapes[0].slice(0, -1), width]] })),
};

const draw = (shape: readonly number[], key: number) =>
  Float32Array.from({ length: size(shape) }, (_, i) => normal(stream(7, key), i));

/** The layer in a graph, with the gradients of a weighted sum of what it gives; null where its window does not fit the row. */
function setUp({ layer: given, shapes, rows, real, lanes, steps }: Case, channelsFirst: boolean) {
  const [layer] = plan({ network: [given] }).network as Layer[];
  const kind = kindOf(layer.layer)!;
  const [before, ...more] = shapes;
  let specs: NonNullable<ReturnType<NonNullable<typeof kind.weights>>>;
  try {
    kind.shape(layer, before, ...more);
    specs = kind.weights?.(layer, before, ...more) ?? [];
  } catch {
    return null;
  }
  const g = new Graph();
  const lead = kind.alone || channelsFirst || lanes === 1 ? [] : [lanes];
  const values = new Map<Tensor, Float32Array>();
  const input = (shape: readonly number[], data = draw(shape, values.size)) => {
    const tensor = g.input(shape);
    values.set(tensor, data);
    return tensor;
  };
  const ones = (shape: number[], is: (i: number) => boolean) =>
    input(
      shape,
      Float32Array.from({ length: size(shape) }, (_, i) => Number(is(i))),
    );
  const signals = shapes.map((shape): Signal => {
    const first = channelsFirst && shape.length > 1;
    const laid = first ? [shape.at(-1)!, ...shape.slice(0, -1)] : shape;
    return { tensor: input([...lead, rows, ...laid]), shape, channelsFirst: first, mask: null };
  });
  const data = signals.map(({ tensor }) => tensor);
  const weights = specs.map((spec) => [spec.name, input([...lead, ...spec.shape])] as const);
  const mask = steps && !channelsFirst ? ones([...lead, rows, before[0]], (i) => i % before[0] <= i % 3) : null;
  const context: Context = {
    g,
    lead,
    rows,
    training: true,
    real: real < rows ? ones([...lead, rows, 1], (i) => i % rows < real) : null,
    drawn: kind.draws?.(layer, before, ...more).map((d) => input([...lead, rows, d.size])) ?? [],
  };
  const [x, ...others] = signals.map((signal) => ({ ...signal, mask }));
  const output = kind.build(context, layer, x, Object.fromEntries(weights), ...others).tensor;
  const sources = [...data, ...weights.filter(([name]) => !name.startsWith("moving")).map(([, tensor]) => tensor)];
  const seed = g.constant(draw(output.shape, 99), output.shape);
  return { g, output, seed, sources, values, grads: gradients(g, [{ output, gradient: seed }], sources) as Tensor[] };
}

const close = (a: number, b: number, tolerance: number) => Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
const STEP = 1e-5;

async function check(c: Case, channelsFirst: boolean): Promise<void> {
  const made = setUp(c, channelsFirst);
  if (!made) return;
  const { g, output, seed, sources, values, grads } = made;
  const doubles = new Map([...values].map(([tensor, data]) => [tensor, Float64Array.from(data)]));
  const reference = interpret(g, [output, ...grads], doubles);
  const total = () =>
    (interpret(g, [output], doubles)[0].data as Float64Array).reduce((s, v, i) => s + v * Number(seed.constant![i]), 0);
  sources.forEach((source, k) => {
    const data = doubles.get(source)!;
    for (let i = 0; i < data.length; i++) {
      const at = data[i];
      const [up, down] = [STEP, -STEP].map((by) => {
        data[i] = at + by;
        return total();
      });
      data[i] = at;
      const numeric = (up - down) / (2 * STEP);
      const analytic = Number(reference[k + 1].data[i]);
      if (!close(analytic, numeric, 1e-5)) expect(analytic, `d${k}[${i}]`).toBeCloseTo(numeric, 5);
    }
  });
  await runs(
    made,
    reference.map(({ data }) => Float64Array.from(data as Float64Array)),
  );
}

/** The runtime gives what the interpreter gave. */
async function runs({ g, output, grads, values }: NonNullable<ReturnType<typeof setUp>>, reference: Float64Array[]) {
  const named = [...values.keys()].map((tensor, i) => [`x${i}`, tensor] as const);
  const results = [output, ...grads].map((tensor, i) => [`y${i}`, tensor] as const);
  const once = { g, inputs: Object.fromEntries(named), outputs: Object.fromEntries(results) };
  const session = await onnxRuntime(1).once(once);
  const feeds = named.map(([name, tensor]) => {
    return [name, { dtype: tensor.dtype, shape: tensor.shape, data: values.get(tensor)! }] as const;
  });
  const told = await session.run(Object.fromEntries(feeds));
  await session.release();
  reference.forEach((expected, k) => {
    expected.forEach((v, i) => {
      if (!close(told[`y${k}`][i], v, 1e-4)) expect(told[`y${k}`][i], `y${k}[${i}]`).toBeCloseTo(v, 4);
    });
  });
}

describe.each(Object.entries(layers))("%s", (_name, cases) => {
  it.each([
    { layout: "channels last", first: false },
    { layout: "channels first", first: true },
  ])("$layout", async ({ first }) => {
    await fc.assert(
      fc.asyncProperty(cases, (c) => check(c, first)),
      { numRuns: 12, seed: 4 },
    );
  });
});
