/** The score that more rows would give, by the curve of what fewer give. */
import { mean } from "../data/statistics.ts";
import { normal, PURPOSE, stream } from "../random.ts";

/** The score of each seed after training on so many rows; points are given in the order of the rows. */
type CurvePoint = { rows: number; scores: readonly number[] };

/** `low` and `high`: 95 %, by what seeds differ; as the score where single seeds are told. */
type Expected = { score: number; low: number; high: number };

/** Exponents of most curves that were measured lie between these (Viering & Loog 2022, "The shape of learning curves"). */
const EXPONENTS = Array.from({ length: 24 }, (_, i) => 0.1 * 20 ** (i / 23));
/** Fewer draws make ragged ends. */
const DRAWS = 400;

/**
 * The last point, and what the power law a − b · rows^−c (Viering & Loog 2022) still gains from there; b ≥ 0 and a at most the best score,
 * by least squares. Its interval by drawing every point anew with the spread that its seeds show, pooled over the points.
 * @param most the best score there is.
 */
export function expectedAt(points: readonly CurvePoint[], rows: number, most = 1): Expected {
  const means = points.map(({ scores }) => mean(scores));
  const at = points.map((point) => point.rows);
  const score = forecast(at, means, rows, most);
  const freedom = points.reduce((sum, { scores }) => sum + scores.length - 1, 0);
  if (freedom < 2) return { score, low: score, high: score };
  const squares = points.reduce((sum, { scores }, i) => sum + scores.reduce((s, v) => s + (v - means[i]) ** 2, 0), 0);
  const base = stream(0, PURPOSE.sample, 31);
  const draws = Array.from({ length: DRAWS }, (_, k) => {
    // Student's t: a normal number over the root of a mean of squares of others.
    const from = k * (freedom + points.length);
    const spread = Math.sqrt(
      squares / Array.from({ length: freedom }, (_, i) => normal(base, from + i) ** 2).reduce((a, b) => a + b, 0),
    );
    const moved = points.map(
      ({ scores }, i) => means[i] + (normal(base, from + freedom + i) * spread) / Math.sqrt(scores.length),
    );
    return forecast(at, moved, rows, most);
  }).sort((a, b) => a - b);
  return { score, low: draws[Math.round(0.025 * DRAWS)], high: draws[Math.round(0.975 * DRAWS) - 1] };
}

function forecast(rows: readonly number[], scores: readonly number[], to: number, most: number): number {
  const curve = fitted(rows, scores, most);
  return Math.min(most, scores.at(-1)! + curve(to) - curve(rows.at(-1)!));
}

/** The curve of least squares; of each exponent the best line, held to what a score can be. */
function fitted(rows: readonly number[], scores: readonly number[], most: number): (rows: number) => number {
  const total = mean(scores);
  let best = { error: Number.POSITIVE_INFINITY, of: (_: number) => total };
  for (const c of EXPONENTS) {
    const x = rows.map((n) => (n / rows[0]) ** -c);
    const middle = mean(x);
    const slope =
      x.reduce((sum, v, i) => sum + (v - middle) * (scores[i] - total), 0) /
      x.reduce((sum, v) => sum + (v - middle) ** 2, 0);
    let [a, b] = [total - slope * middle, -slope];
    if (b < 0) [a, b] = [total, 0];
    if (a > most) {
      b = x.reduce((sum, v, i) => sum + v * (most - scores[i]), 0) / x.reduce((sum, v) => sum + v * v, 0);
      a = most;
    }
    const error = x.reduce((sum, v, i) => sum + (a - b * v - scores[i]) ** 2, 0);
    if (error < best.error) best = { error, of: (n) => a - b * (n / rows[0]) ** -c };
  }
  return best.of;
}
