/** Inputs are far larger than the start of a network expects. */
import { defineCheck } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [4, 80];

export const unscaledInputs = defineCheck({
  id: "unscaled-inputs",
  title: "Inputs are large numbers",
  plain: true,
  thresholds: [
    {
      of: "mean or spread of a column",
      value: [NONE, FULL],
      origin: "derived",
      source:
        "initialisers assume inputs of variance 1 (Glorot & Bengio 2010); [0, 1] and z-scored columns stay below 3, raw pixels (0–255) spread about 80",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const { inputs, columns } = profile;
    const size = (column: { mean: number; std: number }) => Math.max(Math.abs(column.mean), column.std);
    const known = columns.filter((column) => Number.isFinite(size(column)));
    const widest = known.reduce((a, b) => (size(b) > size(a) ? b : a), known[0] ?? { name: "", mean: 0, std: 0 });
    const strength = logRamp(Math.max(size(widest), 1e-12), NONE, FULL);
    if (strength === 0) return;
    const ratio = Number.isFinite(inputs.ratio) ? inputs.ratio : 1;
    const named = profile.images ? `The ${widest.name}` : `Column ${widest.name}`;
    const compared = ratio >= 10 ? `. The largest standard deviation is ${number(ratio)} times the smallest` : "";
    return {
      strength,
      says: `${named} ${profile.images ? "are" : "is"} not scaled: mean ${number(widest.mean)}, standard deviation ${number(widest.std)}${compared}.`,
      where: [widest.name],
      values: { size: size(widest), ratio, maxAbs: inputs.maxAbs },
    };
  },
});
