/** The engine's implementation of every layer. */
import type { Layer } from "../../plan/plan.ts";
import { activation } from "./activation.ts";
import { add } from "./add.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { bidirectional } from "./bidirectional.ts";
import { concatenate } from "./concatenate.ts";
import { conv1d } from "./conv1d.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { depthwiseConv2d } from "./depthwiseConv2d.ts";
import { dropout } from "./dropout.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { gaussianNoise } from "./gaussianNoise.ts";
import {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
} from "./globalPooling.ts";
import type { LayerKind } from "./layer.ts";
import { layerNormalization } from "./layerNormalization.ts";
import { multiHeadAttention } from "./multiHeadAttention.ts";
import { averagePooling1d, averagePooling2d, maxPooling1d, maxPooling2d } from "./pooling.ts";
import { gru, lstm, simpleRNN } from "./recurrent.ts";
import { repeatVector } from "./repeatVector.ts";
import { reshape } from "./reshape.ts";
import { timeDistributed } from "./timeDistributed.ts";

const KINDS: { readonly [Kind in Layer["layer"]]: LayerKind<Kind> } = {
  dense,
  dropout,
  activation,
  flatten,
  reshape,
  conv1d,
  conv2d,
  depthwiseConv2d,
  maxPooling1d,
  maxPooling2d,
  averagePooling1d,
  averagePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  batchNormalization,
  layerNormalization,
  gaussianNoise,
  embedding,
  simpleRNN,
  lstm,
  gru,
  bidirectional,
  timeDistributed: timeDistributed((layer) => kindOf(layer)),
  repeatVector,
  multiHeadAttention,
  add,
  concatenate,
};

// The caller always passes a layer of this kind.
export const kindOf = (layer: Layer["layer"]) => KINDS[layer] as unknown as LayerKind;

/** Whether the layer has no leading axis along which trainings could be stacked. */
export const runsAlone = (layer: Layer): boolean =>
  layer.layer === "timeDistributed" ? runsAlone(layer.of) : kindOf(layer.layer).alone === true;
