/** Reads entries of a zip file, in which no size is believed before it is checked. */

import { crc32, inflateRawSync } from "node:zlib";
import { value } from "../../text.ts";
import { UserError } from "../../user-error.ts";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;

/** `read`: the bytes of an entry of at most `most` bytes; undefined: there is none of that name. */
type Zip = { names: string[]; read(name: string, most: number): Buffer | undefined };

const damaged = (place: string) => new UserError("the zip file is damaged or cut off.", "Save it again.", place);

type Entry = { name: string; flags: number; method: number; crc: number; packed: number; size: number; at: number };

function entries(bytes: Buffer, place: string): Entry[] {
  const least = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  let end = bytes.length - END_BYTES;
  while (end >= least && bytes.readUInt32LE(end) !== END) end--;
  if (end < least || end < 0) throw damaged(place);
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  const found: Entry[] = [];
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY) throw damaged(place);
    const length = bytes.readUInt16LE(at + 28);
    found.push({
      name: bytes.toString("utf8", at + 46, Math.min(end, at + 46 + length)),
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return found;
}

/** @param place how sentences name the file. */
export function readZip(bytes: Buffer, place: string): Zip {
  const all = entries(bytes, place);
  // Of two entries of one name the first counts.
  const byName = new Map(all.toReversed().map((entry) => [entry.name, entry]));
  return {
    names: all.map(({ name }) => name),
    read(name, most) {
      const entry = byName.get(name);
      return entry && contentOf(bytes, entry, most, place);
    },
  };
}

function contentOf(bytes: Buffer, entry: Entry, most: number, place: string): Buffer {
  const { name, at, packed, size, method, crc, flags } = entry;
  if (size > most)
    throw new UserError(`its entry ${value(name)} would unpack to ${size} bytes.`, "Save it again.", place);
  if (flags & ENCRYPTED) throw new UserError("the zip file is encrypted.", "Save it without a password.", place);
  if (at + 30 > bytes.length || bytes.readUInt32LE(at) !== LOCAL) throw damaged(place);
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + packed > bytes.length) throw damaged(place);
  const body = bytes.subarray(start, start + packed);
  const content = method === 0 ? body : method === 8 ? inflated(body, size) : undefined;
  if (content?.length !== size || crc32(content) !== crc) throw damaged(place);
  return content;
}

/** At most as many bytes as are promised: what goes on unpacks no further. */
function inflated(body: Buffer, size: number): Buffer | undefined {
  try {
    return inflateRawSync(body, { maxOutputLength: Math.max(1, size) });
  } catch {
    return undefined;
  }
}
