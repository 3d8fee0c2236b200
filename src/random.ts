/** The one source of randomness: a counter-based generator, so that a number depends on what it is for and never on what was drawn before. */

/** Mixes 32 bits (lowbias32, Chris Wellons, "Prospecting for hash functions", 2018). The training graph computes the same. */
export function mix(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, MIX[0]);
  x ^= x >>> 15;
  x = Math.imul(x, MIX[1]);
  x ^= x >>> 16;
  return x >>> 0;
}

/** The two multipliers of `mix`. */
export const MIX = [0x7feb352d, 0x846ca68b] as const;

/** 2³² / φ: spreads consecutive counters before they are mixed. */
export const STEP = 0x9e3779b9;

/** What a stream of numbers is for: draws of different purposes never meet. */
export const PURPOSE = {
  split: 1,
  order: 2,
  weights: 3,
  dropout: 4,
  sample: 5,
  probe: 6,
  noise: 7,
  augment: 8,
} as const;

/** The base of a stream: a 32-bit digest of seed, purpose and any further keys (layer, step, epoch). */
export function stream(seed: number, ...keys: number[]): number {
  let base = mix(seed + STEP);
  for (const key of keys) base = mix((base ^ (key >>> 0)) + STEP);
  return base;
}

/** The `i`-th 32-bit number of a stream. */
export const bits = (base: number, i: number): number => mix((base + Math.imul(i, STEP)) >>> 0);

/** The `i`-th number of a stream, uniform in [0, 1). */
export const uniform = (base: number, i: number): number => bits(base, i) / 2 ** 32;

/** The `i`-th standard normal number of a stream (Box–Muller on two uniform numbers). */
export function normal(base: number, i: number): number {
  const u = (bits(base, 2 * i) + 0.5) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * uniform(base, 2 * i + 1));
}

/** The numbers 0 … n−1. */
export function upTo(n: number): Uint32Array {
  const numbers = new Uint32Array(n);
  // Uint32Array.from takes thirty times as long.
  for (let i = 0; i < n; i++) numbers[i] = i;
  return numbers;
}

/** The numbers 0 … n−1 in seeded random order (Fisher–Yates). */
export function permutation(n: number, base: number): Uint32Array {
  const order = upTo(n);
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(uniform(base, i) * (i + 1));
    const here = order[i];
    order[i] = order[j];
    order[j] = here;
  }
  return order;
}
