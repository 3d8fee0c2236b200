/** Commands as a shell takes them. */

/** A name or a path as one word of a command. */
export const quoted = (text: string): string =>
  /^[\w./@=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
