/** Layers of Keras that a plan has none for are others that do exactly the same, or are refused by name. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadPlan } from "../../src/plan/node/load.ts";
import { loadModel } from "../../src/plan/node/model.ts";
import { readWeights } from "../../src/plan/node/weights.ts";

const folder = mkdtempSync(join(tmpdir(), "unstuck-layers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A Keras 2 model of images: the layers, one after the other. */
const chain = (side: number, ...layers: [class_name: string, config?: object][]) =>
  loadModel(
    put(
      "chain.json",
      JSON.stringify({
        class_name: "Sequential",
        config: [
          { class_name: "InputLayer", config: { batch_input_shape: [null, side, side, 3] } },
          ...layers.map(([class_name, config], i) => ({ class_name, config: { name: `l${i}`, ...config } })),
        ],
      }),
    ),
    { loss: true, optimizer: true },
  );
const conv = (kernel_size: number, strides: number): [string, object] => [
  "Conv2D",
  { filters: 2, kernel_size, strides },
];

describe("padding with zeros", () => {
  it.each<[side: number, padding: unknown, kernel: number, strides: number]>([
    [9, 1, 3, 1],
    [8, [2, 2], 5, 1],
    [9, 1, 3, 2],
    // As MobileNet pads images with an even number of rows.
    [
      8,
      [
        [0, 1],
        [0, 1],
      ],
      3,
      2,
    ],
    [7, 3, 7, 2],
  ])("of %i by %j is the same for a kernel of %i, strides %i", (side, padding, kernel, strides) => {
    const { layers } = chain(side, ["ZeroPadding2D", { padding }], conv(kernel, strides));
    expect(layers).toMatchObject([{ layer: "conv2d", padding: "same" }]);
  });

  it("counts what layers before leave of the image", () => {
    const before: [string, object?][] = [conv(2, 1), ["MaxPooling2D"], ["ReLU"]];
    const last = (side: number) => chain(side, ...before, ["ZeroPadding2D"], conv(3, 2)).layers.at(-1);
    expect(last(11)).toMatchObject({ layer: "conv2d", padding: "same" });
    expect(() => last(9)).toThrow(/l3 \(ZeroPadding2D\)/);
  });

  it.each<[what: string, ...layers: [string, object?][]]>([
    ["another size", ["ZeroPadding2D"], conv(5, 1)],
    ["ResNet's", ["ZeroPadding2D", { padding: 3 }], conv(7, 2)],
    ["a pool", ["ZeroPadding2D"], ["MaxPooling2D", { pool_size: 3, strides: 1 }]],
    ["padding twice", ["ZeroPadding2D"], ["ZeroPadding2D"], conv(5, 1)],
    ["nothing after it", conv(3, 1), ["ZeroPadding2D"]],
  ])("is refused for %s", (_, ...layers) => {
    expect(() => chain(224, ...layers)).toThrow(/layer l\d \(ZeroPadding2D\)/);
  });
});

describe("a layer that divides the data", () => {
  const rescaled = (config: object) => chain(8, ["Rescaling", config], conv(3, 1));

  it("is the scale of the plan", () => {
    expect(rescaled({ scale: 1 / 255 })).toMatchObject({ divideBy: 255, layers: [{ layer: "conv2d" }] });
    const planOf = (data: object) =>
      put("plan.json", JSON.stringify({ data: { source: "a.csv", target: "y", ...data }, network: "chain.json" }));
    const { plan, notes } = loadPlan(planOf({}));
    expect(plan.data.scale).toEqual({ divideBy: 255 });
    expect(notes.join()).toContain("divided by 255");
    expect(() => loadPlan(planOf({ scale: "standard" }))).toThrow(/data\.scale/);
  });

  it.each([{ scale: 1 / 127.5, offset: -1 }, { scale: -1 }, { scale: [1, 2, 3] }])("is refused: %j", (config) => {
    expect(() => rescaled(config)).toThrow(/l0 \(Rescaling\)/);
  });

  it("is refused between other layers", () => {
    expect(() => chain(8, conv(3, 1), ["Rescaling", { scale: 0.5 }])).toThrow(/l1 \(Rescaling\)/);
  });
});

describe("layers that a plan has no words for", () => {
  it.each<[kind: string, config?: object]>([
    ["ReLU", { max_value: 6 }],
    ["Activation", { activation: "relu6" }],
    ["PReLU"],
    ["SpatialDropout2D", { rate: 0.1 }],
    ["AlphaDropout", { rate: 0.1 }],
    ["UpSampling2D"],
    ["BatchNormalization", { scale: false }],
    ["SeparableConv2D", { filters: 2, kernel_size: 3, depth_multiplier: 2 }],
    ["SeparableConv2D", { filters: 2, kernel_size: 3, pointwise_constraint: { class_name: "MaxNorm" } }],
    ["Masking"],
    ["Lambda", { function: "lambda x: x" }],
  ])("%s %j", (kind, config = {}) => {
    expect(() => chain(8, [kind, config])).toThrow(new RegExp(`layer l0 \\(${kind}\\)`));
  });
});

it("weights of TensorFlow.js are those of the layers that they are read as", () => {
  const shapes = {
    "each/depthwise_kernel": [1, 1, 2, 1],
    "sep/depthwise_kernel": [3, 3, 2, 1],
    "sep/pointwise_kernel": [1, 1, 2, 4],
    "sep/bias": [4],
  };
  const specs = Object.entries(shapes).map(([name, shape]) => ({ name, shape, dtype: "float32" }));
  put("all.bin", "\0".repeat(4 * (2 + 18 + 8 + 4)));
  put("model.json", JSON.stringify({ weightsManifest: [{ paths: ["all.bin"], weights: specs }] }));
  const named = Object.entries(readWeights(folder, "model.json")).map(([name, { shape }]) => [name, shape]);
  expect(Object.fromEntries(named)).toEqual({
    "each.kernel": [1, 1, 2, 1],
    "sep/depthwise.kernel": [3, 3, 2, 1],
    "sep.kernel": [1, 1, 2, 4],
    "sep.bias": [4],
  });
});
