/** How weights start, against Keras' formulas (keras/src/initializers/random_initializers.py). */
import { describe, expect, it } from "vitest";
import { initialise } from "../../src/engine/initialisers.ts";
import { resolveNetwork, startingWeights } from "../../src/engine/network.ts";
import type { Initialiser } from "../../src/plan/plan.ts";
import { stream } from "../../src/random.ts";
import { dense, plan } from "./small.ts";

const fans = { in: 400, out: 250 };
const COLUMNS = 250;
const N = fans.in * COLUMNS;
const draw = (init: Initialiser, seed = 1) => initialise(init, N, COLUMNS, fans, stream(seed));

function moments(values: Float32Array) {
  const mean = values.reduce((s, v) => s + v, 0) / values.length;
  const std = Math.sqrt(values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length);
  const kurtosis = values.reduce((s, v) => s + (v - mean) ** 4, 0) / values.length / std ** 4;
  return { mean, std, most: values.reduce((m, v) => Math.max(m, Math.abs(v)), 0), kurtosis };
}

// The fourth moment tells the distributions apart: uniform 1.8, normal 3, normal cut at two deviations 2.37.
const [UNIFORM, NORMAL, CUT] = [1.8, 3, 2.3655];
// What a standard normal distribution keeps of its deviation when cut at 2.
const KEPT = 0.87962566103423978;
const { in: fanIn, out: fanOut } = fans;
const glorot = Math.sqrt(2 / (fanIn + fanOut));
const he = Math.sqrt(2 / fanIn);
const lecun = Math.sqrt(1 / fanIn);

const table: { init: Initialiser; std: number; limit: number; kurtosis: number }[] = [
  { init: "glorotUniform", std: glorot, limit: Math.sqrt(6 / (fanIn + fanOut)), kurtosis: UNIFORM },
  { init: "heUniform", std: he, limit: Math.sqrt(6 / fanIn), kurtosis: UNIFORM },
  { init: "lecunUniform", std: lecun, limit: Math.sqrt(3 / fanIn), kurtosis: UNIFORM },
  { init: "glorotNormal", std: glorot, limit: (2 * glorot) / KEPT, kurtosis: CUT },
  { init: "heNormal", std: he, limit: (2 * he) / KEPT, kurtosis: CUT },
  { init: "lecunNormal", std: lecun, limit: (2 * lecun) / KEPT, kurtosis: CUT },
  { init: { uniform: 0.05 }, std: 0.05 / Math.sqrt(3), limit: 0.05, kurtosis: UNIFORM },
  { init: { normal: 0.05 }, std: 0.05, limit: 0.05 * 6, kurtosis: NORMAL },
  { init: { truncatedNormal: 0.05 }, std: 0.05 * KEPT, limit: 0.1, kurtosis: CUT },
];

