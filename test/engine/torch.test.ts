/** Whole trainings against PyTorch's, kept in test/fixtures/reference.json (made by reference.py there). */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { graphEngine, makeLane } from "../../src/engine/graph-engine.ts";
import { onnxRuntime } from "../../src/engine/node/onnxruntime.ts";
import { TORCH_CASES } from "../fixtures/cases.ts";
import { apart, checkpoints, losses, told, weightOf } from "./small.ts";

type Shown = { layer: number; name: string; norm: number; every: number; values: number[] };
const fixture: { cases: { name: string; losses: number[]; weights: Shown[] }[] } = JSON.parse(
  readFileSync(new URL("../fixtures/reference.json", import.meta.url), "utf8"),
);

describe.each(TORCH_CASES)("$name", ({ name, plan, data, seed }) => {
  const torch = fixture.cases.find((c) => c.name === name)!;
  const trained = told(graphEngine(onnxRuntime(1)), plan, data, { seeds: [seed], checkpoints: plan.training.epochs });

  it("losses of every step agree within 1e-6", async () => {
    expect(apart(losses(await trained, seed), torch.losses)).toBeLessThan(1e-6);
  });

  it("weights at the end agree within 1e-6", async () => {
    const { network } = makeLane(plan, data, seed).resolved;
    const [{ state }] = checkpoints(await trained, seed);
    for (const shown of torch.weights) {
      const weight = weightOf(network, state, shown.layer, shown.name);
      const sample = weight.filter((_, i) => i % shown.every === 0);
      expect(apart(sample, shown.values)).toBeLessThan(1e-6);
      expect(apart([Math.sqrt(weight.reduce((s, w) => s + w * w, 0))], [shown.norm])).toBeLessThan(1e-6);
    }
  });
});
