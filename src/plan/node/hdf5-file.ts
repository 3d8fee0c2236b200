/** What an HDF5 file holds, read by the library within a file system in memory. */
import { UserError } from "../../user-error.ts";
import type { Hdf5 } from "./hdf5.ts";

type Entity = {
  type: string;
  attrs: Record<string, { value: unknown }>;
  keys(): string[];
  get(name: string): Entity | null;
  metadata: { type: number; shape: number[] | null; total_size: number; size: number };
  value: number | ArrayLike<number>;
};
/** h5wasm, as far as it is used. */
export type Library = {
  ready: Promise<{
    FS: { writeFile(path: string, bytes: Uint8Array, options: { canOwn: true }): void; unlink(path: string): void };
    activate_throwing_error_handler(): void;
  }>;
  File: new (path: string, mode: "r") => Entity & { close(): void };
};

// The type of floating-point numbers (H5T_FLOAT).
const FLOAT = 1;
// Keras nests as deep as models hold models.
const DEEPEST = 50;
// What a group or a dataset takes of a file at least (an entry in a symbol table): more of them are the same ones again.
const LEAST_BYTES = 40;
// Of the optimizer, which a run begins anew.
const LEFT_OUT = /^optimizer/;
const NAME = "model.h5";

export const damaged = (why: string) => new UserError(`the HDF5 file is damaged: ${why}.`, "Save it again.");

/** @param tensors whether the numbers are read too. */
export async function readFile({ ready, File }: Library, bytes: Uint8Array, tensors: boolean): Promise<Hdf5> {
  const { FS, activate_throwing_error_handler: strict } = await ready;
  // Else what cannot be read is whatever was in memory.
  strict();
  // In memory, as it lies there: what the file says lies in other files is not there.
  FS.writeFile(NAME, bytes, { canOwn: true });
  const opened: { close(): void }[] = [];
  try {
    const root = new File(NAME, "r");
    opened.push(root);
    return held(root, bytes.length, tensors);
  } catch (error) {
    // What the library throws is of many kinds, and none says where.
    throw error instanceof UserError ? error : damaged("it cannot be read");
  } finally {
    for (const file of opened) file.close();
    FS.unlink(NAME);
  }
}

function held(root: Entity, size: number, tensors: boolean): Hdf5 {
  const found: Hdf5 = { texts: {}, tensors: {} };
  let left = size;
  let count = 0;
  const visit = (group: Entity, path: string, depth: number): void => {
    for (const [name, { value }] of Object.entries(group.attrs))
      found.texts[`${path}@${name}`] = [value].flat().filter((text) => typeof text === "string");
    if (!tensors || depth > DEEPEST) return;
    for (const name of group.keys()) {
      if (depth === 0 && LEFT_OUT.test(name)) continue;
      if (++count * LEAST_BYTES > size) throw damaged("its groups contain each other");
      const own = path === "" ? name : `${path}/${name}`;
      const entity = group.get(name);
      if (entity?.type === "Group") visit(entity, own, depth + 1);
      else if (entity?.type === "Dataset") keep(own, entity);
    }
  };
  const keep = (path: string, dataset: Entity): void => {
    const { type, shape, total_size: numbers, size: each } = dataset.metadata;
    if (type !== FLOAT || shape === null) return;
    if (each !== 4 && each !== 8)
      throw new UserError(
        `${path} contains numbers of ${8 * each} bits, which are not supported.`,
        "Save the weights in single precision.",
      );
    // Keras compresses nothing: what is larger than the file was never written.
    left -= numbers * each;
    if (!(left >= 0)) throw damaged(`${path} has the shape [${shape}], which does not fit in the file`);
    const { value } = dataset;
    found.tensors[path] = { shape: [...shape], values: Float32Array.from(typeof value === "number" ? [value] : value) };
  };
  visit(root, "", 0);
  return found;
}
