/** An input column never changes; min–max scaling divides by its range of 0. */
import { defineCheck } from "../check.ts";
import { count, list } from "../words.ts";

const HARMLESS = 0.1;

export const constantColumn = defineCheck({
  id: "constant-column",
  title: "An input column never changes",
  thresholds: [
    {
      of: "strength where nothing divides by its range",
      value: HARMLESS,
      origin: "by hand",
      source: "a constant column costs nothing by itself, unless the scaling makes it NaN",
    },
  ],
  needs: ["profile"],
  also: ["dataPlan.scale"],
  detect({ profile, dataPlan }) {
    const columns = profile.inputs.constant;
    if (columns.length === 0) return;
    const divides = dataPlan?.scale === "minmax" && !profile.images;
    const tail = divides ? ", and min–max scaling divides by the range of 0, which gives NaN" : "";
    return {
      strength: divides ? 1 : HARMLESS,
      says: `${count(columns.length, "input column")} (${list(columns)}) ${columns.length === 1 ? "has" : "have"} the same value in every training row${tail}.`,
      where: columns,
      values: { columns: columns.length, divides },
    };
  },
});
