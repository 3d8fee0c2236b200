/** Shared by the normalisation layers: a scale (gamma) and a shift (beta) for each channel. */
import type { Initialiser } from "../../plan/plan.ts";
import type { WeightSpec } from "./layer.ts";

type Normalizing = {
  kernelInit: Initialiser;
  biasInit: Initialiser;
  useBias: boolean;
  l1: number;
  l2: number;
  trainable: boolean;
};

/** The initialisers and penalties of the kernel are gamma's, those of the bias are beta's. */
export function scaleAndShift(layer: Normalizing, channels: number): WeightSpec[] {
  const own = { shape: [1, channels], fans: { in: channels, out: channels }, trainable: layer.trainable };
  const gamma = { ...own, name: "gamma", init: layer.kernelInit, l1: layer.l1, l2: layer.l2 };
  return layer.useBias ? [gamma, { ...own, name: "beta", init: layer.biasInit, l1: 0, l2: 0 }] : [gamma];
}
