/** An activation as a layer of its own. */
import { activate, type LayerKind } from "./layer.ts";

export const activation: LayerKind<"activation"> = {
  shape: (_layer, before) => [...before],
  build: (context, layer, x) => activate(context, layer.activation, x),
};
