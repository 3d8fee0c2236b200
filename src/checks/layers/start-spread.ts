/** The values grow or die away from layer to layer before the first step. */

import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [20, 1000];

export const startSpread = defineCheck({
  id: "start-spread",
  title: "Values grow or die away from layer to layer at the start",
  thresholds: [
    {
      of: "spread of the values over the whole network",
      value: [NONE, FULL],
      origin: "derived",
      source: "Glorot and He keep the spread within about a factor of 2 per layer",
    },
  ],
  needs: ["initial"],
  also: ["network", "profile"],
  detect({ initial, profile, network }) {
    const spreads = initial.layers.flatMap((layer) =>
      layer.activation ? [{ name: layer.name, std: layer.activation.std }] : [],
    );
    if (spreads.length < 2) return unknown("two layers before the first step");
    if (!spreads.every(({ std }) => Number.isFinite(std))) return unknown("finite values before the first step");
    // Compared with what came in, so that large inputs are not taken for large weights.
    const entry =
      profile && Number.isFinite(profile.inputs.std) && profile.inputs.std > 0
        ? Math.hypot(profile.inputs.mean, profile.inputs.std)
        : 1;
    // The output may be squashed: the hidden layers tell.
    const hidden = spreads.slice(0, -1);
    const widest = hidden.reduce((a, b) => (b.std > a.std ? b : a));
    const narrowest = hidden.reduce((a, b) => (b.std < a.std ? b : a));
    const grows = logRamp(Math.max(widest.std / entry, 1e-12), NONE / 4, FULL / 4);
    const fades = logRamp(Math.max(narrowest.std, 1e-12) / Math.min(1, entry), 1 / NONE, 1 / FULL);
    if (Math.max(grows, fades) === 0) return;
    const one = grows >= fades ? widest : narrowest;
    return {
      strength: Math.max(grows, fades),
      says: `Before the first step the outputs of ${layerAt(network, one.name)} have spread ${number(one.std)}.`,
      where: [one.name],
      values: { spread: one.std, kind: grows >= fades ? "grows" : "fades" },
    };
  },
});
