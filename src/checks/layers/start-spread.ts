/** The outputs grow or shrink from layer to layer before the first step. */
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [20, 1000];

export const startSpread = defineCheck({
  id: "start-spread",
  title: "The outputs grow or shrink from layer to layer before training",
  thresholds: [
    {
      of: "largest growth or shrinkage of the standard deviation of the outputs",
      value: [NONE, FULL],
      origin: "derived",
      source: "Glorot and He initialization keep it within about a factor of 2 per layer",
    },
  ],
  needs: ["initial"],
  also: ["network", "profile"],
  detect({ initial, network, profile }) {
    const measured = initial.layers.flatMap((layer) =>
      layer.activation ? [{ name: layer.name, std: layer.activation.std }] : [],
    );
    if (measured.length < 2) return unknown("two layers before the first step");
    if (!measured.every(({ std }) => Number.isFinite(std))) return unknown("finite values before the first step");
    // They are compared with the inputs, so that large inputs are not taken for large weights.
    const entry =
      profile && Number.isFinite(profile.inputs.std) && profile.inputs.std > 0
        ? Math.hypot(profile.inputs.mean, profile.inputs.std)
        : 1;
    // The output activation may limit the outputs of the last layer, so only hidden layers count.
    const hidden = measured.slice(0, -1);
    const widest = hidden.reduce((a, b) => (b.std > a.std ? b : a));
    const narrowest = hidden.reduce((a, b) => (b.std < a.std ? b : a));
    const grows = logRamp(Math.max(widest.std / entry, 1e-12), NONE / 4, FULL / 4);
    const fades = logRamp(Math.max(narrowest.std, 1e-12) / Math.min(1, entry), 1 / NONE, 1 / FULL);
    if (Math.max(grows, fades) === 0) return;
    const one = grows >= fades ? widest : narrowest;
    return {
      strength: Math.max(grows, fades),
      says: `Before training, the outputs of ${layerAt(network, one.name)} have a standard deviation of ${number(one.std)}; about 1 is usual.`,
      where: [one.name],
      values: { spread: one.std, kind: grows >= fades ? "grows" : "fades" },
    };
  },
});
