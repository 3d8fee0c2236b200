/** Writes files whole or not at all. */
import { renameSync, rmSync, writeFileSync } from "node:fs";

/** A reader, and a kill, sees the old file or the new one. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const aside = `${path}.part`;
  try {
    writeFileSync(aside, content);
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
}
