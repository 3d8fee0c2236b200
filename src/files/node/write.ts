/** Writes files whole or not at all, a power cut included. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A reader, and a kill, sees the old file or the new one. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  // Two processes that write the same file do not share what is not whole yet.
  const aside = `${path}.${process.pid}.part`;
  try {
    writeFileSync(aside, content, { flush: true });
    renameSync(aside, path);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  flush(dirname(path));
}

/** Brings what was written of a file, or renamed in a folder, to the disk. */
export function flush(path: string): void {
  try {
    const file = openSync(path, "r");
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    // Some systems flush no folders. What was written stands all the same, but for a power cut.
  }
}
