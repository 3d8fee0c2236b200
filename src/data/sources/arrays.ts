/** Named arrays (.npy, .npz) as a source: those of one length belong together; arrays with more than two dimensions are tensors of features. */

import { listed, value } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import { product, sharedFloats } from "../dataset.ts";
import type { Column } from "../sheet.ts";
import type { Loaded, Tensor } from "../source.ts";
import { MOST_COLUMNS } from "./dialect.ts";
import type { NpyArray } from "./npy.ts";

export type NamedArray = NpyArray & { name: string };

/** The part in the name of an array: x_train and y_train belong together, x_test does not. */
const PART = /[_-]?(train|training|test|testing|val|valid|validation)$/i;
const partOf = (name: string): string => PART.exec(name)?.[1].toLowerCase() ?? "";

/**
 * One row per entry of the first dimension: a one-dimensional array is a column with its name, x of rows × k becomes the columns x0 … x(k − 1),
 * and an array with more dimensions the tensor. Arrays of another length, or of another part (train, test), are left out, with a note.
 * @param targets names of arrays or of their columns; [] where none is known yet.
 */
export function arraySource(arrays: readonly NamedArray[], targets: readonly string[], file: string): Loaded {
  const main = mainOf(arrays, targets);
  if (!main || main.shape.length === 0 || product(main.shape) === 0)
    throw new UserError("the file has no rows.", "Save it again.", file);
  const rows = main.shape[0];
  const used = arrays.filter(({ name, shape }) => shape[0] === rows && partOf(name) === partOf(main.name));
  const shaped = used.filter(({ shape }) => shape.length > 2);
  if (shaped.length > 1)
    throw new UserError(
      `it contains several arrays of more than two dimensions: ${listed(shaped.map(({ name }) => name))}.`,
      "Keep one of them as the features.",
      file,
    );
  const columns = used.filter((array) => !shaped.includes(array)).flatMap((array) => columnsOf(array, file));
  const unused = arrays.filter((array) => !used.includes(array)).map(({ name }) => name);
  if (columns.length === 0)
    throw new UserError(
      `it contains an array of ${main.shape.join(" × ")} and no target.`,
      'Write "source": { "images": "x.npy", "labels": "y.npy" }, or keep both in one .npz file.',
      file,
    );
  return {
    sheet: {
      file,
      rows,
      columns,
      lines: null,
      ...(unused.length > 0 && { notes: [`Arrays of another length or part are left out: ${listed(unused)}.`] }),
    },
    tensor: shaped.length > 0 ? tensorOf(shaped[0], file) : null,
  };
}

/** The array that a target names, or else the largest. */
function mainOf(arrays: readonly NamedArray[], targets: readonly string[]): NamedArray | undefined {
  const named = arrays.find(({ name }) => targets.includes(name));
  const size = ({ shape }: NamedArray) => (shape.length === 0 ? 0 : product(shape));
  return named ?? arrays.reduce<NamedArray | undefined>((a, b) => (a && size(a) >= size(b) ? a : b), undefined);
}

function columnsOf({ name, shape, values, texts }: NamedArray, file: string): Column[] {
  const width = shape[1] ?? 1;
  if (width > MOST_COLUMNS)
    throw new UserError(
      `the array ${value(name)} has ${count(width, "column")}; at most 65,536 can be read.`,
      "Save it with more than two dimensions.",
      file,
    );
  const stem = name.replace(PART, "");
  return Array.from({ length: width }, (_, c) => ({
    name: width === 1 ? name : `${stem}${c}`,
    numbers: Float64Array.from({ length: shape[0] }, (_, row) => values[row * width + c]),
    texts: texts && Array.from({ length: shape[0] }, (_, row) => texts[row * width + c]),
  }));
}

function tensorOf({ name, shape, values, texts }: NamedArray, file: string): Tensor {
  if (texts)
    throw new UserError(
      `the array ${value(name)} contains text in ${shape.join(" × ")}.`,
      "Save text in one dimension.",
      file,
    );
  // Grey images are height × width × 1.
  const whole = shape.length === 3 ? [...shape, 1] : shape;
  if (values instanceof Float32Array) return { shape: whole, values };
  const floats = sharedFloats(values.length);
  floats.set(values);
  return { shape: whole, values: floats };
}
