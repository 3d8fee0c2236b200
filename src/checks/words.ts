/** What the sentences of checks are written with: at most three names, shares to a tenth of a percent, words that go with a count, and strengths along a ramp. */
import { list as all } from "../words.ts";

export { capital, count, number, precisePercent as percent } from "../words.ts";

/** The word that goes with so many: "is" or "are", "column" or "columns". */
export const form = (n: number, one: string, many: string): string => (n === 1 ? one : many);

/** A class as a sentence names it: "setosa", "class 2". */
export const classNamed = (name: string): string =>
  name.trim() === "" || Number.isFinite(Number(name)) ? `class ${name}` : name;

/** "a, b, c and 3 more". */
export const list = (names: readonly string[], shown = 3): string => all(names, shown);

/** 0 at `none`, 1 at `full`, linear between them; `none` may be the larger of the two. */
export const ramp = (value: number, none: number, full: number): number =>
  Math.min(1, Math.max(0, (value - none) / (full - none)));

/** The same on a logarithmic scale. */
export const logRamp = (value: number, none: number, full: number): number =>
  ramp(Math.log10(value), Math.log10(none), Math.log10(full));
