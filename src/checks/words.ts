/** What the sentences of checks are written with: at most three names, shares to a tenth of a percent, and strengths along a ramp. */
import { list as all } from "../words.ts";

export { capital, count, number, precisePercent as percent } from "../words.ts";

/** "a, b, c and 3 more". */
export const list = (names: readonly string[], shown = 3): string => all(names, shown);

/** 0 at `none`, 1 at `full`, straight between; works in either direction. */
export const ramp = (value: number, none: number, full: number): number =>
  Math.min(1, Math.max(0, (value - none) / (full - none)));

/** The same on a scale of ratios. */
export const logRamp = (value: number, none: number, full: number): number =>
  ramp(Math.log10(value), Math.log10(none), Math.log10(full));
