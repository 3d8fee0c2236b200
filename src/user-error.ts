/** The errors a user can repair: one sentence of fact, one of what to do, with the place. */

import { cut, ending, printable, quoted } from "./text.ts";

// Both sentences and the place: what a terminal shows without scrolling, and a search engine takes.
const LONGEST = 300;
const LONGEST_PLACE = 100;
// A name that is longer is no slip of the hand.
const LONGEST_NAME = 100;

/** What comes from files is cleaned and cut here, so that no sentence can carry it to a terminal. */
export class UserError extends Error {
  readonly fact: string;
  readonly todo: string;
  readonly place: string | undefined;

  constructor(fact: string, todo: string, place?: string) {
    const at = place === undefined ? undefined : ending(printable(place), LONGEST_PLACE);
    const before = at ? `${at}: ` : "";
    const room = LONGEST - before.length - 1;
    const [clean, next] = [printable(fact), printable(todo)];
    // What to do may be a long list of names: the fact has half of the room at least.
    const first = cut(clean, Math.max(room - next.length, Math.ceil(room / 2)));
    const second = cut(next, room - first.length);
    super(`${before}${first} ${second}`.trim());
    this.name = "UserError";
    this.fact = first;
    this.todo = second;
    this.place = at;
  }
}

/** Levenshtein distance of two words, case ignored. */
function distance(a: string, b: string): number {
  const [s, t] = [a, b].map((name) => name.slice(0, LONGEST_NAME).toLowerCase());
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
  return found ? `, did you mean ${quoted(found)}?` : "";
}
