/** Initial weights drawn far wider or narrower than the width of the layer asks for. */
import { defineCheck, unknown } from "../check.ts";
import { hasWeights, initOf, layerAt, nameOf, spreadOf } from "../facts.ts";
import { list, logRamp, number } from "../words.ts";

const [WIDE, WIDEST, NARROW, NARROWEST] = [3, 12, 0.15, 0.01];

export const startWidth = defineCheck({
  id: "start-width",
  title: "Initial weights are far too wide or too narrow",
  thresholds: [
    {
      of: "initial spread by √(2 / (inputs + units)), where it is wide",
      value: [WIDE, WIDEST],
      origin: "derived",
      source: "compared with Glorot & Bengio 2010, of which He's is 1.4 times; the bounds are chosen by hand",
    },
    { of: "the same, where it is narrow", value: [NARROW, NARROWEST], origin: "derived", source: "as above" },
  ],
  needs: ["network", "start.layers"],
  detect({ network, start }) {
    const off = network.flatMap((layer, i) => {
      const spread = spreadOf(initOf(layer.kernelInit));
      const measured = start.layers[i];
      // An embedding's rows are looked up, not summed: its spread is free.
      if (!hasWeights(layer) || layer.layer === "embedding" || !spread || !measured?.parameters) return [];
      const units = layer.units ?? layer.filters ?? measured.shape?.at(-1) ?? measured.units ?? 1;
      const inputs = Math.max(1, measured.parameters / units - 1);
      return [{ name: nameOf(network, i), spread, ratio: spread / Math.sqrt(2 / (inputs + units)) }];
    });
    if (start.layers.length !== network.length || start.layers.some(({ parameters }) => parameters === undefined))
      return unknown("the layers' sizes");
    const strengthOf = ({ ratio }: { ratio: number }) =>
      Math.max(logRamp(ratio, WIDE, WIDEST), logRamp(ratio, NARROW, NARROWEST));
    const worst = off.sort((a, b) => strengthOf(b) - strengthOf(a))[0];
    if (!worst || strengthOf(worst) === 0) return;
    return {
      strength: strengthOf(worst),
      says: `The weights of ${list(off.filter((one) => strengthOf(one) > 0).map((one) => layerAt(network, one.name)))} start with spread ${number(worst.spread)}, ${number(worst.ratio)} times what their layer's width asks for.`,
      where: off.filter((one) => strengthOf(one) > 0).map((one) => one.name),
      values: { ratio: worst.ratio, spread: worst.spread, kind: worst.ratio > 1 ? "wide" : "narrow" },
    };
  },
});
