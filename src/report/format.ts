/** Numbers, scores, intervals, durations and sparklines as text, for the terminal and the page alike. */

import { mean } from "../data/statistics.ts";
import { largest, smallest } from "../lists.ts";
import { count, minus, notFinite, number, percent, shareDigits } from "../words.ts";
import type { Effect, ReportMetric } from "./report.ts";

const SHARES = new Set(["accuracy", "balancedAccuracy", "binaryAccuracy", "topKAccuracy", "exactMatch"]);

/** Is this metric a share? Then it is shown in percent everywhere, and never as a plain number. */
export const isShare = (metric: string): boolean => SHARES.has(metric);

/** How scores of a metric are written; `among` are scores that must be told apart. */
export function scoreFormat(metric: string, among: number[] = []): (value: number) => string {
  if (!isShare(metric)) return number;
  const digits = among.length > 0 ? shareDigits(among) : undefined;
  return (value) => percent(value, digits);
}

/** The ends of the interval of a score, "50 … 54 %"; empty where there is none. No share is shown below 0 or above 1. */
export function interval(metric: string, ends: Pick<Effect, "low" | "high">): string {
  if (!Number.isFinite(ends.low) || !Number.isFinite(ends.high)) return "";
  if (!isShare(metric)) return `${number(ends.low)} … ${number(ends.high)}`;
  const [low, high] = [Math.max(0, ends.low), Math.min(1, ends.high)];
  const digits = high - low < 0.02 ? 1 : 0;
  const end = (value: number) => minus((100 * value).toFixed(digits));
  return `${end(low)} … ${end(high)} %`;
}

/** r2 → R², mse → MSE: how people write them. */
export function metricWord(metric: string): string {
  const words: Record<string, string> = { r2: "R²", mae: "MAE", mse: "MSE", rmse: "RMSE", auc: "AUC", f1: "F1" };
  return words[metric] ?? metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** "validation accuracy", "training R²": a score always carries its part. */
export const scoreName = ({ name, split }: Pick<ReportMetric, "name" | "split">): string =>
  `${split} ${metricWord(name)}`;

/** A gain as the change of the metric: "+39 points (+37 … +41)"; where lower is better a gain is a fall. */
export function gain(metric: Pick<ReportMetric, "name" | "better">, effect: Effect): string {
  const sign = metric.better === "higher" ? 1 : -1;
  const share = isShare(metric.name);
  const scale = share ? 100 : 1;
  const ends = [effect.low, effect.high].map((end) => sign * scale * end).sort((a, b) => a - b);
  const mean = sign * scale * effect.mean;
  const digits = Math.max(...[mean, ...ends].filter(Number.isFinite).map(Math.abs)) < 10 ? 1 : 0;
  const show = (value: number) => (share ? signed(value, value.toFixed(digits)) : signed(value, number(value)));
  const unit = share ? ` ${show(mean).slice(1) === "1" ? "point" : "points"}` : "";
  const range = ends.every(Number.isFinite) ? ` (${ends.map(show).join(" … ")})` : "";
  return Number.isFinite(mean) ? show(mean) + unit + range : notFinite(mean);
}

function signed(value: number, text: string): string {
  if (Number(text) === 0) return text.replace("-", "");
  return value > 0 ? `+${text}` : minus(text);
}

/** 0.4 s, 21 s, 2 min 5 s, 1 h 20 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return notFinite(seconds);
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 5400) return pair(Math.floor(whole / 60), "min", whole % 60, "s");
  const minutes = Math.round(seconds / 60);
  return pair(Math.floor(minutes / 60), "h", minutes % 60, "min");
}

const pair = (a: number, unitA: string, b: number, unitB: string): string =>
  b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`;

const LONGEST_VALUE = 160;

/** A value of a plan in words: none, 0.01, ["a","b"]; a long one is cut and counted. */
export function planValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string") return value;
  // A learning rate is typed by hand, so it is shown in full.
  if (typeof value !== "object") return String(value);
  const text = JSON.stringify(value);
  if (text.length <= LONGEST_VALUE) return text;
  return `${text.slice(0, LONGEST_VALUE)}… (${count(Object.keys(value).length, "value")})`;
}

type SparkOptions = { width: number; unicode: boolean; low?: number; high?: number; log?: boolean };

/** One character a point (or a bucket of points); × (ASCII: !) where the value is not finite. */
export function sparkline(values: number[], options: SparkOptions): string {
  const points = buckets(values, options.width).map(options.log ? Math.log : Number);
  const finite = points.filter(Number.isFinite);
  const scale = (end: number | undefined, otherwise: number) =>
    end === undefined ? otherwise : options.log ? Math.log(end) : end;
  const low = scale(options.low, smallest(finite));
  const high = scale(options.high, largest(finite));
  const levels = options.unicode ? "▁▂▃▄▅▆▇█" : "_.:-=+*#";
  return points
    .map((point) => {
      if (!Number.isFinite(point)) return options.unicode ? "×" : "!";
      const share = high > low ? (point - low) / (high - low) : 0;
      return levels[Math.max(0, Math.min(levels.length - 1, Math.round(share * (levels.length - 1))))];
    })
    .join("");
}

/** At most `width` numbers: the mean of the finite values of each bucket, NaN where there are none. */
function buckets(values: number[], width: number): number[] {
  if (values.length <= width) return values;
  return Array.from({ length: width }, (_, i) => {
    const start = Math.floor((i * values.length) / width);
    const end = Math.floor(((i + 1) * values.length) / width);
    return mean(values.slice(start, end).filter(Number.isFinite));
  });
}
