/** What loads the data of a plan from text, for trials in memory. */
import { buildDataset } from "../../src/data/build.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import type { Plan } from "../../src/plan/plan.ts";

export const loading =
  (text: string) =>
  async (plan: Plan): Promise<Dataset> =>
    buildDataset(plan, {
      source: { sheet: parseCsv(new TextEncoder().encode(text), "data.csv"), tensor: null },
      validation: null,
      test: null,
    });
