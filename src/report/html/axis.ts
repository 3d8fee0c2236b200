/** Axes: from values to percent of a plot, and the ticks between. */
import { number } from "../../words.ts";

export type Axis = {
  /** Place of a value, in percent from the left or the top. */
  at: (value: number) => number;
  ticks: number[];
  show: (value: number) => string;
};

type Options = { ticks?: number; down?: boolean };
type Linear = Options & { unit?: "number" | "percent" | "points"; whole?: boolean };
type Log = Options & { show: (value: number) => string };

/** A linear axis that holds all finite values, with a little room on both sides. */
export function linearAxis(
  values: number[],
  { unit = "number", ticks = 5, down = false, whole = false }: Linear,
): Axis {
  const [low, high] = extent(values);
  const step = Math.max(niceStep((high - low) / ticks), whole ? 1 : 0);
  const first = Math.ceil(low / step - 1e-9);
  const n = Math.floor(high / step + 1e-9) - first + 1;
  const at = (value: number) => (100 * (value - low)) / (high - low);
  return {
    at: flip(at, down),
    ticks: Array.from({ length: Math.max(0, n) }, (_, i) => Number(((first + i) * step).toPrecision(12))),
    show: tickFormat(unit, step),
  };
}

/** As many digits as it takes for neighbouring ticks to differ. */
function tickFormat(unit: "number" | "percent" | "points", step: number): (value: number) => string {
  const scale = unit === "number" ? 1 : 100;
  const digits = Math.max(0, -Math.floor(Math.log10(step * scale) + 1e-9));
  if (unit === "number" && (digits > 5 || step >= 1e6)) return number;
  const text = (value: number) =>
    (scale * value).toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (value) =>
    `${unit === "points" && value > 0 ? "+" : ""}${text(value).replace("-", "−")}${unit === "percent" ? " %" : ""}`;
}

/** A logarithmic axis over all positive finite values; ticks at powers of ten, fewer where there are many. */
export function logAxis(values: number[], { show, ticks = 7, down = false }: Log): Axis {
  const [low, high] = extent(values.filter((value) => value > 0).map(Math.log10));
  const step = Math.max(1, Math.ceil((high - low) / ticks));
  const first = Math.ceil(low);
  const n = Math.floor((high - first) / step) + 1;
  const at = (value: number) => (100 * (Math.log10(value) - low)) / (high - low);
  return {
    at: flip(at, down),
    ticks: Array.from({ length: Math.max(0, n) }, (_, i) => 10 ** (first + i * step)),
    show,
  };
}

function extent(values: number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return [0, 1];
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const room = high > low ? 0.04 * (high - low) : Math.abs(high) * 0.1 || 1;
  return [low - room, high + room];
}

/** 1, 2 or 5 times a power of ten, as near to `wanted` as may be. */
function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const off = (factor: number) => Math.abs(Math.log((factor * power) / wanted));
  return power * [1, 2, 5, 10].reduce((best, factor) => (off(factor) < off(best) ? factor : best));
}

const flip =
  (at: (value: number) => number, down: boolean) =>
  (value: number): number =>
    Number((down ? 100 - at(value) : at(value)).toFixed(2));
