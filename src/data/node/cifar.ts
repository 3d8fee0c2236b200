/** Reads CIFAR-10 and CIFAR-100 in their binary form: one file, or a folder of them. */
import { product } from "../dataset.ts";
import type { Loaded } from "../source.ts";
import { CIFAR_SHAPE, parseCifar } from "../sources/cifar.ts";
import { onDisk, sink, type Within } from "./disk.ts";
import { type Found, find } from "./read.ts";

/** All training files of CIFAR-10 or CIFAR-100 in a folder. */
export function cifarFolder(
  full: string,
  path: string,
  bins: readonly string[],
  target: string,
  within: Within,
): Loaded {
  const train = bins.filter((file) => !/^test/i.test(file)).sort();
  const test = bins.filter((file) => /^test/i.test(file));
  const files = train.length > 0 ? train : test;
  const notes = [`These files are read as one: ${files.join(", ")}.`];
  if (train.length > 0 && test.length > 0)
    notes.push(
      `${test.join(", ")} is not read; to validate on it, write "validation": { "source": "${path}/${test[0]}" } in a plan.`,
    );
  return readCifar(
    files.map((file) => find(full, file)),
    path,
    target,
    within,
    notes,
  );
}

export function readCifar(
  files: readonly Found[],
  path: string,
  target: string,
  within: Within,
  notes: string[] = [],
): Loaded {
  const parts = files.map((found) => parseCifar(found.bytes(), found.file));
  const size = product(CIFAR_SHAPE);
  const rows = sink(
    parts.reduce((sum, part) => sum + part.rows, 0),
    CIFAR_SHAPE,
    { floats: false, memory: within.memory },
  );
  for (const { pixels } of parts)
    for (let at = 0; at < pixels.length; at += size) rows.add(pixels.subarray(at, at + size));
  const tensor = rows.done();
  const numbers = Float64Array.from(parts.flatMap(({ labels }) => [...labels]));
  return {
    sheet: {
      file: path,
      rows: numbers.length,
      columns: [{ name: target, numbers, texts: null }],
      lines: null,
      notes: [...notes, ...onDisk(tensor.stored !== undefined, "pictures")],
    },
    tensor,
  };
}
