/** What is true of each kind of layer, whatever its parameters: one table, for whoever asks without running the layer. */
import type { LayerKind } from "./layers.ts";

type LayerTraits = {
  /** Multiplies what it gets by weights: the last such layer is the output of a network, those before it are hidden. */
  computes?: true;
  /** Goes through a sequence step by step, with a state. */
  recurrent?: true;
  /** What it gives may be no linear map of what it gets, even without an activation. */
  bends?: true;
  /** What it gives at a step depends on that step alone. */
  stepwise?: true;
  /** Random in training, and nothing else; absent when the network predicts. */
  noise?: true;
  normalises?: true;
  pools?: "maximum" | "average";
  /** Takes two or more layers, by name. */
  joins?: true;
  /** A layer that Keras makes inside it when it is called, which counts in the names that Keras gives (3.12). */
  holds?: LayerKind;
};

const TRAITS: { readonly [Kind in LayerKind]: LayerTraits } = {
  dense: { computes: true, stepwise: true },
  conv1d: { computes: true },
  conv2d: { computes: true },
  depthwiseConv2d: { computes: true },
  maxPooling1d: { pools: "maximum" },
  maxPooling2d: { pools: "maximum" },
  averagePooling1d: { pools: "average" },
  averagePooling2d: { pools: "average" },
  globalMaxPooling1d: { pools: "maximum" },
  globalMaxPooling2d: { pools: "maximum" },
  globalAveragePooling1d: { pools: "average" },
  globalAveragePooling2d: { pools: "average" },
  flatten: {},
  reshape: {},
  dropout: { noise: true, stepwise: true },
  gaussianNoise: { noise: true, stepwise: true },
  batchNormalization: { normalises: true, stepwise: true },
  layerNormalization: { normalises: true, stepwise: true },
  activation: { stepwise: true },
  embedding: { computes: true, stepwise: true },
  simpleRNN: { computes: true, recurrent: true, bends: true },
  lstm: { computes: true, recurrent: true, bends: true },
  gru: { computes: true, recurrent: true, bends: true },
  bidirectional: { computes: true, recurrent: true, bends: true },
  timeDistributed: { computes: true, bends: true, stepwise: true },
  repeatVector: {},
  multiHeadAttention: { computes: true, bends: true, holds: "dropout" },
  add: { joins: true, stepwise: true },
  concatenate: { joins: true, stepwise: true },
};

/** Of a kind that no plan knows, as a log may name one, nothing is true. */
export const traitsOf = (kind: string): LayerTraits => (Object.hasOwn(TRAITS, kind) ? TRAITS[kind as LayerKind] : {});
