/** Reads the bytes of a file, unpacked if it is gzipped; what cannot be read is told in one sentence. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { didYouMean, UserError } from "../../errors.ts";

/** Node reads no larger file in one piece. */
const LARGEST = 2 ** 31 - 1;
/** What an audit of a table of 40 MB took beside Node itself, by byte of the file: bytes, cells, columns and rows compared. */
const BYTES_PER_BYTE = 8;

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

export function readBytes(folder: string, path: string): Uint8Array {
  const full = resolve(folder, path);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (!stat) throw missing(full, path);
  if (stat.isDirectory())
    throw new UserError("this is a folder.", "Name a file; folders of images or sounds are not supported yet.", path);
  if (stat.size > LARGEST)
    throw new UserError("the file is larger than 2 GiB.", "Take a part of its rows: the causes are the same.", path);
  const needed = stat.size * BYTES_PER_BYTE;
  if (needed > totalmem())
    throw new UserError(
      `reading it takes some ${gigabytes(needed)} GB of memory, and this machine has ${gigabytes(totalmem())}.`,
      "Take a part of its rows: the causes are the same.",
      path,
    );
  if (stat.size === 0) throw new UserError("the file is empty.", "It needs a header and rows.", path);
  const bytes = readFileSync(full);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? unpacked(bytes, path) : bytes;
}

function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  try {
    return gunzipSync(bytes);
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new UserError(
      tooLarge ? "unpacked, the file is too large to read." : "the gzipped file is damaged or cut off.",
      tooLarge ? "Take a part of its rows: the causes are the same." : "Get it again.",
      path,
    );
  }
}

function missing(full: string, path: string): UserError {
  const folder = dirname(full);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return new UserError(`there is no folder ${folder}.`, "Paths are relative to the plan file.", path);
  const hint = didYouMean(basename(full), readdirSync(folder)) || ".";
  return new UserError(`there is no such file in ${folder}${hint}`, "Paths are relative to the plan file.", path);
}
