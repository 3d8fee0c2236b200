/** All readers, in the order in which they are asked. */
import type { Files } from "./files.ts";
import type { Reader } from "./reader.ts";
import { unstuck } from "./unstuck.ts";

export const readers: readonly Reader[] = [unstuck];

/** The one that can read what was given. */
export const readerOf = (files: Files): Reader | undefined => readers.find((reader) => reader.recognises(files));
