/** Not-a-number: what each operation of the runtime does with it, and that a training names the step that it came in. */
import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.ts";
import { averagePool } from "../../src/engine/graph/average.ts";
import * as b from "../../src/engine/graph/build.ts";
import { conv } from "../../src/engine/graph/convolution.ts";
import { depthwise } from "../../src/engine/graph/depthwise.ts";
import { Graph, size, type Tensor } from "../../src/engine/graph/graph.ts";
import { standardized } from "../../src/engine/graph/normalization.ts";
import { OPERATIONS } from "../../src/engine/graph/operations.ts";
import { maxPool } from "../../src/engine/graph/pooling.ts";
import { scan } from "../../src/engine/graph/scan.ts";
import { graphEngine, makeLane, trainLanes } from "../../src/engine/graph-engine.ts";
import { LaneState } from "../../src/engine/lane.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { apart, classes, dense, end, losses, numbers, plan, told } from "./small.ts";

const ROW = [3, 37];
const IMAGE = [1, 2, 8, 8];
const KERNEL = [3, 2, 3, 3];
const at = { strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1] };

type Build = (g: Graph, ...x: Tensor[]) => Tensor;
/** NaN stands in each element of the first input in turn, whose share of the places that keep it is `keeps`. */
type Case = { name: string; shapes: number[][]; build: Build; keeps: number };
const one = (name: string, build: Build, keeps = 1): Case => ({ name, shapes: [ROW], build, keeps });
const two = (name: string, build: Build, keeps = 1, other = ROW): Case => ({
  name,
  shapes: [ROW, other],
  build,
  keeps,
});
const image = (name: string, build: Build, keeps = 1, shapes = [IMAGE, KERNEL]): Case => ({
  name,
  shapes,
  build,
  keeps,
});
const asFloat = (compare: (g: Graph, x: Tensor, y: Tensor) => Tensor) => (g: Graph, x: Tensor, y: Tensor) =>
  b.cast(g, compare(g, x, y), "float32");
const indices = (g: Graph, values: number[], shape: number[]) =>
  g.constant(BigInt64Array.from(values, BigInt), shape, "int64");
const count = (n: number) => Array.from({ length: n }, (_, i) => i);

