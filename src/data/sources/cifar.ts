/** CIFAR-10 and CIFAR-100 in their binary form: bytes → pictures and labels. */

import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";

export const CIFAR_SHAPE = [32, 32, 3];

const SIDE = 32;
const PLANE = SIDE * SIDE;
const PICTURE = 3 * PLANE;
/** Label bytes before each picture, and how many values each may take: CIFAR-100 has 20 superclasses and 100 classes. */
const FORMS = [
  { name: "CIFAR-10", classes: [10] },
  { name: "CIFAR-100", classes: [20, 100] },
];

/** `labels`: for CIFAR-100 the class, not the superclass; `pixels`: rows × 32 × 32 × 3. */
type Cifar = { rows: number; labels: Uint8Array; pixels: Uint8Array };

/** Records of one or two label bytes and 3,072 pixels, red, green and blue one after the other. */
export function parseCifar(bytes: Uint8Array, file: string): Cifar {
  const form = FORMS.find(({ classes }) => fits(bytes, classes));
  if (!form)
    throw new UserError(
      `its ${count(bytes.length, "byte")} are not records of CIFAR-10 (1 label and 3,072 pixels) or CIFAR-100 (2 labels).`,
      "The file is damaged or has another format: download it again.",
      file,
    );
  const before = form.classes.length;
  const record = before + PICTURE;
  const rows = bytes.length / record;
  const labels = new Uint8Array(rows);
  const pixels = new Uint8Array(rows * PICTURE);
  for (let row = 0; row < rows; row++) {
    const at = row * record;
    labels[row] = bytes[at + before - 1];
    for (let channel = 0; channel < 3; channel++)
      for (let i = 0; i < PLANE; i++)
        pixels[row * PICTURE + 3 * i + channel] = bytes[at + before + channel * PLANE + i];
  }
  return { rows, labels, pixels };
}

function fits(bytes: Uint8Array, classes: readonly number[]): boolean {
  const record = classes.length + PICTURE;
  if (bytes.length === 0 || bytes.length % record !== 0) return false;
  for (let at = 0; at < bytes.length; at += record)
    if (classes.some((count, k) => bytes[at + k] >= count)) return false;
  return true;
}
