/** The initial weights, as in Keras; every number is drawn by its index in the tensor. */
import type { Initialiser } from "../plan/plan.ts";
import { normal, uniform } from "../random.ts";

export type Fans = { in: number; out: number };

// The standard deviation of a normal distribution truncated at two standard deviations (Keras' VarianceScaling divides by it).
const TRUNCATED_STD = 0.87962566103423978;
// Each redraw has a counter of its own; 16 draws in a row outside two standard deviations happen once in 10²¹.
const REDRAWS = 16;

function truncated(base: number, i: number): number {
  for (let attempt = 0; attempt < REDRAWS; attempt++) {
    const z = normal(base, i * REDRAWS + attempt);
    if (Math.abs(z) <= 2) return z;
  }
  return 0;
}

const fill = (n: number, draw: (i: number) => number) => Float32Array.from({ length: n }, (_, i) => draw(i));
const uniformIn = (n: number, limit: number, base: number) => fill(n, (i) => (2 * uniform(base, i) - 1) * limit);
const truncatedWith = (n: number, std: number, base: number) =>
  fill(n, (i) => (truncated(base, i) * std) / TRUNCATED_STD);

type Scaled = (fans: Fans) => number;
// scale / n of Keras' VarianceScaling: the variance of one weight.
const VARIANCE: Record<string, Scaled> = {
  glorot: (fans) => 2 / (fans.in + fans.out),
  he: (fans) => 2 / fans.in,
  lecun: (fans) => 1 / fans.in,
};

/** `n` initial values of a tensor; `columns` is the width of its matrix, which only `orthogonal` needs. */
export function initialise(init: Initialiser, n: number, columns: number, fans: Fans, base: number): Float32Array {
  if (typeof init === "object") {
    if ("constant" in init) return new Float32Array(n).fill(init.constant);
    if ("normal" in init) return fill(n, (i) => normal(base, i) * init.normal);
    if ("truncatedNormal" in init) return fill(n, (i) => truncated(base, i) * init.truncatedNormal);
    return uniformIn(n, init.uniform, base);
  }
  if (init === "zeros") return new Float32Array(n);
  if (init === "ones") return new Float32Array(n).fill(1);
  if (init === "orthogonal") return orthogonal(n / columns, columns, base);
  const [, family, kind] = init.match(/^(glorot|he|lecun)(Uniform|Normal)$/)!;
  const variance = VARIANCE[family](fans);
  return kind === "Uniform" ? uniformIn(n, Math.sqrt(3 * variance), base) : truncatedWith(n, Math.sqrt(variance), base);
}

/** Rows or columns (whichever are fewer) of a random matrix, made orthonormal by modified Gram–Schmidt. */
function orthogonal(rows: number, columns: number, base: number): Float32Array {
  const [many, few] = [Math.max(rows, columns), Math.min(rows, columns)];
  const vectors = Array.from({ length: few }, (_, k) =>
    Float64Array.from({ length: many }, (_, i) => normal(base, k * many + i)),
  );
  vectors.forEach((vector, k) => {
    for (const earlier of vectors.slice(0, k)) {
      const along = vector.reduce((s, x, i) => s + x * earlier[i], 0);
      for (let i = 0; i < many; i++) vector[i] -= along * earlier[i];
    }
    const length = Math.sqrt(vector.reduce((s, x) => s + x * x, 0));
    for (let i = 0; i < many; i++) vector[i] /= length;
  });
  return fill(rows * columns, (at) => {
    const [r, c] = [Math.floor(at / columns), at % columns];
    return rows <= columns ? vectors[r][c] : vectors[c][r];
  });
}
