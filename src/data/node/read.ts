/** Finds what a source names and reads its bytes, unpacked if it is gzipped; what cannot be read is refused in one sentence. */
import { closeSync, openSync, readSync } from "node:fs";
import { totalmem } from "node:os";
import { basename, dirname, resolve } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { namesIn, readWhole, statOf } from "../../files/node/read.ts";
import { refusing } from "../../files/node/system-error.ts";
import { didYouMean, UserError } from "../../user-error.ts";

/** A file or a folder; only the beginning of a file is read until a format needs more. */
export type Found = {
  /** The path as the plan names it. */
  path: string;
  /** The path on this machine. */
  full: string;
  /** The last part of the path, for sentences. */
  file: string;
  /** The same without ".gz" */
  name: string;
  folder: boolean;
  /** The bytes on disk, and about how many they unpack to. */
  size: number;
  unpacked: number;
  packed: boolean;
  /** The first bytes, unpacked, at most two million. */
  head: Uint8Array;
  /** All bytes, unpacked */
  bytes: () => Uint8Array;
};

/** The largest file that Node reads in one piece. */
export const LARGEST = 2 ** 31 - 1;
/** The memory of an audit per byte of the file, measured on a table of 40 MB without Node itself: bytes, cells, columns and compared rows. */
const BYTES_PER_BYTE = 8;
const HEAD = 2 ** 21;
/** Text compresses to about a tenth. A file that unpacks to a hundred times its size is refused, unless even that is little. */
const MOST_RATIO = 100;
const LITTLE = 64e6;
/** The number of compressed bytes that are unpacked for the beginning. */
const PACKED_HEAD = 2 ** 16;
/** For gzip, the size of the smallest file, and the most bytes that one byte unpacks to. */
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

/** The unpacked beginning of a compressed file; empty where it is damaged, which is reported when all of it is read. */
function unpackedStart(start: Buffer): Uint8Array {
  try {
    // A million zeros compress to a thousand bytes, so fewer bytes are taken, and at most 64 MB result.
    const some = gunzipSync(start.subarray(0, PACKED_HEAD), { finishFlush: constants.Z_SYNC_FLUSH });
    return some.subarray(0, HEAD);
  } catch {
    return new Uint8Array();
  }
}

/** The unpacked size: the last four bytes state that of the last part; a value that cannot be true is estimated from the beginning. */
function unpackedSize(full: string, size: number, head: Uint8Array, path: string): number {
  const stated = size >= LEAST_PACKED ? part(full, size - 4, 4, path).readUInt32LE() : 0;
  const estimate = (head.length * size) / Math.min(size, PACKED_HEAD);
  return stated >= head.length && stated <= MOST_DEFLATED * size ? Math.max(stated, estimate / 2) : estimate;
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

/** The most bytes to which this many compressed ones may unpack. */
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
