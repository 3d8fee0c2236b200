/** Text and lists of it from files, made fit for a sentence. */

// What a terminal obeys instead of showing it: control characters, and marks that turn the direction of text round.
const OBEYED = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const LONGEST_VALUE = 60;

/** One line in which nothing is obeyed by a terminal. */
export const printable = (text: string): string => text.replace(/\s+/g, " ").replace(OBEYED, "\uFFFD");

/** At most `most` characters, the last of which says that some are missing. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  // Half of a pair is no character.
  const half = text.charCodeAt(end - 1) >= 0xd800 && text.charCodeAt(end - 1) < 0xdc00;
  return `${text.slice(0, half ? end - 1 : end)}…`;
}

/** The end of a text, as of a long path. */
export const ending = (text: string, most: number): string =>
  text.length <= most ? text : `…${text.slice(text.length - most + 1).replace(/^[\udc00-\udfff]/, "")}`;

/** A value of a file, short enough to stand in a sentence. */
export const value = (text: string): string => cut(printable(text.slice(0, 10 * LONGEST_VALUE)), LONGEST_VALUE);

/** The same in quotes. */
export const quoted = (text: string): string => `"${value(text)}"`;

/** "a, b, c", or "a, b, … (12)" where there are more names than `most`, or than fit in a sentence. */
export function listed(names: readonly string[], most = 10, room = 120): string {
  let text = "";
  for (const [i, name] of names.entries()) {
    const next = `${i > 0 ? ", " : ""}${value(name)}`;
    if (i >= most || (i > 0 && text.length + next.length > room)) return `${text}, … (${names.length})`;
    text += next;
  }
  return text;
}
