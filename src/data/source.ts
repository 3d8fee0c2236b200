/** The contents of one source after reading, before columns are selected. */

import { listed, quoted } from "../text.ts";
import { didYouMean, UserError } from "../user-error.ts";
import { count } from "../words.ts";
import type { StoredRows } from "./row-reader.ts";
import type { Column, Sheet } from "./sheet.ts";
import { names } from "./sheet.ts";

/** Numbers with a shape, rows first: [rows, height, width, channels], [rows, steps, bands] … */
export type Tensor = {
  shape: number[];
  /** Empty where the rows are `stored`. */
  values: Float32Array;
  stored?: StoredRows;
};

/** The form of sounds as rows: the number of frames, with bands from 0 to `top` hertz. */
export type SoundForm = { frames: number; top: number };

export type Loaded = {
  /** The columns; beside a tensor, the target and other facts of each row. */
  sheet: Sheet;
  /** The features, where they have a shape (images, sounds); null where they are columns. */
  tensor: Tensor | null;
  /** The form of sounds. */
  sounds?: SoundForm;
  /** In a folder: the file of each row, as its path in the folder. */
  files?: readonly string[];
};

/** A pair of IDX files as a source whose only column is the target. */
export function imageSource(
  images: Tensor,
  labels: Tensor,
  target: string,
  files: { images: string; labels: string },
): Loaded {
  if (labels.shape.length !== 1)
    throw new UserError(
      `the labels have the shape ${labels.shape.join(" × ")}, but one number per image is needed.`,
      'Check that "images" and "labels" are not swapped.',
      files.labels,
    );
  const [pictures, rows] = [images.shape[0], labels.shape[0]];
  if (pictures !== rows)
    throw new UserError(
      `it has ${count(pictures, "image")}, but ${files.labels} has ${count(rows, "label")}.`,
      "Give two files that belong together.",
      files.images,
    );
  const column: Column = { name: target, numbers: Float64Array.from(labels.values), texts: null };
  // Grey images are height × width × 1.
  const shape = images.shape.length === 3 ? [...images.shape, 1] : images.shape;
  return { sheet: { file: files.labels, rows, columns: [column], lines: null }, tensor: { ...images, shape } };
}

/** A column by name; an unknown one is refused with the nearest name and the list. */
export function columnOf(sheet: Sheet, name: string, what: string): Column {
  const found = sheet.columns.find((column) => column.name === name);
  if (found) return found;
  const all = names(sheet);
  if (all.every((header) => header !== "" && Number.isFinite(Number(header))))
    throw new UserError(
      `there is no column ${quoted(name)}: the first line contains only numbers.`,
      "Add a first line with the column names.",
      sheet.file,
    );
  throw new UserError(
    `there is no column ${quoted(name)}${didYouMean(name, all) || "."}`,
    `Its columns are ${listed(all, 30)}. Correct ${what}.`,
    sheet.file,
  );
}
