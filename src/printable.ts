/** Text that comes from files and arguments, made safe to print and short enough to read. */

const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The text with its control characters written out (\u001b), so that no terminal obeys them; those in `but` stay as they are. */
export const printable = (text: string, but = ""): string =>
  text.replace(CONTROL, (sign) => (but.includes(sign) ? sign : escaped(sign)));

/** The beginning of a text, and a sign that there was more. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;

/** The end of a path, which tells more than its beginning. */
export const cutPath = (path: string, most: number): string =>
  path.length <= most ? path : `…${path.slice(1 - most).replace(/^[\udc00-\udfff]/, "")}`;

const MOST_QUOTED = 60;
/** A value of a file as a message quotes it. */
export const excerpt = (value: string): string => `"${cut(printable(value), MOST_QUOTED)}"`;

/** A name or a path as a shell takes it. */
export const quoted = (text: string): string =>
  /^[\w./@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
