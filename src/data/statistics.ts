/** Statistics of numbers and counts: mean, quantiles, entropy, intervals of shares, and whether two samples differ. */

/** The mean; NaN of no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Mean squared distance from the mean (n, not n − 1). */
export function variance(values: ArrayLike<number>): number {
  const middle = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - middle) ** 2;
  return sum / values.length;
}

/** Standard deviation of a sample (n − 1); 0 of fewer than two values. */
export function sd(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) ** 2, 0) / (values.length - 1));
}

/** The 97.5 % quantile of the normal distribution. */
const Z95 = 1.959963984540054;

/** The quantile of ascending numbers, interpolated linearly (as in NumPy and pandas). */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const place = (ascending.length - 1) * share;
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  return ascending[low] + (ascending[high] - ascending[low]) * (place - low);
}

/** Shannon's entropy divided by that of equally many equal classes: 1 where all are equal, 0 where one class has all. */
export function evenness(counts: readonly number[]): number {
  const held = counts.filter((count) => count > 0);
  const sum = held.reduce((a, b) => a + b, 0);
  if (counts.length < 2 || sum === 0) return 0;
  return held.reduce((entropy, count) => entropy - (count / sum) * Math.log(count / sum), 0) / Math.log(counts.length);
}

/** The 95 % interval of a share observed in `n` rows (Wilson, 1927). */
export function wilson(share: number, n: number): { low: number; high: number } {
  const whole = 1 + Z95 ** 2 / n;
  const middle = (share + Z95 ** 2 / (2 * n)) / whole;
  const half = (Z95 / whole) * Math.sqrt((share * (1 - share)) / n + Z95 ** 2 / (4 * n * n));
  // An end that is exactly 0 or 1 must not be printed with the digits of a rounding error.
  return { low: share === 0 ? 0 : middle - half, high: share === 1 ? 1 : middle + half };
}

/** The distance of two distributions, 0–1, and its p-value. */
type Distance = { distance: number; p: number };

/** Kolmogorov and Smirnov's distance of two samples, both ascending; p by Stephens' approximation (1970). */
export function kolmogorovSmirnov(a: ArrayLike<number>, b: ArrayLike<number>): Distance {
  let [i, j, distance] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    distance = Math.max(distance, Math.abs(i / a.length - j / b.length));
  }
  const root = Math.sqrt((a.length * b.length) / (a.length + b.length));
  return { distance, p: kolmogorov((root + 0.12 + 0.11 / root) * distance) };
}

/** P(K > x) of Kolmogorov's distribution. */
function kolmogorov(x: number): number {
  // Below this, the result is 1 to six digits, and the sum converges slowly.
  if (x < 0.3) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) {
    const term = Math.exp(-2 * k * k * x * x);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-300) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}

/** Cramér's V of counts (categories × parts), corrected for chance (Bergsma, 2013); p by the χ² test. */
export function cramersV(counts: readonly (readonly number[])[]): Distance {
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = counts[0].map((_, c) => counts.reduce((sum, row) => sum + row[c], 0));
  const n = rows.reduce((a, b) => a + b, 0);
  const [r, k] = [rows, columns].map((sums) => sums.filter((sum) => sum > 0).length);
  if (r < 2 || k < 2) return { distance: 0, p: 1 };
  let chi = 0;
  counts.forEach((row, i) => {
    row.forEach((count, c) => {
      const expected = (rows[i] * columns[c]) / n;
      if (expected > 0) chi += (count - expected) ** 2 / expected;
    });
  });
  const freedom = (r - 1) * (k - 1);
  const phi = Math.max(0, chi / n - freedom / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  return { distance: least > 0 ? Math.sqrt(phi / least) : 0, p: chiSquareTail(chi, freedom) };
}

/** P(χ² > x): closed sums of a Poisson distribution, whose first term is that of 1 or 2 degrees of freedom. */
function chiSquareTail(x: number, freedom: number): number {
  if (x <= 0) return 1;
  const half = x / 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-half) : Math.exp(-half);
  let sum = odd ? normalTails(Math.sqrt(x)) : term;
  for (let k = odd ? 3 : 4; k <= freedom; k += 2) {
    if (odd) sum += term;
    term *= x / (odd ? k : k - 2);
    if (!odd) sum += term;
  }
  return Math.min(1, sum);
}

/** P(|Z| > x) of a normal distribution, by the continued fraction of erfc where it is small, by its series where it is not. */
function normalTails(x: number): number {
  if (x > 3) {
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / (x + fraction);
    return (2 * Math.exp((-x * x) / 2)) / (Math.sqrt(2 * Math.PI) * (x + fraction));
  }
  let [term, sum] = [x, x];
  for (let k = 1; k < 100; k++) {
    term *= (x * x) / (2 * k + 1);
    sum += term;
  }
  return 1 - (2 * Math.exp((-x * x) / 2) * sum) / Math.sqrt(2 * Math.PI);
}
