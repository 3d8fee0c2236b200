/** The layers the engine can train: the array that everything else reads. */
import type { Layer } from "../../plan/plan.ts";
import { activation } from "./activation.ts";
import { add } from "./add.ts";
import { batchNormalization } from "./batchNormalization.ts";
import { concatenate } from "./concatenate.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import { gaussianNoise } from "./gaussianNoise.ts";
import type { LayerKind } from "./layer.ts";
import { maxPooling2d } from "./maxPooling2d.ts";
import { reshape } from "./reshape.ts";

const KINDS = {
  dense,
  dropout,
  activation,
  flatten,
  reshape,
  conv2d,
  maxPooling2d,
  batchNormalization,
  gaussianNoise,
  add,
  concatenate,
};

/** What the engine knows of a layer; undefined when it cannot train it yet. */
export const kindOf = (layer: Layer["layer"]): LayerKind | undefined =>
  (KINDS as Partial<Record<string, unknown>>)[layer] as LayerKind | undefined;
