/** The numbers of causes: those chosen by hand, from which bench/fit.ts starts, and how fitted ones get into the file of a cause. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Cause, Weight } from "../src/causes/cause.ts";
import { type CauseId, causes } from "../src/causes/index.ts";
import type { CheckId } from "../src/checks/index.ts";

export type Numbers = { prior: number; signs: Partial<Record<CheckId, Weight>> };
export type Weights = Partial<Record<CauseId, Numbers>>;

const FILE = resolve(import.meta.dirname, "by-hand.json");
const BY_HAND = JSON.parse(readFileSync(FILE, "utf8")) as Weights;

/** A catalogue with other numbers, where there are any. */
export const weighed = (weights: Weights, catalogue: readonly Cause[] = causes): readonly Cause[] =>
  catalogue.map((cause) => {
    const own = weights[cause.id as CauseId];
    return own ? { ...cause, prior: own.prior, signs: { ...cause.signs, ...own.signs } } : cause;
  });

/** The causes with the numbers chosen by hand; what is not in the list was never fitted, so its file has them. */
export const byHand: readonly Cause[] = weighed(BY_HAND);

/** The source of a cause with other numbers in it; nothing else in it changes. */
export function withNumbers(source: string, { prior, signs }: Numbers): string {
  const numbered = source
    .replace(/^ {2}prior: .*,\n(?: {2}fitted: true,\n)?/m, `  prior: ${prior},\n  fitted: true,\n`)
    .replace(/^ {2}signs: \{[\s\S]*?\},$/m, (block) =>
      Object.entries(signs).reduce((text, [check, weight]) => withSign(text, check, weight), block),
    );
  return /\bPRIOR\./.test(numbered) ? numbered : numbered.replace(", PRIOR", "");
}

function withSign(block: string, check: string, weight: Weight): string {
  const key = /^[a-z]+$/.test(check) ? check : `"${check}"`;
  const sign = `${key}: ${typeof weight === "number" ? weight : `[${weight.join(", ")}]`}`;
  const own = new RegExp(`(?<=[\\s{])${key}: (?:\\[[^\\]]*\\]|[-\\d.]+)`);
  if (own.test(block)) return block.replace(own, sign);
  return block.includes("\n")
    ? block.replace(/ {2}\},$/, `    ${sign},\n  },`)
    : block.replace(/ \},$/, `, ${sign} },`);
}
