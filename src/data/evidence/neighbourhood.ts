/** The neighbourhood of a row: whether it has its nearest neighbours by chance or they are copies of it. */
import type { Matrix } from "../simple/solvers.ts";

/** A row may have so many copies: a larger group of rows that lie together is a cluster. */
export const MOST_COPIES = 20;
/** Copies lie within so much of the distance of the next row … */
const GAP = 0.65;
/** … and by chance, among rows that lie as dense as these, so few rows would have them. Chosen by hand, on random rows. */
const CHANCE = 2e-4;
/** Density is measured by how many more rows lie within so many times the distance. */
const STRETCH = 1.5;
/** Rounding. */
const EQUAL = 1 + 1e-6;

type Look = {
  nearest: number;
  /** The nearest training rows that are not equal to it */
  around: number[];
  /** Squared distances of the nearest training rows, rising, equal ones once, 0 left out */
  squares: number[];
  /** In how many directions rows spread from here */
  dimension: number;
  /** How many equal rows there would be if the columns agreed independently; undefined if there is none */
  expectedEqual?: number;
};

/** Looks with some columns only; null where equal rows are common: being equal is nothing special there. */
export function lookAround(train: Matrix, own: Float32Array, columns: readonly number[]): Look | null {
  const { distances, nearest } = squaredDistances(train, own, Uint32Array.from(columns));
  const radius = nearest[nearest.length - 1];
  if (radius === 0) return null;
  let [within, beyond, first] = [0, 0, 0];
  for (let i = 0; i < distances.length; i++) {
    if (distances[i] <= radius * EQUAL) within++;
    if (distances[i] <= radius * STRETCH ** 2) beyond++;
    if (distances[i] < distances[first]) first = i;
  }
  const squares: number[] = [];
  for (const square of nearest) if (square > (squares.at(-1) ?? 0) * EQUAL) squares.push(square);
  const around: number[] = [];
  for (let i = 0; i < distances.length && around.length < 3 * MOST_COPIES; i++)
    if (distances[i] > 0 && distances[i] <= radius * EQUAL) around.push(i);
  around.sort((a, b) => distances[a] - distances[b]);
  const dimension = Math.log(beyond / within) / Math.log(STRETCH);
  const look = { nearest: first, around, squares, dimension };
  return nearest[0] > 0 ? look : { ...look, expectedEqual: expectedEqual(train, own, around, columns) };
}

/** Of all training rows (Infinity where it is too much to matter), and the nearest ones, one more than copies may be. */
function squaredDistances(
  train: Matrix,
  own: Float32Array,
  use: Uint32Array,
): { distances: Float64Array; nearest: Float64Array } {
  const { rows, columns, values } = train;
  const distances = new Float64Array(rows);
  const mine = Float64Array.from(use, (c) => own[c]);
  const nearest = new Float64Array(MOST_COPIES + 1).fill(Infinity);
  for (let other = 0, from = 0; other < rows; other++, from += columns) {
    const most = nearest[MOST_COPIES] * STRETCH ** 2;
    let sum = 0;
    for (let i = 0; i < use.length && sum <= most; ) {
      const end = Math.min(i + 8, use.length);
      // Four at a time, so that an addition need not wait for the one before.
      for (; i + 4 <= end; i += 4) {
        const d = mine[i] - values[from + use[i]];
        const e = mine[i + 1] - values[from + use[i + 1]];
        const f = mine[i + 2] - values[from + use[i + 2]];
        const g = mine[i + 3] - values[from + use[i + 3]];
        sum += d * d + e * e + (f * f + g * g);
      }
      for (; i < end; i++) sum += (mine[i] - values[from + use[i]]) ** 2;
    }
    distances[other] = sum <= most ? sum : Infinity;
    if (!(sum < nearest[MOST_COPIES])) continue;
    let place = MOST_COPIES;
    for (; place > 0 && nearest[place - 1] > sum; place--) nearest[place] = nearest[place - 1];
    nearest[place] = sum;
  }
  return { distances, nearest };
}

/** In a table of few values rows are equal by chance: told from how often the rows around agree in each column. */
function expectedEqual(train: Matrix, own: Float32Array, around: number[], columns: readonly number[]): number {
  return columns.reduce((n, c) => n * Math.max(equalShare(train, own, around, c), 1 / train.rows), around.length);
}

function equalShare({ columns, values }: Matrix, own: Float32Array, rows: readonly number[], column: number): number {
  let equal = 0;
  for (const row of rows) if (values[row * columns + column] === own[column]) equal++;
  return equal / rows.length;
}

/**
 * Whether a row has copies, which either equal it or lie near, with a gap beyond them. Rows of one group (the tracts of a town)
 * agree in what is told of the group, which makes a gap as well: copies show one in the other columns, too.
 */
export function hasCopies(
  look: Look,
  train: Matrix,
  own: Float32Array,
  columns: readonly number[],
  usual: number,
): boolean {
  if (look.expectedEqual !== undefined && look.expectedEqual < CHANCE) return true;
  const copies = beforeGap(look, usual);
  if (copies === 0) return false;
  const group = look.around.slice(0, copies);
  const differ = columns.filter((c) => equalShare(train, own, group, c) <= 0.5);
  if (differ.length === columns.length) return true;
  const again = lookAround(train, own, differ);
  return again !== null && beforeGap(again, usual) > 0;
}

/**
 * How many rows lie before a gap that is no accident. Of rows that lie dense in d directions, the g-th lies within a share s of
 * the distance of the next with the probability s^(g d). `usual`: the directions at most rows.
 */
function beforeGap({ squares, dimension }: Look, usual: number): number {
  const directions = Math.min(dimension, usual);
  const gap = squares.slice(1).findIndex((next, i) => {
    const share = Math.sqrt(squares[i] / next);
    return share < GAP && share ** ((i + 1) * directions) < CHANCE;
  });
  return gap + 1;
}