describe("initialisers", () => {
  it.each(table)("$init: mean 0, deviation $std, within $limit", ({ init, std, limit, kurtosis }) => {
    const seen = moments(draw(init));
    expect(Math.abs(seen.mean)).toBeLessThan(0.012 * std);
    expect(Math.abs(seen.std / std - 1)).toBeLessThan(0.01);
    expect(Math.abs(seen.kurtosis / kurtosis - 1)).toBeLessThan(0.03);
    expect(seen.most).toBeLessThanOrEqual(limit * (1 + 1e-6));
    if (kurtosis !== NORMAL) expect(seen.most).toBeGreaterThan(limit * 0.99);
  });

  it.each([
    { init: "zeros", value: 0 },
    { init: "ones", value: 1 },
    { init: { constant: 0.25 }, value: 0.25 },
  ] as const)("$init", ({ init, value }) => {
    expect(new Set(draw(init))).toEqual(new Set([value]));
  });

  it.each([
    [30, 20],
    [20, 30],
    [25, 25],
  ])("orthogonal: the shorter side of %i × %i is orthonormal", (rows, columns) => {
    const values = initialise("orthogonal", rows * columns, columns, fans, stream(3));
    const few = Math.min(rows, columns);
    const at = (k: number, i: number) => (rows <= columns ? values[k * columns + i] : values[i * columns + k]);
    for (let a = 0; a < few; a++)
      for (let c = 0; c <= a; c++) {
        let dot = 0;
        for (let i = 0; i < Math.max(rows, columns); i++) dot += at(a, i) * at(c, i);
        expect(Math.abs(dot - (a === c ? 1 : 0))).toBeLessThan(1e-6);
      }
  });

  it("orthogonal filters are orthonormal over their window", () => {
    const layer = { layer: "conv2d", filters: 6, kernelSize: 3, kernelInit: "orthogonal", useBias: false } as const;
    const [values] = startingWeights(resolveNetwork(plan({ network: [layer] }), [8, 8, 2]), 1);
    for (let a = 0; a < 6; a++)
      for (let c = 0; c <= a; c++) {
        const dot = values.slice(a * 18, a * 18 + 18).reduce((s, v, i) => s + v * values[c * 18 + i], 0);
        expect(Math.abs(dot - (a === c ? 1 : 0))).toBeLessThan(1e-6);
      }
  });

  it("orthogonal kernels of one channel each are together of length 1, as Keras takes them for one column", () => {
    const layer = { layer: "depthwiseConv2d", kernelSize: 3, kernelInit: "orthogonal", useBias: false } as const;
    const [values] = startingWeights(resolveNetwork(plan({ network: [layer] }), [8, 8, 2]), 1);
    expect(Math.hypot(...values)).toBeCloseTo(1, 6);
  });

  it("batch normalisation starts as the identity", () => {
    const network = resolveNetwork(plan({ network: [{ layer: "batchNormalization" }] }), [3]);
    const starts = startingWeights(network, 1).map((values) => [...values]);
    const names = network.groups.map(({ name, weights }) => [name, ...weights.map((weight) => weight.name)]);
    expect(names).toEqual([
      ["w0", "gamma", "beta"],
      ["moving1", "movingMean", "movingVariance"],
    ]);
    expect(starts).toEqual([
      [1, 1, 1, 0, 0, 0],
      [0, 0, 0, 1, 1, 1],
    ]);
    expect(network.parameters).toBe(6);
  });

  it("draws by seed and by layer, whatever else the network holds", () => {
    const start = (units: number, seed: number) => {
      const network = resolveNetwork(plan({ network: [dense(12), dense(units), dense(1)] }), [12]);
      const [values] = startingWeights(network, seed);
      return { first: values.slice(0, 144), second: values.slice(156, 156 + 12) };
    };
    expect(start(12, 1)).toEqual(start(12, 1));
    expect(start(12, 1).first).toEqual(start(5, 1).first);
    expect(start(12, 1).first).not.toEqual(start(12, 2).first);
    expect(start(12, 1).first.slice(0, 12)).not.toEqual(start(12, 1).second);
  });
});

describe("the fans of a kernel", () => {
  const std = (network: Parameters<typeof plan>[0]["network"], shape: number[]) => {
    const resolved = resolveNetwork(plan({ network }), shape);
    const at = resolved.groups.findIndex(({ weights }) => weights.some(({ name }) => name === "kernel"));
    const kernel = resolved.groups[at].weights[0];
    return moments(startingWeights(resolved, 1)[at].slice(0, kernel.size)).std;
  };

  it.each([
    { name: "dense", network: [{ ...dense(300), kernelInit: "heNormal" }], shape: [200], fan: 200 },
    {
      name: "dense on images: the last axis",
      network: [{ ...dense(300), kernelInit: "heNormal" }],
      shape: [3, 3, 200],
      fan: 200,
    },
    {
      name: "conv1d: kernel × channels",
      network: [{ layer: "conv1d", filters: 64, kernelSize: 5, kernelInit: "heNormal" }],
      shape: [9, 32],
      fan: 160,
    },
    {
      name: "depthwiseConv2d: kernel × channels",
      network: [{ layer: "depthwiseConv2d", kernelSize: 5, kernelInit: "heNormal" }],
      shape: [9, 9, 200],
      fan: 5000,
    },
    {
      name: "conv2d: kernel × channels",
      network: [{ layer: "conv2d", filters: 64, kernelSize: 3, kernelInit: "heNormal" }],
      shape: [8, 8, 32],
      fan: 288,
    },
  ] as const)("$name", ({ network, shape, fan }) => {
    expect(std([...network], [...shape]) / Math.sqrt(2 / fan)).toBeCloseTo(1, 1);
  });
});
