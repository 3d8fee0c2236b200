/** The layers the engine can train: the array that everything else reads. */
import type { Layer } from "../../plan/plan.ts";
import { activation } from "./activation.ts";
import { conv2d } from "./conv2d.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { flatten } from "./flatten.ts";
import type { LayerKind } from "./layer.ts";
import { maxPooling2d } from "./maxPooling2d.ts";
import { reshape } from "./reshape.ts";

const KINDS = { dense, dropout, activation, flatten, reshape, conv2d, maxPooling2d };

/** What the engine knows of a layer; undefined when it cannot train it yet. */
export const kindOf = (layer: Layer["layer"]): LayerKind | undefined =>
  (KINDS as Partial<Record<string, unknown>>)[layer] as LayerKind | undefined;
