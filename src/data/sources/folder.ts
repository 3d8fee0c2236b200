/** A folder of pictures or sounds, one sub-folder per class: which files are which rows, with notes on what is ignored. */
import { listed, value } from "../../text.ts";
import { UserError } from "../../user-error.ts";

/** The contents of a folder without hidden files, in any order. */
export type Listing = { files: string[]; folders: { name: string; files: string[]; folders: string[] }[] };

type Kind = "pictures" | "sounds";
export type ClassFolder = {
  kind: Kind;
  classes: string[];
  /** The files by class and then by name: the path in the folder, and the number of the class. */
  files: { path: string; label: number }[];
  /** The note on the numbers of the classes. */
  mapping: string[];
  /** Notes on what is ignored. */
  notes: string[];
};

const ENDINGS: Record<Kind, RegExp> = {
  pictures: /\.(png|jpe?g|jfif|webp|gif|tiff?|avif)$/i,
  sounds: /\.wave?$/i,
};
/** Formats of pictures and sounds that are not supported, with the way to convert them. */
const UNREAD: { ending: RegExp; todo: string }[] = [
  { ending: /\.(bmp|heic|heif|jp2|svg|ppm|pgm|dcm)$/i, todo: "Convert them to PNG or JPEG." },
  { ending: /\.(mp3|flac|ogg|opus|m4a|aac|wma|aiff?)$/i, todo: "Convert them to WAV: ffmpeg -i IN OUT.wav" },
];
const PARTS = /^(train|training|val|valid|validation|dev|test|testing|eval)$/i;
const MOST_NAMED = 20;

const sorted = (names: readonly string[]): string[] => [...names].sort((a, b) => (a < b ? -1 : 1));
const some = (names: readonly string[]): string => listed(names, 3);
const kindOf = (name: string): Kind | undefined =>
  ENDINGS.pictures.test(name) ? "pictures" : ENDINGS.sounds.test(name) ? "sounds" : undefined;

/** Refuses a folder without classes, or with files of more than one form, and names what to do. */
export function classFolder(listing: Listing, folder: string): ClassFolder {
  const found = listing.folders.map(({ name, files }) => ({ name, files: files.filter((file) => kindOf(file)) }));
  const used = found.filter(({ files }) => files.length > 0).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (used.length === 0) refuseEmpty(listing, folder);
  const all = used.flatMap(({ name, files }) => files.map((file) => `${name}/${file}`));
  const kinds = (["pictures", "sounds"] as const).filter((kind) => all.some((file) => kindOf(file) === kind));
  if (kinds.length > 1) {
    const count = (kind: Kind): number => all.filter((file) => kindOf(file) === kind).length;
    throw new UserError(
      `it contains both pictures (${count("pictures")}) and sounds (${count("sounds")}).`,
      "Give a folder with only one of them.",
      folder,
    );
  }
  const [kind] = kinds;
  if (used.length === 1)
    throw new UserError(
      `all its ${kind} are in one sub-folder (${value(used[0].name)}), so there is only one class.`,
      "Add a sub-folder for each further class.",
      folder,
    );
  const classes = used.map(({ name }) => name);
  const files = used.flatMap(({ name, files }, label) =>
    sorted(files).map((file) => ({ path: `${name}/${file}`, label })),
  );
  return { kind, classes, files, mapping: mapped(used), notes: notesOn(listing, classes, kind) };
}

function mapped(used: readonly { name: string; files: string[] }[]): string[] {
  const classes = used.map(({ name }) => name);
  const shown = used.slice(0, MOST_NAMED).map(({ name, files }, label) => `${label} = ${name} (${files.length})`);
  const more = used.length > MOST_NAMED ? `, … (${used.length} classes)` : "";
  const notes = [`The classes are the sub-folders in alphabetical order: ${shown.join(", ")}${more}.`];
  const late = classes.findIndex((name, i) => i > 0 && Number(name) < Number(classes[i - 1]));
  if (late > 0 && classes.every((name) => Number.isFinite(Number(name))))
    notes.push(
      `The class names are numbers but sorted as text: "${classes[late - 1]}" comes before "${classes[late]}".`,
    );
  return notes;
}

function notesOn(listing: Listing, classes: readonly string[], kind: Kind): string[] {
  const notes: string[] = [];
  const without = listing.folders.filter(({ name }) => !classes.includes(name));
  if (without.length > 0)
    notes.push(`Sub-folders without ${kind} are ignored: ${some(sorted(without.map(({ name }) => name)))}.`);
  const deeper = listing.folders.flatMap(({ name, folders }) => folders.map((inner) => `${name}/${inner}`));
  if (deeper.length > 0) notes.push(`Folders inside the sub-folders are not read: ${some(sorted(deeper))}.`);
  const others = [
    ...listing.files,
    ...listing.folders.flatMap(({ name, files }) =>
      files.filter((file) => !kindOf(file)).map((file) => `${name}/${file}`),
    ),
  ];
  if (others.length > 0) notes.push(`Other files are ignored: ${some(sorted(others))}.`);
  return notes;
}

function refuseEmpty({ files, folders }: Listing, folder: string): never {
  const parts = folders.filter(({ name }) => PARTS.test(name)).map(({ name }) => name);
  const nested = folders.filter((one) => one.folders.length > 0);
  const training = parts.find((name) => /^train/i.test(name));
  if (training && nested.length > 0) {
    const other =
      parts.find((name) => name !== training && !/^test/i.test(name)) ?? parts.find((name) => name !== training);
    throw new UserError(
      `its sub-folders are parts (${parts.join(", ")}), not classes.`,
      other
        ? `Write a plan: "source": "${folder}/${training}", "validation": { "source": "${folder}/${other}" }.`
        : `Give ${folder}/${training}.`,
      folder,
    );
  }
  if (nested.length > 0 && nested.length === folders.length)
    throw new UserError(
      `its sub-folders (${some(sorted(nested.map(({ name }) => name)))}) contain only folders, so the classes are one level deeper.`,
      `Give the folder whose sub-folders are the classes${nested.length === 1 ? `: ${folder}/${nested[0].name}` : ""}.`,
      folder,
    );
  const flat = files.filter((file) => kindOf(file));
  if (flat.length > 0)
    throw new UserError(
      `its ${kindOf(flat[0])} (${flat.length}) are not in sub-folders, so their classes are unknown.`,
      "Put the files of each class in a sub-folder named after the class.",
      folder,
    );
  const all = [...files, ...folders.flatMap((one) => one.files)];
  const unread = UNREAD.find(({ ending }) => all.some((file) => ending.test(file)));
  if (unread)
    throw new UserError(
      `the format of ${some(all.filter((file) => unread.ending.test(file)))} is not supported.`,
      unread.todo,
      folder,
    );
  throw new UserError(
    all.length === 0 ? "the folder is empty." : `it contains neither pictures nor sounds: ${some(sorted(all))}.`,
    "Give a table, or a folder with one sub-folder of pictures (PNG, JPEG, WebP, GIF, TIFF) or sounds (WAV) for each class.",
    folder,
  );
}
