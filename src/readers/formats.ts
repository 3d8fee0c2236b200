/** Files of other programs, told by their first bytes where these tell, else by name: what they are called and what to do with them. */
import { bytesAt, type Files } from "./files.ts";

type Format = { is: string; instead: string; group?: "model" | "media" };

const AS_CSV = "Save the table as CSV or Parquet.";
const UNPACK = "Unpack it, and give what is in it.";
const EXPORT = 'Export it with torch.onnx.export, and name that file as "network" in a plan.';
const picture: Format = { is: "a single picture", group: "media", instead: "" };
const sound: Format = { is: "a single sound", group: "media", instead: "" };

const model: Format = { is: "", group: "model", instead: "" };

/** By the first bytes, one character each. */
const MAGIC: readonly [RegExp, Format][] = [
  [/^(\x89PNG\r|\xff\xd8\xff|GIF8[79]a|BM.{4}\0\0\0\0|II\*\0|MM\0\*|RIFF.{4}WEBP|.{4}ftyp(avif|heic))/s, picture],
  [/^(RIFF.{4}WAVE|ID3|fLaC|OggS)/s, sound],
  [/^\x89HDF\r\n/, model],
  [/^SQLite format 3\0/, { is: "an SQLite database, which is not supported", instead: AS_CSV }],
  [/^ARROW1\0/, { is: "a Feather file, which is not supported", instead: AS_CSV }],
  [/^MATLAB 5/, { is: "a MATLAB file, which is not supported", instead: AS_CSV }],
  [/^\xd0\xcf.\xe0/, { is: "an Excel or Office file, which is not supported", instead: AS_CSV }],
  [/^%PDF/, { is: "a PDF document", instead: "Give a plan (JSON or YAML) or a table (CSV)." }],
  [/^(7z\xbc\xaf|Rar!|\xfd7zXZ|BZh\d|\x28\xb5\x2f\xfd|.{257}ustar)/s, { is: "an archive", instead: UNPACK }],
  [
    /^\x80[^ -\xff]/,
    {
      is: "a Python pickle, which is never opened because it can run code",
      instead: `${AS_CSV} Export a network with torch.onnx.export.`,
    },
  ],
];

/** By the name of the first file in a zip. */
const ZIPPED: readonly [RegExp, Format | null][] = [
  [/\.npy$/, null],
  [/^(metadata\.json|config\.json|model\.weights\.h5)$/, model],
  [
    /\/(data\.pkl|byteorder|\.format_version|version)$/,
    { is: "a PyTorch file, which is not supported", instead: EXPORT },
  ],
  [
    /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/)/,
    { is: "an Excel or Office file, which is not supported", instead: AS_CSV },
  ],
  [/^/, { is: "an archive", instead: UNPACK }],
];

const NAMES: readonly [RegExp, Format][] = [
  [/\.(pt|pth|ckpt)$/i, { is: "a PyTorch file, which is not supported", instead: EXPORT }],
  [
    /\.safetensors$/i,
    { is: "a file of weights, without their network", instead: 'Name it as "weights" of a layer in a plan.' },
  ],
  [/\.(xlsx?|ods)$/i, { is: "a spreadsheet, which is not supported", instead: AS_CSV }],
  [/\.(docx?|odt|pptx?)$/i, { is: "an Office document", instead: "Give a plan (JSON or YAML) or a table (CSV)." }],
];

const BINARY: Format = {
  is: "a binary file of an unknown format",
  instead: "Give a plan, a table (CSV, TSV, JSON, JSON lines, Parquet, npy, npz), or a pair of IDX files.",
};

const found = <T>(list: readonly [RegExp, T][], text: string): T | undefined =>
  list.find(([pattern]) => pattern.test(text))?.[1];

/** Undefined: it may be text, or data that unstuck reads. */
export function foreign(files: Files): Format | undefined {
  if (files.folder) return undefined;
  const [name] = files.names;
  const head = bytesAt(files, name);
  if (head.startsWith("PK\x03\x04")) {
    const length = head.charCodeAt(26) + 256 * head.charCodeAt(27);
    return found(ZIPPED, head.slice(30, 30 + length)) ?? undefined;
  }
  // Parquet, NumPy and IDX, and CIFAR by its name.
  if (/^(PAR1|\x93NUMPY|\0\0)/.test(head) || /\.(parquet|bin|onnx)$/i.test(name)) return undefined;
  // A byte order mark of UTF-16 begins text.
  const binary = head.charCodeAt(0) < 0xfe && head.slice(0, 4096).includes("\0");
  return found(MAGIC, head) ?? found(NAMES, name) ?? (binary ? BINARY : undefined);
}
