/** Loads the data of a zoo entry from memory, as the files of a user would be read. */
import { buildDataset } from "../../src/data/build.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { imageSource, type Loaded } from "../../src/data/source.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { parseIdx } from "../../src/data/sources/idx.ts";
import { targetNames } from "../../src/data/target.ts";
import type { Plan, Source } from "../../src/plan/plan.ts";
import type { Files } from "./rows.ts";

export const loaderOf =
  (files: Files) =>
  async (plan: Plan): Promise<Dataset> => {
    const read = (source: Source): Loaded => {
      if (typeof source === "string") return { sheet: parseCsv(files[source], source), tensor: null };
      const [images, labels] = [source.images, source.labels].map((name) => parseIdx(files[name], name));
      return imageSource(images, labels, targetNames(plan.data)[0], source);
    };
    const part = (own: Plan["data"]["validation"]) => (own && "source" in own ? read(own.source) : null);
    const { source, validation, test } = plan.data;
    return buildDataset(plan, { source: read(source), validation: part(validation), test: part(test) });
  };
