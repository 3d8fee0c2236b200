/** Finds files and folders and reads files whole; what the system refuses is one sentence. */
import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { UserError } from "../../user-error.ts";
import { refusing } from "./system-error.ts";

/** What is there; undefined: nothing. A pipe or a device is refused: it may have no end. @param place how sentences name it. */
export function statOf(path: string, place = path): Stats | undefined {
  const stats = refusing(place, "read", () => statSync(path, { throwIfNoEntry: false }));
  if (stats && !stats.isFile() && !stats.isDirectory())
    throw new UserError("this is neither a file nor a folder.", "Give the path of a file.", place);
  return stats;
}

export const readWhole = (path: string, place = path): Buffer => refusing(place, "read", () => readFileSync(path));

/** The names in a folder, for suggestions: none where it cannot be listed. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
