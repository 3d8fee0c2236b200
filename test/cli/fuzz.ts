/** Plans and tables spoilt at random, the same for the same number: what a slip of the hand or a bad export may leave. */
import { stream, uniform } from "../../src/random.ts";

export type Draw = { below(n: number): number; of<T>(list: readonly T[]): T };

export function drawer(seed: number): Draw {
  const base = stream(99, seed);
  let at = 0;
  const below = (n: number) => Math.floor(uniform(base, at++) * n);
  return { below, of: (list) => list[below(list.length)] };
}

const VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1,
  3,
  0.5,
  1e-9,
  1e9,
  1e300,
  "",
  "x",
  "relu",
  "none",
  "NaN",
  [],
  {},
  [1, 2],
  ["a", "a"],
  { a: 1 },
  { name: "adam" },
  { constant: 1e30 },
  { normal: 1e9 },
  { fraction: 0.999 },
  { source: "t.csv" },
  { group: "a" },
  { time: "y" },
];

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number };

function places(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const holder = value as Record<string, unknown>;
  return keys.flatMap((key) => [{ holder, key }, ...places(holder[key as string])]);
}

/** A copy with one to three changes. */
export function spoiltPlan(plan: object, draw: Draw): unknown {
  const copy = structuredClone(plan);
  for (let n = 1 + draw.below(3); n > 0; n--) {
    const all = places(copy);
    if (all.length === 0) return copy;
    const { holder, key } = draw.of(all);
    const held = holder as Record<string, unknown>;
    switch (draw.below(5)) {
      case 0:
        if (Array.isArray(holder)) holder.splice(key as number, 1);
        else delete held[key];
        break;
      case 1:
        if (Array.isArray(holder)) holder.push(structuredClone(holder[key as number]));
        else {
          held[`${String(key).slice(0, -1)}`] = held[key];
          delete held[key];
        }
        break;
      case 2: {
        const other = draw.of(all);
        held[key] = structuredClone((other.holder as Record<string, unknown>)[other.key]);
        break;
      }
      default:
        held[key] = structuredClone(draw.of(VALUES));
    }
  }
  return copy;
}

const BITS = [
  ",",
  '"',
  "\n",
  "\r",
  "\t",
  ";",
  " ",
  "\0",
  "é",
  "NaN",
  "inf",
  "-",
  "1e999",
  "abc",
  "0x1",
  "2024-01-01",
  ",,,",
  "[",
  "{",
];

/** A copy with one to four cuts, gaps or strange pieces. */
export function spoiltText(text: string, draw: Draw): string {
  let spoilt = text;
  for (let n = 1 + draw.below(4); n > 0; n--) {
    const at = draw.below(spoilt.length + 1);
    const length = draw.of([0, 1, 1, 2, 10, 200]);
    const bit = draw.of([...BITS, ""]);
    spoilt = draw.below(12) === 0 ? spoilt.slice(0, at) : spoilt.slice(0, at) + bit + spoilt.slice(at + length);
  }
  return spoilt;
}

/** A file with a few other bytes, cut off or with some of it gone. */
export function spoiltBytes(bytes: Buffer, draw: Draw): Buffer {
  const spoilt = Buffer.from(bytes);
  for (let n = 1 + draw.below(4); n > 0; n--)
    spoilt[draw.below(spoilt.length)] = draw.of([0, 1, 127, 128, 255, draw.below(256)]);
  const at = draw.below(spoilt.length);
  const cut = draw.below(5);
  if (cut === 0) return spoilt.subarray(0, at);
  return cut === 1 ? Buffer.concat([spoilt.subarray(0, at), spoilt.subarray(at + draw.below(9))]) : spoilt;
}
