/** The files below a path of this machine; of large folders and files only the beginning is read. */
import { closeSync, type Dirent, opendirSync, openSync, readFileSync, readSync, type Stats, statSync } from "node:fs";
import { basename, join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { refusing } from "../../files/node/system-error.ts";
import { type Files, HEAD_BYTES } from "../files.ts";

/** Enough to tell what a folder holds; listing millions of pictures would take a while. */
const MOST_NAMES = 2000;
const MOST_FOLDERS = 100;

/** @param stats of `path`, which is there. */
export function filesAt(path: string, stats: Stats): Files {
  const folder = stats.isDirectory();
  const own = basename(path);
  const full = (name: string) => (folder ? join(path, name) : path);
  const heads = new Map<string, Uint8Array>();
  return {
    path,
    folder,
    names: folder ? refusing(path, "read", () => listed(path)) : [own],
    head(name) {
      const known = heads.get(name) ?? refusing(full(name), "read", () => start(full(name)));
      heads.set(name, known);
      return known;
    },
    bytes: (name) => refusing(full(name), "read", () => readFileSync(full(name))),
  };
}

/** A text that was handed over, as a file of its own. */
export const filesOf = (path: string, bytes: Uint8Array): Files => ({
  path,
  folder: false,
  names: [path],
  head: () => bytes.subarray(0, HEAD_BYTES),
  bytes: () => bytes,
});

function start(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const bytes = buffer.subarray(0, readSync(file, buffer, 0, HEAD_BYTES, 0));
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes) : bytes;
  } finally {
    closeSync(file);
  }
}

/** What the beginning of a gzipped file unpacks to; nothing where it is damaged. */
function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD_BYTES);
  } catch {
    return new Uint8Array();
  }
}

function listed(path: string): string[] {
  const { files, folders } = entries(path);
  const inner = folders.slice(0, MOST_FOLDERS).flatMap((name) => {
    try {
      return entries(join(path, name)).files.map((file) => `${name}/${file}`);
    } catch {
      // A sub-folder that may not be read tells nothing.
      return [];
    }
  });
  return [...files, ...inner].sort();
}

function entries(path: string): { files: string[]; folders: string[] } {
  const [files, folders]: [string[], string[]] = [[], []];
  const open = opendirSync(path);
  try {
    for (let n = 0; n < MOST_NAMES; n++) {
      const entry = open.readSync();
      if (!entry) break;
      if (entry.name.startsWith(".")) continue;
      (isFolder(path, entry) ? folders : files).push(entry.name);
    }
  } finally {
    open.closeSync();
  }
  return { files, folders: folders.sort() };
}

function isFolder(path: string, entry: Dirent): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    return statSync(join(path, entry.name)).isDirectory();
  } catch {
    // A link that leads nowhere.
    return false;
  }
}
