/** Small Plans and Datasets from text, without files. */
import { buildDataset } from "../../src/data/build.ts";
import type { Dataset } from "../../src/data/dataset.ts";
import { parseCsv } from "../../src/data/sources/csv.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const planOf = (data: object, rest: object = {}): Plan =>
  parsePlan({ data: { source: "d.csv", target: "y", ...data }, network: [{ layer: "dense", units: 1 }], ...rest });

export const sheetOf = (text: string, name = "d.csv") => parseCsv(bytes(text), name);

export function datasetOf(text: string, plan: Plan, own: { validation?: string; test?: string } = {}): Dataset {
  const loaded = (part: string | undefined, name: string) =>
    part === undefined ? null : { sheet: sheetOf(part, name), tensor: null };
  return buildDataset(plan, {
    source: { sheet: sheetOf(text), tensor: null },
    validation: loaded(own.validation, "val.csv"),
    test: loaded(own.test, "test.csv"),
  });
}

/** A table of `n` rows whose cells a formula gives. */
export const csv = (header: string, n: number, row: (i: number) => (string | number)[]): string =>
  [header, ...Array.from({ length: n }, (_, i) => row(i).join(","))].join("\n");

export const messageOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    return (error as Error).name + ": " + (error as Error).message;
  }
  return "";
};
