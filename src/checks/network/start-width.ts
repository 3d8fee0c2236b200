/** Initial weights are far larger or smaller than suits the size of their layer. */
import { defineCheck, unknown } from "../check.ts";
import { hasWeights, initOf, layerAt, nameOf, stdOf } from "../facts.ts";
import { list, logRamp, number } from "../words.ts";

const [WIDE, WIDEST, NARROW, NARROWEST] = [3, 12, 0.15, 0.01];

export const startWidth = defineCheck({
  id: "start-width",
  title: "Initial weights are far too large or too small",
  thresholds: [
    {
      of: "initial standard deviation divided by √(2 / (inputs + units)), where it is large",
      value: [WIDE, WIDEST],
      origin: "derived",
      source: "compared with Glorot & Bengio 2010; He initialization is 1.4 times that; the bounds are chosen by hand",
    },
    { of: "the same, where it is small", value: [NARROW, NARROWEST], origin: "derived", source: "as above" },
  ],
  needs: ["network", "start.layers"],
  detect({ network, start }) {
    const off = network.flatMap((layer, i) => {
      const std = stdOf(initOf(layer.kernelInit));
      const measured = start.layers[i];
      // The rows of an embedding are looked up, not summed, so their standard deviation may be anything.
      if (!hasWeights(layer) || layer.layer === "embedding" || !std || !measured?.parameters) return [];
      const units = layer.units ?? layer.filters ?? measured.shape?.at(-1) ?? measured.units ?? 1;
      const inputs = Math.max(1, measured.parameters / units - 1);
      return [{ name: nameOf(network, i), std, ratio: std / Math.sqrt(2 / (inputs + units)) }];
    });
    if (start.layers.length !== network.length || start.layers.some(({ parameters }) => parameters === undefined))
      return unknown("the sizes of the layers");
    const strengthOf = ({ ratio }: { ratio: number }) =>
      Math.max(logRamp(ratio, WIDE, WIDEST), logRamp(ratio, NARROW, NARROWEST));
    const worst = off.sort((a, b) => strengthOf(b) - strengthOf(a))[0];
    if (!worst || strengthOf(worst) === 0) return;
    const names = off.filter((one) => strengthOf(one) > 0).map(({ name }) => name);
    const also =
      names.length > 1
        ? ` Those of ${list(names.slice(1).map((name) => layerAt(network, name)))} are off as well.`
        : "";
    return {
      strength: strengthOf(worst),
      says: `The initial weights of ${layerAt(network, worst.name)} have a standard deviation of ${number(worst.std)}, ${number(worst.ratio)} times that of Glorot initialization for its size.${also}`,
      where: names,
      values: { ratio: worst.ratio, spread: worst.std, kind: worst.ratio > 1 ? "wide" : "narrow" },
    };
  },
});
