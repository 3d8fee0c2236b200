/** Finds what a source names and reads its bytes, unpacked if it is gzipped; what cannot be read is refused in one sentence. */
import { closeSync, openSync, readSync } from "node:fs";
import { totalmem } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { namesIn, readWhole, statOf } from "../../files/node/read.ts";
import { refusing } from "../../files/node/system-error.ts";
import { didYouMean, UserError } from "../../user-error.ts";

/** A file or a folder, of which no more than the beginning is read until a format asks for it. */
export type Found = {
  /** As the plan names it */
  path: string;
  /** On this machine */
  full: string;
  /** Its last part, for sentences */
  file: string;
  /** The same without ".gz" */
  name: string;
  folder: boolean;
  /** Bytes on disk, and about how many they unpack to */
  size: number;
  unpacked: number;
  packed: boolean;
  /** The first bytes, at most two million, unpacked */
  head: Uint8Array;
  /** All bytes, unpacked */
  bytes: () => Uint8Array;
};

/** Node reads no larger file in one piece. */
export const LARGEST = 2 ** 31 - 1;
/** What an audit of a table of 40 MB took beside Node itself, by byte of the file: bytes, cells, columns and rows compared. */
const BYTES_PER_BYTE = 8;
const HEAD = 2 ** 21;
/** Text packs to a tenth. What unpacks to a hundred times its size is refused, unless even that is little. */
const MOST_RATIO = 100;
const LITTLE = 64e6;
/** Packed bytes of which the beginning is unpacked. */
const PACKED_HEAD = 2 ** 16;
/** Of gzip: the smallest file, and the most that a byte unpacks to. */
const [LEAST_PACKED, MOST_DEFLATED] = [18, 1032];

const A_PART = "Use a part of its rows: the causes are the same.";

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

export function find(folder: string, path: string): Found {
  const full = resolve(folder, path);
  const stat = statOf(full, path);
  if (!stat) throw missing(full, path);
  const file = basename(path);
  const common = { path, full, file, name: file.replace(/\.gz$/i, ""), size: stat.size };
  if (stat.isDirectory())
    return {
      ...common,
      folder: true,
      unpacked: 0,
      packed: false,
      head: new Uint8Array(),
      bytes: () => {
        throw new UserError("this is a folder.", "Give the path of a file.", path);
      },
    };
  if (stat.size === 0) throw new UserError("the file is empty.", "Give a table with a header and rows.", path);
  const start = part(full, 0, Math.min(HEAD, stat.size), path);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const head = packed ? unpackedStart(start) : start;
  return {
    ...common,
    folder: false,
    unpacked: packed ? unpackedSize(full, stat.size, head, path) : stat.size,
    packed,
    head,
    bytes: () => allBytes(full, stat.size, packed, path),
  };
}

function part(full: string, at: number, length: number, path: string): Buffer {
  const buffer = Buffer.alloc(length);
  return refusing(path, "read", () => {
    const file = openSync(full, "r");
    try {
      return buffer.subarray(0, readSync(file, buffer, 0, length, at));
    } finally {
      closeSync(file);
    }
  });
}

/** What the beginning of a packed file unpacks to; nothing where it is damaged, which reading all of it will show. */
function unpackedStart(start: Buffer): Uint8Array {
  try {
    // A packed million of zeros is a thousand bytes: less is taken, so that no more than 64 MB come of it.
    const some = gunzipSync(start.subarray(0, PACKED_HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
    return some.subarray(0, HEAD);
  } catch {
    return new Uint8Array();
  }
}

/** The last four bytes hold it, of the last of several parts; what cannot be true is estimated from the beginning. */
function unpackedSize(full: string, size: number, head: Uint8Array, path: string): number {
  const told = size >= LEAST_PACKED ? part(full, size - 4, 4, path).readUInt32LE() : 0;
  const estimate = (head.length * size) / Math.min(size, PACKED_HEAD);
  return told >= head.length && told <= MOST_DEFLATED * size ? Math.max(told, estimate / 2) : estimate;
}

function allBytes(full: string, size: number, packed: boolean, path: string): Uint8Array {
  if (size > LARGEST) throw new UserError("the file is larger than 2 GiB.", A_PART, path);
  const needed = size * BYTES_PER_BYTE;
  if (needed > totalmem())
    throw new UserError(
      `reading it needs about ${gigabytes(needed)} GB of memory, but this machine has ${gigabytes(totalmem())}.`,
      A_PART,
      path,
    );
  const bytes = readWhole(full, path);
  return packed ? unpacked(bytes, path) : bytes;
}

/** Bytes that so many packed ones may become. */
export const mostUnpacked = (size: number): number => Math.max(LITTLE, MOST_RATIO * size);

function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  const most = Math.min(LARGEST, mostUnpacked(bytes.length), totalmem() / BYTES_PER_BYTE);
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.floor(most) });
  } catch (error) {
    throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge(most, path) : damaged(path);
  }
}

export const tooLarge = (most: number, path: string): UserError =>
  new UserError(`unpacked, it is larger than ${gigabytes(most)} GB.`, A_PART, path);

export const damaged = (path: string): UserError =>
  new UserError("the gzipped file is damaged, cut off, or followed by other data.", "Get it again.", path);

function missing(full: string, path: string): UserError {
  const folder = dirname(full);
  if (!statOf(folder)?.isDirectory())
    return new UserError(`the folder ${folder} does not exist.`, "Paths are relative to the plan file.", path);
  const hint = didYouMean(basename(full), namesIn(folder)) || ".";
  return new UserError(`the file does not exist in ${folder}${hint}`, "Paths are relative to the plan file.", path);
}
