/** Lists and counts as sentences have them. */
import { shortened } from "./printable.ts";

/** "a, b, c", or "a, b, … (12)" where there are more names than `most`, or than fit in a sentence. */
export function listed(names: readonly string[], most = 10, room = 120): string {
  let text = "";
  for (const [i, name] of names.entries()) {
    const next = `${i > 0 ? ", " : ""}${shortened(name)}`;
    if (i >= most || (i > 0 && text.length + next.length > room)) return `${text}, … (${names.length})`;
    text += next;
  }
  return text;
}

/** "1 row", "2 rows", "1,234 rows". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
