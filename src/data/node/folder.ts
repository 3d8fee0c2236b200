/** Reads a folder of pictures or sounds, one sub-folder per class, or of the files of CIFAR. */
import { type Dirent, readdirSync, realpathSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { refusing } from "../../files/node/system-error.ts";
import { listed } from "../../text.ts";
import type { Loaded } from "../source.ts";
import { type ClassFolder, classFolder, type Listing } from "../sources/folder.ts";
import { cifarFolder } from "./cifar.ts";
import { onDisk, type Within } from "./disk.ts";
import { readPictures } from "./images.ts";
import { readSounds } from "./sounds.ts";

const HIDDEN = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$|.*~$)/i;

/** The rows of the last folder read, because an edit of the plan needs the same ones again. */
let last: { key: string; loaded: Promise<Loaded> }[] = [];
const MOST_KEPT = 3;

/** @param full the path on this machine; `path`: as the plan names it. */
export function readFolder(full: string, path: string, target: string, within: Within): Promise<Loaded> {
  const { listing, outside } = listingOf(full);
  const bins = listing.files.filter((file) => /\.bin$/i.test(file));
  if (bins.length > 0 && listing.folders.length === 0)
    return Promise.resolve(cifarFolder(full, path, bins, target, within));
  const found = classFolder(listing, path);
  if (outside.length > 0)
    found.notes.push(`Links that lead out of the folder are not followed: ${listed(outside.sort())}.`);
  const form = within.like && [within.like.tensor?.shape.slice(1), within.like.sounds];
  const key = JSON.stringify([full, path, target, form, ...found.files.map((file) => stamp(full, file.path))]);
  const loaded = last.find((one) => one.key === key)?.loaded ?? read(full, path, found, target, within);
  last = [{ key, loaded }, ...last.filter((one) => one.key !== key)].slice(0, MOST_KEPT);
  return loaded;
}

function stamp(full: string, file: string): string {
  const path = join(full, file);
  const { size, mtimeMs } = refusing(path, "read", () => statSync(path));
  return `${file} ${size} ${mtimeMs}`;
}

async function read(
  full: string,
  path: string,
  { kind, classes, files, mapping, notes }: ClassFolder,
  target: string,
  within: Within,
): Promise<Loaded> {
  const paths = files.map((file) => file.path);
  const { like, memory } = within;
  const got =
    kind === "pictures"
      ? await readPictures(
          full,
          paths,
          like?.tensor?.shape.length === 4 ? like.tensor.shape.slice(1) : null,
          memory,
          path,
        )
      : readSounds(full, paths, like?.sounds ?? null, memory, path);
  const rows = files.filter((_, i) => !got.broken.has(i));
  const left = [...got.broken]
    .sort(([a], [b]) => a - b)
    .map(([i, why]) => `${files[i].path} (${why.replace(/\.$/, "")})`);
  const broken =
    left.length > 0
      ? [
          `${left.length} of ${files.length} ${kind} cannot be read and ${left.length === 1 ? "is" : "are"} left out: ${listed(left, 10, 600)}.`,
        ]
      : [];
  const texts = rows.map(({ label }) => classes[label]);
  const numbers = new Float64Array(rows.length).fill(Number.NaN);
  return {
    sheet: {
      file: path,
      rows: rows.length,
      columns: [{ name: target, numbers, texts }],
      lines: null,
      notes: [
        ...(like ? [] : mapping),
        ...notes,
        ...got.notes,
        ...broken,
        ...onDisk(got.tensor.stored !== undefined, kind),
      ],
    },
    tensor: got.tensor,
    files: rows.map((file) => file.path),
    ...(got.sounds && { sounds: got.sounds }),
  };
}

/** The contents of a folder and its sub-folders. Links are followed as long as they stay inside. */
function listingOf(full: string): { listing: Listing; outside: string[] } {
  const root = refusing(full, "read", () => realpathSync(full));
  const outside: string[] = [];
  const kindOf = (folder: string, entry: Dirent): "file" | "folder" | undefined => {
    const path = join(full, folder, entry.name);
    if (entry.isSymbolicLink() && !staysIn(root, path)) {
      outside.push(join(folder, entry.name));
      return undefined;
    }
    const stat = entry.isSymbolicLink() ? refusing(path, "read", () => statSync(path)) : entry;
    return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : undefined;
  };
  const inside = (folder: string): { files: string[]; folders: string[] } => {
    const path = join(full, folder);
    const all = refusing(path, "read", () => readdirSync(path, { withFileTypes: true }));
    const entries = all.filter(({ name }) => !HIDDEN.test(name));
    const kinds = entries.map((entry) => ({ name: entry.name, kind: kindOf(folder, entry) }));
    const of = (kind: string) => kinds.filter((one) => one.kind === kind).map(({ name }) => name);
    return { files: of("file"), folders: of("folder") };
  };
  const { files, folders } = inside("");
  return { listing: { files, folders: folders.map((name) => ({ name, ...inside(name) })) }, outside };
}

function staysIn(root: string, path: string): boolean {
  try {
    return realpathSync(path).startsWith(root + sep);
  } catch {
    // A link to a file that does not exist.
    return false;
  }
}
