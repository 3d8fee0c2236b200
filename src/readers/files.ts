/** What was given, as readers see it: the names of its files, and of their content no more than is asked for. Who reads them – Node, a browser – is not their concern. */
export type Files = {
  /** As the user wrote it. */
  path: string;
  folder: boolean;
  /** Of a single file its own name; of a folder those of its files and of the files in its sub-folders ("cats/1.png"), sorted. Of very many, some. */
  names: readonly string[];
  /** The first bytes of a file, at most `HEAD_BYTES`; of a gzipped one, unpacked. */
  head(name: string): Uint8Array;
  /** A whole file. */
  bytes(name: string): Uint8Array;
};

export const HEAD_BYTES = 2 ** 16;

const utf8 = new TextDecoder();

export const textOf = (files: Files, name: string): string => utf8.decode(files.bytes(name));

/** The beginning of a file as text, without a byte order mark; "" where there is none. */
export const startOf = (files: Files, name: string): string =>
  files.names.includes(name) ? utf8.decode(files.head(name)) : "";

/** The first bytes of it, one character for each. */
export const bytesAt = (files: Files, name: string): string =>
  String.fromCharCode(...files.head(name).subarray(0, 4096));
