/** The words of the catalogue's pages: classes, parts of a Case, weights, and the opening sentence of a file. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Need } from "../../src/case/case.ts";
import type { Cause, CauseClass, Weight } from "../../src/causes/cause.ts";
import { causes } from "../../src/causes/index.ts";
import type { ProbeId } from "../../src/probes/parts.ts";

const SRC = resolve(import.meta.dirname, "../../src");

export const catalogue: readonly Cause[] = causes;

export const CLASS: Record<CauseClass, string> = {
  prep: "preparation of the data",
  data: "the data",
  act: "activation",
  loss: "loss",
  metric: "metric",
  lr: "learning rate",
  opt: "optimizer",
  batch: "batch size",
  epoch: "length of the training",
  init: "initialisation",
  layer: "layers",
  reg: "regularisation",
};

export const CLAIM: Record<Cause["proof"], string> = {
  trial: "when a trial of a remedy gains",
  evidence: "when it is measured directly",
  both: "when a trial of a remedy gains, or it is measured directly",
};

/** A name in code as words: "learningRateSweep" → "learning rate sweep". */
export const words = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll("-", " ");

export const part = (need: Need): string => (need.includes(".") ? code(need) : words(need));

export function signed(value: number): string {
  const size = Math.round(Math.abs(value) * 100) / 100;
  return size === 0 ? "" : `${value > 0 ? "+" : "−"}${size}`;
}

export const weights = (weight: Weight): readonly [number, number] =>
  typeof weight === "number" ? [weight, 0] : weight;

/** The comment that a file opens with. */
export function opening(file: string): string {
  const [, sentence] = /^\/\*\* (.*?)\s*\*\//s.exec(readFileSync(join(SRC, file), "utf8")) ?? [];
  if (!sentence) throw new Error(`${file} opens with no sentence`);
  return sentence.replace(/\s*\n \* ?/g, " ");
}

/** What a probe does. Some are trainings, some only measure the data. */
export function probeSentence(id: ProbeId): string {
  const file = [`probes/${id}.ts`, `data/evidence/${id}.ts`, `data/${id}.ts`].find((name) =>
    existsSync(join(SRC, name)),
  );
  return file ? opening(file) : "";
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

export const code = (text: string): string => `\`${text}\``;
