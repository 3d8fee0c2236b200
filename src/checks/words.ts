/** Numbers and lists as the sentences of checks and causes write them. */

/** Three significant digits, thousands grouped; small and large ones with a power of ten. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "infinity" : "minus infinity";
  if (value < 0) return `−${number(-value)}`;
  const size = value;
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(1).replace("e+", "e");
  if (size >= 100) return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return String(Number(value.toPrecision(3)));
}

export const percent = (share: number): string => `${number(Math.round(share * 1000) / 10)} %`;

export const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${n === 1 ? one : many}`;

/** The first letter large, at the beginning of a sentence. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a, b and 3 more". */
export function list(names: readonly string[], shown = 3): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(", ")} and ${rest} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** 0 at `none`, 1 at `full`, straight between; works in either direction. */
export const ramp = (value: number, none: number, full: number): number =>
  Math.min(1, Math.max(0, (value - none) / (full - none)));

/** The same on a scale of ratios. */
export const logRamp = (value: number, none: number, full: number): number =>
  ramp(Math.log10(value), Math.log10(none), Math.log10(full));
