/** Reads the pictures of a folder, all resized to one size. */

import { join } from "node:path";
import type { Sharp, SharpOptions } from "sharp";
import { optional } from "../../files/node/optional.ts";
import { value } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import type { Tensor } from "../source.ts";
import { reasons, sink } from "./disk.ts";

/** The number of pictures decoded at once: twice the number of threads that Node has for it. */
const TOGETHER = 8;
/** The most pixels: a camera's picture has about 50 million, and a file that claims many more is an image bomb. */
const MOST_PIXELS = 1e8;
/** The longest side of a picture: the usual one for networks trained on photographs (ImageNet). */
const LONGEST_SIDE = 224;

type Open = (path: string) => Sharp;
type Size = { height: number; width: number };
type Head = Size & { channels: number };

/** `broken`: why a file could not be read, by its index in `paths`; the other rows keep their order. */
type Pictures = { tensor: Tensor; sounds?: undefined; broken: Map<number, string>; notes: string[] };

/** @param like the shape of the pictures that these must match, [height, width, channels]; null where it is decided from these. */
export async function readPictures(
  folder: string,
  paths: readonly string[],
  like: readonly number[] | null,
  memory: number,
  place: string,
): Promise<Pictures> {
  const { default: sharp } = await optional<{ default: (path: string, options: SharpOptions) => Sharp }>(
    "sharp",
    "A folder of pictures",
    place,
  );
  const open: Open = (path) => sharp(join(folder, path), { limitInputPixels: MOST_PIXELS, failOn: "error" });
  // Only the header is read, to report how many pixels it claims.
  const peek: Open = (path) => sharp(join(folder, path), { limitInputPixels: false });
  const heads = await inTurn(paths, (path) => headOf(peek(path)));
  const broken = reasons(heads);
  const readable = heads.filter((head) => typeof head !== "string");
  if (readable.length === 0) refuseAll(paths, broken, place);
  const [height, width, channels] = like ?? formOf(readable);
  const form = { height, width, channels };
  const rows = sink(readable.length, [height, width, channels], { floats: false, memory });
  await inTurn(
    paths,
    (path, i) => broken.get(i) ?? pixelsOf(open(path), form, nameOf(heads[i] as Head) === nameOf(form)),
    (pixels, i) => (typeof pixels === "string" ? broken.set(i, pixels) : rows.add(pixels)),
  );
  if (broken.size === paths.length) refuseAll(paths, broken, place);
  return { tensor: rows.done(), broken, notes: notesOn(readable, form) };
}

function refuseAll(paths: readonly string[], broken: Map<number, string>, place: string): never {
  const [first, why] = [...broken][0];
  throw new UserError(
    `none of its pictures can be read; ${value(paths[first])} is ${why}.`,
    "Get them again, or convert them to PNG or JPEG.",
    place,
  );
}

/** The results of `work` for each item, a few at once, reported in their order. */
async function inTurn<T>(
  paths: readonly string[],
  work: (path: string, i: number) => Promise<T> | T,
  report?: (result: T, i: number) => unknown,
): Promise<T[]> {
  const all: T[] = [];
  for (let from = 0; from < paths.length; from += TOGETHER) {
    const some = await Promise.all(paths.slice(from, from + TOGETHER).map((path, k) => work(path, from + k)));
    for (const [k, result] of some.entries()) {
      if (report) report(result, from + k);
      else all.push(result);
    }
  }
  return all;
}

const DAMAGED = "damaged";

/** Size and channels, or the reason why they could not be read. */
async function headOf(picture: Sharp): Promise<Head | string> {
  try {
    const { width, height, space } = await picture.metadata();
    if (width * height > MOST_PIXELS) return `of ${width} × ${height} pixels`;
    return { width, height, channels: space === "b-w" || space === "grey16" ? 1 : 3 };
  } catch {
    return DAMAGED;
  }
}

/** @param fits whether the picture has this size already. */
async function pixelsOf(
  picture: Sharp,
  { height, width, channels }: Head,
  fits: boolean,
): Promise<Uint8Array | string> {
  try {
    const plain = picture.removeAlpha().toColourspace(channels === 1 ? "b-w" : "srgb");
    return await (fits ? plain : plain.resize(width, height, { fit: "fill" })).raw().toBuffer();
  } catch {
    return DAMAGED;
  }
}

/** The most frequent size where half of the pictures have it, else the median of heights and widths; no side longer than 224. */
function formOf(readable: readonly Head[]): [number, number, number] {
  const sizes = bySize(readable);
  const [commonest, count] = sizes[0];
  const middle = (side: "height" | "width"): number =>
    readable.map((one) => one[side]).sort((a, b) => a - b)[Math.floor(readable.length / 2)];
  const size = 2 * count >= readable.length ? readable.find((one) => nameOf(one) === commonest)! : null;
  const [height, width] = size ? [size.height, size.width] : [middle("height"), middle("width")];
  const factor = Math.min(1, LONGEST_SIDE / Math.max(height, width));
  const side = (length: number): number => Math.max(1, Math.round(length * factor));
  return [side(height), side(width), readable.every(({ channels }) => channels === 1) ? 1 : 3];
}

const nameOf = ({ height, width }: Size): string => `${height} × ${width}`;

function bySize(readable: readonly Head[]): [size: string, count: number][] {
  const counts = new Map<string, number>();
  for (const one of readable) counts.set(nameOf(one), (counts.get(nameOf(one)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

const isAre = (n: number): string => (n === 1 ? "is" : "are");

function notesOn(readable: readonly Head[], form: Head): string[] {
  const sizes = bySize(readable);
  const others = readable.length - (sizes.find(([size]) => size === nameOf(form))?.[1] ?? 0);
  const colour = form.channels === 1 ? "grey" : "in colour";
  const notes = [`Pictures are read as ${nameOf(form)} pixels, ${colour}, with values from 0 to 255.`];
  const [height, width] = (["height", "width"] as const).map((side) => {
    const lengths = readable.map((one) => one[side]);
    return `${lengths.reduce((a, b) => Math.min(a, b))} to ${lengths.reduce((a, b) => Math.max(a, b))}`;
  });
  if (others > 0)
    notes.push(
      `${others} of ${readable.length} pictures ${others === 1 ? "has" : "have"} another size (${count(sizes.length, "size")}, height ${height}, width ${width}) and ${isAre(others)} stretched to it.`,
    );
  const grey = readable.filter(({ channels }) => channels === 1).length;
  if (form.channels === 3 && grey > 0)
    notes.push(`${grey} of ${readable.length} pictures ${isAre(grey)} grey and converted to colour.`);
  if (form.channels === 1 && grey < readable.length)
    notes.push(
      `${readable.length - grey} of ${readable.length} pictures ${isAre(readable.length - grey)} in colour and converted to grey.`,
    );
  return notes;
}
