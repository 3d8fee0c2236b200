/** Reads .npy and .npz files, and pairs of them, within limits: every stated size is checked before it is used. */

import { readZip } from "../../files/node/zip.ts";
import { quoted } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import type { Loaded } from "../source.ts";
import { arraySource, type NamedArray } from "../sources/arrays.ts";
import { parseNpy } from "../sources/npy.ts";
import { type Found, LARGEST, mostUnpacked } from "./read.ts";

const NPY = "\x93NUMPY";

export const isNpy = ({ head, name }: Found): boolean =>
  Buffer.from(head.subarray(0, NPY.length)).toString("latin1") === NPY || /\.npy$/i.test(name);

export const readNpy = (found: Found, targets: readonly string[]): Loaded =>
  arraySource([{ name: "x", ...parseNpy(found.bytes(), found.file) }], targets, found.file);

/** Two files: the features, as columns x0, x1 … or as a tensor, and the target. */
export function readNpyPair(x: Found, y: Found, target: string): Loaded {
  const arrays = [
    { name: "x", ...parseNpy(x.bytes(), x.file) },
    { name: target, ...parseNpy(y.bytes(), y.file) },
  ];
  const [rows, labels] = arrays.map(({ shape }) => shape[0]);
  if (rows !== labels)
    throw new UserError(
      `it has ${count(rows, "row")}, but ${y.file} has ${count(labels, "label")}.`,
      "Give two files that belong together.",
      x.path,
    );
  return arraySource(arrays, [target], y.file);
}

export function readNpz(found: Found, targets: readonly string[]): Loaded {
  const { file } = found;
  const bytes = Buffer.from(found.bytes());
  const { names, read } = readZip(bytes, file);
  const escaping = names.find((name) => /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[a-z]:/i.test(name));
  if (escaping !== undefined)
    throw new UserError(`its entry ${quoted(escaping)} points outside the archive.`, "Do not trust this file.", file);
  if (new Set(names).size < names.length)
    throw new UserError("two of its arrays have the same name.", "Save it again.", file);
  const members = names.filter((name) => name.endsWith(".npy"));
  if (members.length === 0) throw new UserError("the file contains no arrays.", "Save them with numpy.savez.", file);
  // The limit on the unpacked size is for all arrays together.
  let left = Math.min(LARGEST, mostUnpacked(bytes.length));
  const arrays = members.map((member): NamedArray => {
    const content = read(member, left)!;
    left -= content.length;
    return { name: member.slice(0, -".npy".length), ...parseNpy(content, `${file}: ${member}`) };
  });
  return arraySource(arrays, targets, file);
}
