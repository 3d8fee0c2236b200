/** One process at a time writes a run: a file holds its id, and what a killed process left of it is taken over. */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../user-error.ts";

const LOCK = "lock";

/** @throws UserError where another process that is alive writes the run. */
export function lock(folder: string): void {
  const path = join(folder, LOCK);
  while (!taken(path)) {
    const holder = holderOf(path);
    if (holder === process.pid) return;
    if (holder !== null && isAlive(holder))
      throw new UserError(
        `another process (${holder}) is training this run.`,
        `Wait for it to end. If it is no training, delete ${path}.`,
        folder,
      );
    takeAway(path, holder);
  }
}

export function unlock(folder: string): void {
  const path = join(folder, LOCK);
  if (holderOf(path) === process.pid) rmSync(path, { force: true });
}

/** Makes the lock, with the id in it from the first moment, where there is none. */
function taken(path: string): boolean {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    // A file system without links.
    return created(path);
  } finally {
    rmSync(own, { force: true });
  }
}

function created(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** null: there is no lock any more, or no id in it. */
function holderOf(path: string): number | null {
  try {
    const id = Number(readFileSync(path, "utf8"));
    return Number.isSafeInteger(id) && id > 0 ? id : null;
  } catch {
    return null;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // It is there, but belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes the lock of a process that is gone. Another process may have done so first: its own lock is put back. */
function takeAway(path: string, gone: number | null): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (holderOf(aside) !== gone) linkSync(aside, path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}
