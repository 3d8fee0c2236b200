/** How surprising a sum over some rows is if they were drawn at random: −ln of the one-sided p-value. */

/**
 * Fisher's exact test: `missed` of `n` rows are marked; of `size` drawn ones, `sum` or more are.
 * Results are cached by size, because permutations need the same ones again.
 */
export function fisher(n: number, missed: number): (size: number, sum: number) => number {
  const logFactorial = new Float64Array(n + 1);
  for (let i = 2; i <= n; i++) logFactorial[i] = logFactorial[i - 1] + Math.log(i);
  const choose = (a: number, b: number) => logFactorial[a] - logFactorial[b] - logFactorial[a - b];
  const known: Float64Array[] = [];
  const tails = (size: number): Float64Array => {
    const most = Math.min(size, missed);
    const least = Math.max(0, size - (n - missed));
    const out = new Float64Array(most + 1);
    const whole = choose(n, size);
    let tail = 0;
    for (let k = most; k >= least; k--) {
      tail += Math.exp(choose(missed, k) + choose(n - missed, size - k) - whole);
      out[k] = -Math.log(Math.min(1, Math.max(tail, Number.MIN_VALUE)));
    }
    return out;
  };
  return (size, sum) => {
    known[size] ??= tails(size);
    return known[size][sum];
  };
}

/**
 * The same for a standard normal number above z (complementary error function after Numerical Recipes 6.2, to 1.2e-7 of its value): in logarithms,
 * so that no z overflows, and in few steps, because a search needs it millions of times.
 */
export function normalSurprise(z: number): number {
  if (z < 0) return -Math.log1p(-Math.exp(-normalSurprise(-z)));
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const polynomial = ERFC.reduceRight((sum, c) => sum * t + c, 0);
  return -(Math.log(0.5 * t) - x * x + polynomial);
}

const ERFC = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];