const cases: Case[] = [
  one("Neg", b.neg),
  one("Exp", b.exp),
  one("Log", b.log),
  one("Sqrt", b.sqrt),
  one("Abs", b.abs),
  one("Sign", b.sign),
  one("Relu", b.relu),
  one("LeakyRelu", (g, x) => b.leakyRelu(g, x, 0.2)),
  one("Elu", b.elu),
  one("Selu", b.selu),
  one("Gelu", b.gelu),
  one("Erf", (g, x) => g.add("Erf", [x], { shape: x.shape })),
  one("Sigmoid", b.sigmoid),
  one("HardSigmoid", (g, x) => b.hardSigmoid(g, x, 1 / 6)),
  one("Cos", b.cos),
  one("Tanh", b.tanh),
  one("Softplus", b.softplus),
  one("Softsign", b.softsign),
  one("Softmax", b.softmax),
  one("LogSoftmax", b.logSoftmax),
  two("Add", b.add),
  two("Sub", b.sub),
  two("Mul", b.mul),
  two("Mul by 0", (g, x) => b.mul(g, x, g.scalar(0))),
  two("Div", b.div),
  two("Max", b.max),
  two("Max, the other side", (g, x, y) => b.max(g, y, x)),
  two("Min", b.min),
  two("Min, the other side", (g, x, y) => b.min(g, y, x)),
  one("Max and Min with a number (clipping)", (g, x) => b.min(g, b.max(g, x, g.scalar(0.2)), g.scalar(0.9))),
  two("Greater", asFloat(b.greater), 0),
  two("GreaterOrEqual", asFloat(b.atLeast), 0),
  two("Equal", asFloat(b.equal), 0),
  two("Where, chosen", (g, x, y) => b.where(g, b.equal(g, y, y), x, y)),
  two("Where, not chosen", (g, x, y) => b.where(g, b.equal(g, y, y), y, x), 0),
  one("ReduceSum", (g, x) => b.sum(g, x, [1])),
  one("ReduceSum over rows", (g, x) => b.sum(g, x, [0])),
  one("ReduceMean", (g, x) => b.mean(g, x, [0, 1])),
  one("squares", (g, x) => b.squares(g, x, 0)),
  // It compares with the first element: only there NaN stays.
  one("ReduceMax", (g, x) => b.largest(g, x, [1]), 1 / 37),
  one("Reshape", (g, x) => b.reshape(g, x, [37, 3])),
  one("Transpose", (g, x) => b.transpose(g, x, [1, 0])),
  one("Expand", (g, x) => g.add("Expand", [x, g.ints([2, ...ROW])], { shape: [2, ...ROW] })),
  one("Gather", (g, x) => b.gather(g, x, indices(g, [2, 0, 1], [3]))),
  two("Concat", (g, x, y) => b.concat(g, [y, x], 1)),
  one("Split", (g, x) => b.concat(g, b.split(g, x, [20, 17], 1).toReversed(), 1)),
  one("Slice", (g, x) => g.add("Slice", [x, g.ints([0]), g.ints([37]), g.ints([1]), g.ints([1])], { shape: ROW })),
  one("Pad", (g, x) => g.add("Pad", [x, g.ints([0, 1, 0, 1])], { shape: [3, 39] })),
  two("Gemm", (g, x, y) => b.matmul(g, x, y), 1, [37, 5]),
  two("Gemm and Relu", (g, x, y) => b.relu(g, b.matmul(g, x, y)), 1, [37, 5]),
  two("Gemm, a row of zeros before it", (g, x, y) => b.matmul(g, b.scale(g, y, 0), x), 1, [5, 3]),
  {
    name: "FusedMatMul",
    shapes: [
      [2, 3, 7],
      [2, 7, 5],
    ],
    build: (g, x, y) => b.matmul(g, x, y),
    keeps: 1,
  },
  image("Conv", (g, x, w) => conv(g, x, w, null, at)),
  image("Conv and Relu", (g, x, w) => b.relu(g, conv(g, x, w, null, at))),
  image("Conv, in the weights", (g, w, x) => conv(g, x, w, null, at), 1, [KERNEL, IMAGE]),
  image("Col2Im", (g, x) => g.add("Col2Im", [x, g.ints([8, 8]), g.ints([3, 3])], { shape: IMAGE }, at), 1, [
    [1, 18, 36],
  ]),
  image("Conv by channel", (g, x, w) => depthwise(g, x, w, null, at), 1, [IMAGE, [2, 1, 3, 3]]),
  image("AveragePool", (g, x) => averagePool(g, x, [2, 2], [2, 2], at.pads), 1, [IMAGE]),
  one("ScatterND", (g, x) => {
    const zeros = b.expand(g, g.scalar(0), [5, 37]);
    return g.add("ScatterND", [zeros, indices(g, [4, 0, 0], [3, 1]), x], { shape: [5, 37] }, { reduction: "add" });
  }),
  one("Scan", (g, x) => {
    const states = [b.expand(g, g.scalar(0), [37])];
    const sum = (body: Graph, [before]: Tensor[], [row]: Tensor[]) => ({
      states: [b.add(body, before, row)],
      each: [],
    });
    return scan(g, { states, slices: [x] }, sum).states[0];
  }),
  // An index is a number, whatever it was the largest of.
  one("ArgMax", b.argmax, 0),
  one("LayerNormalization", (g, x) => standardized(g, x, 1e-3)),
  // It compares with the first element of a window: only there NaN stays, with the indices in use or not.
  image("MaxPool", (g, x) => maxPool(g, x, [2, 2], [2, 2], at.pads), 1 / 4, [IMAGE]),
  image("MaxPool and the indices of its gradient", pooledAndBack, 1 / 4, [IMAGE]),
  image(
    "MaxUnpool",
    (g, x) =>
      unpool(
        g,
        x,
        indices(
          g,
          count(32).map((i) => 4 * i),
          [1, 2, 4, 4],
        ),
      ),
    1,
    [[1, 2, 4, 4]],
  ),
  one("ScatterElements", (g, x) => {
    const zeros = g.add("Expand", [g.scalar(0), g.ints([200])], { shape: [200] });
    const inputs = [zeros, indices(g, count(111), [111]), b.reshape(g, x, [111])];
    return g.add("ScatterElements", inputs, { shape: [200] }, { axis: 0, reduction: "add" });
  }),
];

