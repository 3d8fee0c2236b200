/** Reads an HDF5 file in a thread of its own, with nothing of this machine within its reach. */
import { type MessagePort, workerData } from "node:worker_threads";
import type { NamedWeights } from "../../data/weights.ts";
import { UserError } from "../../errors.ts";
import type { Hdf5, ToHdf5 } from "./hdf5.ts";
import { optional } from "./optional.ts";

type Attribute = { value: unknown };
type Entity = {
  type: "Group" | "Dataset" | string;
  attrs: Record<string, Attribute>;
  keys(): string[];
  get(name: string): Entity | null;
  metadata: { type: number; shape: number[] | null; total_size: number; size: number };
  value: number | ArrayLike<number>;
};
type Package = {
  ready: Promise<{ FS: { writeFile(path: string, bytes: Uint8Array): void } }>;
  File: new (path: string, mode: "r") => Entity;
};

// The type of floating-point numbers (H5T_FLOAT).
const FLOAT = 1;
// Keras nests as deep as models hold models; the largest published networks have some 10,000 groups.
const DEEPEST = 50;
const MOST = 200_000;
// Of the optimizer, which a run begins anew.
const LEFT_OUT = /^optimizer/;

const { bytes, tensors, place, port, done } = workerData as ToHdf5;

const damaged = (why: string) => new UserError(`the HDF5 file is damaged: ${why}.`, "Save it again.");

/** Texts, or one, of an attribute. */
const texts = (attribute: Attribute): string[] => [attribute.value].flat().filter((text) => typeof text === "string");

async function read(): Promise<Hdf5> {
  const { ready, File } = await optional<Package>("h5wasm", "An HDF5 file", place);
  const { FS } = await ready;
  // A file system in memory: what the file says lies in other files is not there.
  FS.writeFile("model.h5", bytes);
  const root = new File("model.h5", "r");
  const found: Hdf5 = { texts: {}, tensors: {} };
  let left = bytes.length;
  let count = 0;
  const visit = (group: Entity, path: string, depth: number): void => {
    for (const [name, attribute] of Object.entries(group.attrs)) found.texts[`${path}@${name}`] = texts(attribute);
    if (!tensors || depth > DEEPEST) return;
    for (const name of group.keys()) {
      if (depth === 0 && LEFT_OUT.test(name)) continue;
      if (++count > MOST) throw damaged("it has no end");
      const own = path === "" ? name : `${path}/${name}`;
      const entity = group.get(name);
      if (entity?.type === "Group") visit(entity, own, depth + 1);
      else if (entity?.type === "Dataset") keep(own, entity);
    }
  };
  const keep = (path: string, dataset: Entity): void => {
    const { type, shape, total_size: numbers, size } = dataset.metadata;
    if (type !== FLOAT || shape === null) return;
    // Keras compresses nothing: what is larger than the file was never written.
    left -= numbers * size;
    if (!(left >= 0)) throw damaged(`${path} has the shape [${shape}], which is more than the file holds`);
    const { value } = dataset;
    found.tensors[path] = { shape: [...shape], values: Float32Array.from(typeof value === "number" ? [value] : value) };
  };
  visit(root, "", 0);
  return found;
}

const tell = (port: MessagePort, answer: { read: Hdf5 } | { fact: string; todo: string }) => {
  const buffers =
    "read" in answer ? Object.values(answer.read.tensors as NamedWeights).map(({ values }) => values.buffer) : [];
  port.postMessage(answer, buffers as ArrayBuffer[]);
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
};

try {
  tell(port, { read: await read() });
} catch (error) {
  // What the library throws where a file is no HDF5 is of many kinds, and none says where.
  const { fact, todo } = error instanceof UserError ? error : damaged("it cannot be read");
  tell(port, { fact, todo });
}
