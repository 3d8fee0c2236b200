/** The errors a user can repair: one sentence of fact, one of what to do, with the place. */

import { cut, cutPath, printable } from "./printable.ts";

/** Of a message: what is longer is not read. */
const MOST = 300;
const MOST_PLACE = 90;
const MOST_TODO = 150;
/** Of a name that is compared with others: what is longer is no slip of the hand. */
const MOST_NAME = 100;

/** Cut where it is least missed: the place at its beginning, both sentences at their ends. */
function message(fact: string, todo: string, place: string | undefined): string {
  const before = place ? `${cutPath(printable(place), MOST_PLACE)}: ` : "";
  const after = cut(printable(todo), MOST_TODO);
  return `${before}${cut(printable(fact), MOST - before.length - after.length - 1)} ${after}`.trim();
}

export class UserError extends Error {
  readonly fact: string;
  readonly todo: string;
  readonly place: string | undefined;

  constructor(fact: string, todo: string, place?: string) {
    super(message(fact, todo, place));
    this.name = "UserError";
    this.fact = fact;
    this.todo = todo;
    this.place = place;
  }
}

/** Levenshtein distance of two words, case ignored. */
function distance(a: string, b: string): number {
  const [s, t] = [a, b].map((name) => name.slice(0, MOST_NAME).toLowerCase());
  let row = Array.from({ length: t.length + 1 }, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const next = [i];
    for (let j = 1; j <= t.length; j++)
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (s[i - 1] === t[j - 1] ? 0 : 1));
    row = next;
  }
  return row[t.length];
}

/** The candidate nearest to `word`, unless even that differs in more than half of its letters. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates.map((name) => ({ name, d: distance(word, name) })).sort((a, b) => a.d - b.d);
  const best = ranked[0];
  return best && best.d <= Math.max(2, Math.ceil(word.length / 2)) ? best.name : undefined;
}

/** `, did you mean "x"?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates);
  return found ? `, did you mean "${found}"?` : "";
}