const unpool = (g: Graph, x: Tensor, where: Tensor) =>
  g.add(
    "MaxUnpool",
    [x, where, g.ints(IMAGE)],
    { shape: IMAGE },
    { kernel_shape: [2, 2], strides: [2, 2], pads: at.pads },
  );

function pooledAndBack(g: Graph, x: Tensor): Tensor {
  const pooled = maxPool(g, x, [2, 2], [2, 2], at.pads);
  return unpool(g, pooled, pooled.node!.outputs[1]);
}

describe("an operation with NaN in one element", () => {
  it.each(cases)("$name keeps it in $keeps of the places", async ({ shapes, build, keeps }) => {
    const g = new Graph();
    const inputs = shapes.map((shape) => g.input(shape));
    const names = Object.fromEntries(inputs.map((input, k) => [`x${k}`, input]));
    const session = await onnxRuntime(1).once({ g, inputs: names, outputs: { y: build(g, ...inputs) } });
    const places = size(shapes[0]);
    let kept = 0;
    for (let place = 0; place < places; place++) {
      const values = shapes.map((shape, k) =>
        Float32Array.from({ length: size(shape) }, (_, i) => 0.1 + ((i * 7 + k * 3) % 11) / 11),
      );
      values[0][place] = Number.NaN;
      const feed = (k: number) => ({ dtype: "float32", shape: shapes[k], data: values[k] }) as const;
      const { y } = await session.run(Object.fromEntries(shapes.map((_, k) => [`x${k}`, feed(k)])));
      if (y.some(Number.isNaN)) kept++;
    }
    await session.release();
    expect(kept / places).toBe(keeps);
  });

  it("leaves no operation on float numbers untested", () => {
    const tested = new Set(
      cases.flatMap(({ shapes, build }) => {
        const g = new Graph();
        build(g, ...shapes.map((shape) => g.input(shape)));
        return g.nodes.map((node) => node.op);
      }),
    );
    expect(Object.keys(OPERATIONS).filter((op) => !tested.has(op))).toEqual(["BitShift", "BitwiseXor"]);
  });
});

const runtime = onnxRuntime(1);
const engine = graphEngine(runtime);

/** The first step whose batch holds `row`. */
function stepOf(row: number, the: Plan, data: Dataset, seed: number): number {
  const lane = new LaneState(makeLane(the, data, seed), 0);
  return Math.floor(lane.order(0).indexOf(row) / lane.rows);
}

const mlp = plan({
  network: [dense(8, "relu"), { layer: "dropout", rate: 0.2 }, dense(3, "softmax")],
  training: { batchSize: 8, epochs: 3 },
  data: { validation: null },
});
const pooling = (strides: number) =>
  plan({
    network: [
      { layer: "conv2d", filters: 4, kernelSize: 3, activation: "relu" },
      { layer: "maxPooling2d", strides },
      { layer: "flatten" },
      dense(3, "softmax"),
    ],
    training: { batchSize: 8, epochs: 2 },
    data: { validation: null },
  });
const rows = classes(80, [6], 3);
const images = classes(80, [12, 12, 1], 3);

