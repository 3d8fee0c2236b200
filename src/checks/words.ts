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

/** To a tenth; what is nearly none or nearly all is never printed as none or all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return "< 0.1 %";
  if (share > 0.9995 && share < 1) return "> 99.9 %";
  return `${number(Math.round(share * 1000) / 10)} %`;
}

export const count = (n: number, one: string, many = `${one}s`): string => `${number(n)} ${form(n, one, many)}`;

/** The word that goes with so many: "is" or "are", "column" or "columns". */
export const form = (n: number, one: string, many: string): string => (n === 1 ? one : many);

/** The text as the beginning of a sentence. */
export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A class as a sentence names it: "setosa", "class 2". */
export const classNamed = (name: string): string =>
  name.trim() === "" || Number.isFinite(Number(name)) ? `class ${name}` : name;

/** "a, b and 3 more". */
export function list(names: readonly string[], shown = 3): string {
  const rest = names.length - shown;
  if (rest > 0) return `${names.slice(0, shown).join(", ")} and ${rest} more`;
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}

/** 0 at `none`, 1 at `full`, linear between them; `none` may be the larger of the two. */
export const ramp = (value: number, none: number, full: number): number =>
  Math.min(1, Math.max(0, (value - none) / (full - none)));

/** The same on a logarithmic scale. */
export const logRamp = (value: number, none: number, full: number): number =>
  ramp(Math.log10(value), Math.log10(none), Math.log10(full));
