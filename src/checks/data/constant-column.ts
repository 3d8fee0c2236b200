/** An input column is constant; min–max scaling divides by its range of 0. */
import { defineCheck } from "../check.ts";
import { form, list } from "../words.ts";

const HARMLESS = 0.1;

export const constantColumn = defineCheck({
  id: "constant-column",
  title: "An input column is constant",
  thresholds: [
    {
      of: "strength where the scaling does not divide by its range",
      value: HARMLESS,
      origin: "by hand",
      source: "a constant column does no harm by itself, unless the scaling turns it into NaN",
    },
  ],
  needs: ["profile"],
  also: ["dataPlan.scale"],
  detect({ profile, dataPlan }) {
    const columns = profile.inputs.constant;
    if (columns.length === 0) return;
    const divides = dataPlan?.scale === "minmax" && !profile.images;
    const tail = divides ? ", so min–max scaling divides by a range of 0 and gives NaN" : "";
    return {
      strength: divides ? 1 : HARMLESS,
      says: `Input ${form(columns.length, "column", "columns")} ${list(columns)} ${form(columns.length, "is", "are")} constant in the training rows${tail}.`,
      where: columns,
      values: { columns: columns.length, divides },
    };
  },
});