/** The data with one number of `row` replaced. */
function spoilt(data: Dataset, row: number, place: number): Dataset {
  const x = data.table.x.slice();
  x[row * (x.length / data.table.rows) + place] = Number.NaN;
  return { ...data, table: { ...data.table, x } };
}

// However the steps are cut into calls of the runtime, the answer is the same.
const cuts = [{}, { snapshots: 1000 }, { snapshots: 7 }, { scores: 1 }];

describe("a training meets NaN", () => {
  it.each([
    { name: "in a table", the: mlp, data: rows, place: 2, hidden: false },
    { name: "in an image", the: pooling(2), data: images, place: 143, hidden: false },
    // The last pixel reaches the last place of the last window alone, where pooling drops it when windows overlap.
    { name: "in an image, where pooling hides it", the: pooling(1), data: images, place: 143, hidden: true },
  ])("$name: it ends at the step that held the cell", async ({ the, data, place, hidden }) => {
    for (const row of [3, 40, 77])
      for (const cut of cuts) {
        const events = await told(engine, the, spoilt(data, row, place), cut);
        const step = stepOf(row, the, data, 1);
        expect(end(events)).toMatchObject({ reason: "diverged", divergedAt: { step, epoch: 1 }, epoch: 1 });
        const seen = losses(events);
        expect(seen.findIndex(Number.isNaN)).toBe(hidden ? step + 1 : step);
        expect(seen.length).toBe(hidden ? step + 2 : step + 1);
      }
  });

  it("in a target", async () => {
    const data = numbers(80, 6, 1);
    const { target } = data.table;
    if (target.kind === "numbers") target.values[50] = Number.NaN;
    const the = plan({ network: [dense(4, "tanh"), dense(1)], training: { batchSize: 8 }, data: { validation: null } });
    expect(end(await told(engine, the, data)).divergedAt).toEqual({ step: stepOf(50, the, data, 1), epoch: 1 });
  });
});

describe("a rate that is far too large", () => {
  const data = numbers(80, 6, 1);
  const exploding = (learningRate: number, epochs = 20) =>
    plan({
      network: [dense(8), dense(1)],
      training: { optimizer: { name: "sgd", learningRate }, loss: "meanSquaredError", batchSize: 16, epochs },
    });

  it.each([1, 10, 1e10, 1e38])(
    "%d: it ends at the step that spoilt the weights, however the steps are cut",
    async (rate) => {
      const [whole, ...others] = await Promise.all(cuts.map((cut) => told(engine, exploding(rate), data, cut)));
      const { reason, divergedAt } = end(whole);
      const seen = losses(whole);
      expect(reason).toBe("diverged");
      expect(seen.slice(0, divergedAt!.step).every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(seen.at(-1))).toBe(false);
      for (const other of others) {
        expect(end(other).divergedAt).toEqual(divergedAt);
        expect(losses(other)).toEqual(seen);
      }
    },
  );

  it("of a linear network, whose loss overflows long before its weights: it is judged the same", async () => {
    const linear = plan({
      network: [dense(1)],
      training: { optimizer: { name: "sgd", learningRate: 1 }, loss: "meanSquaredError", batchSize: 16, epochs: 60 },
    });
    const ends = await Promise.all(cuts.map(async (cut) => end(await told(engine, linear, data, cut))));
    expect(ends[0].reason).toBe("diverged");
    for (const other of ends) expect(other.score).toEqual(ends[0].score);
  });

  it("beside others in a stack, it leaves them alone", async () => {
    const lanes = [0.01, 10, 0.02].map((rate) => makeLane(exploding(rate, 5), data, 1));
    const events: Awaited<ReturnType<typeof told>>[] = [[], [], []];
    for await (const { lane, event } of trainLanes(lanes, runtime, {})) events[lane].push(event);
    expect(events.map((list) => end(list).reason)).toEqual(["finished", "diverged", "finished"]);
    const [alone, among] = [await told(engine, exploding(0.02, 5), data), events[2]];
    expect(apart(losses(among), losses(alone))).toBeLessThan(1e-6);
  });
});
