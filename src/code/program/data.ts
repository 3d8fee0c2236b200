/** The data of a plan in Python, from the file to the arrays x_train, y_train, x_val and y_val: the same for Keras and PyTorch. */

import type { Plan, Source } from "../../plan/plan.ts";
import { UserError } from "../../user-error.ts";
import { dataParts, python } from "../snippets/python.ts";
import { PICTURE_IMPORTS, readPictures } from "./pictures.ts";
import { factsOf, isPictures, type Subject, sources } from "./subject.ts";
import { splitColumns, WITHOUT_REPEATS, windows } from "./window.ts";

// With more columns than this, the program lists the columns to leave out instead of those to keep.
const MANY = 40;

const READ_IDX = `def read(images, labels):
    def idx(path):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = file.read()
        kind = {8: "u1", 9: "i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}[data[2]]
        shape = np.frombuffer(data, ">u4", data[3], 4)
        return np.frombuffer(data, kind, offset=4 + 4 * data[3]).reshape(shape)

    x = idx(images).astype(np.float32)
    return x[..., None] if x.ndim == 3 else x, idx(labels)`;

/** @param texts whether all cells are read as text. */
export function readTable(subject: Subject, texts = false): string {
  const name = String(subject.plan.data.source).replace(/\.gz$/i, "");
  const cells = texts ? "dtype=str, keep_default_na=False" : 'na_values=["?"]';
  const values = texts ? ', dtype=False).fillna("").astype(str)' : ")";
  if (/\.parquet$/i.test(name))
    return `def read(path):\n    return pd.read_parquet(path)${texts ? '.fillna("").astype(str)' : ""}`;
  if (/\.np[yz]$/i.test(name))
    throw new UserError(
      "programs cannot read .npy and .npz files.",
      "Save the data as CSV for the program.",
      "data.source",
    );
  const code = /\.(jsonl|ndjson)$/i.test(name)
    ? `pd.read_json(path, lines=True${values}`
    : /\.json$/i.test(name)
      ? `pd.read_json(path${values}`
      : /\.tsv$/i.test(name)
        ? `pd.read_csv(path, sep="\\t", ${cells})`
        : `pd.read_csv(path, sep=None, engine="python", ${cells})`;
  return `def read(path):\n    return ${code}`;
}

/** The columns of a table as inputs of the network: text one-hot encoded, named column=value. */
function columns(subject: Subject): string {
  const { features, target, encoding, classes, plan } = subject;
  const encoded = features.some((name) => name.includes("="));
  const few = features.length <= MANY || plan.data.features !== undefined || encoded;
  const { groups, times } = splitColumns(subject);
  // The earlier values of a target may be an input.
  const aside = [...target, ...groups, ...times].filter((name) => !plan.data.features?.includes(name));
  const rest = aside.length > 0 ? `df.drop(columns=${python([...new Set(aside)])})` : "df";
  const table = encoded ? `pd.get_dummies(${rest}, prefix_sep="=", dtype=float)` : "df";
  const x = few ? `${table}.reindex(columns=${python([...features])})` : `${rest}.select_dtypes("number")`;
  const [only] = target;
  const y: Record<Subject["encoding"], string> = {
    text: `df[${python(only)}].map({name: i for i, name in enumerate(${python([...classes])})}).to_numpy()`,
    integer: labelled(plan, `df[${python(only)}]`),
    oneHot: `df[${python([...target])}].to_numpy().argmax(axis=1)`,
    numbers: `df[${python([...target])}].to_numpy(np.float32)`,
  };
  return `def columns(df):\n    return ${x}.to_numpy(np.float32), ${y[encoding]}`;
}

/** Replaces values of the target as `data.labels` maps them; a value without an entry stays. */
const labelled = ({ data }: Plan, column: string): string =>
  data.labels
    ? `${column}.map(lambda value: ${python(data.labels)}.get(value, value)).to_numpy()`
    : `${column}.to_numpy()`;

export const call = (source: Source): string =>
  typeof source === "string" ? `read(${python(source)})` : `read(${python(source.images)}, ${python(source.labels)})`;

/** The dropped rows; unlike a snippet, the program lists them all, however many there are. */
const droppedRows = ({ drop }: Plan["data"]): string => (Array.isArray(drop) ? `, dropped=${python(drop)}` : "");

/** From the file to x and y of all rows. */
function loaded(subject: Subject): string[] {
  const { plan } = subject;
  const facts = factsOf(subject);
  if (facts.images)
    return [
      `x, y = ${call(plan.data.source)}`,
      ...(plan.data.labels ? [dataParts["labels"](facts)] : []),
      ...(plan.data.relabel ? [dataParts["relabel"](facts)] : []),
      ...(plan.data.drop ? [dataParts["drop"](facts)] : []),
    ];
  const table = [`df = ${call(plan.data.source)}`, ...(plan.data.relabel ? [dataParts["relabel"](facts)] : [])];
  if (plan.data.window)
    return [
      ...table,
      `x, y, df = windows(df${droppedRows(plan.data)})`,
      ...(plan.data.drop === "duplicates" ? [WITHOUT_REPEATS] : []),
    ];
  return [...table, ...(plan.data.drop ? [dataParts["drop"](facts)] : []), "x, y = columns(df)"];
}

/** The split into training, validation and held-out test rows. */
export function split(subject: Subject): string[] {
  const { data } = subject.plan;
  const facts = factsOf(subject);
  const table = (source: Source) => (data.window ? `windows(${call(source)})[:2]` : `columns(${call(source)})`);
  const own = (source: Source) => (facts.images ? call(source) : table(source));
  const lines: string[] = [];
  if (data.test && "source" in data.test) lines.push(`x_test, y_test = ${own(data.test.source)}  # held-out test rows`);
  else if (data.test)
    lines.push(
      facts.images ? dataParts["test"](facts) : withTable(dataParts["test"](facts)),
      "x, y = x_train, y_train  # without the held-out test rows",
    );
  if (data.validation === null)
    lines.push("x_train, y_train = x, y", "x_val, y_val = x, y  # no validation part: evaluated on the training rows");
  else if ("source" in data.validation)
    lines.push("x_train, y_train = x, y", `x_val, y_val = ${own(data.validation.source)}`);
  else lines.push(dataParts["validation"](facts));
  return lines;
}

/** The table keeps the rows that are left, so that the next split finds its column. */
const withTable = (code: string): string =>
  code.includes("train_test_split(")
    ? code.replace(" = train_test_split(x, y,", ", df, _ = train_test_split(x, y, df,")
    : `${code}\ndf = df.iloc[train]`;

/** Lines of the program up to the prepared arrays, and what it imports for them. */
export function dataCode(subject: Subject): { imports: string[]; lines: string[] } {
  const { data } = subject.plan;
  const facts = factsOf(subject);
  const images = facts.images;
  const pictures = isPictures(subject);
  const missing = data.missing !== "none";
  // The snippets transform x_train and x_val; without a validation part both are the same array.
  const whole = {
    ...facts,
    plan: {
      ...facts.plan,
      data: { ...data, validation: data.validation ?? { fraction: 0.2, split: "random" as const } },
    },
  };
  const blocks = [
    [pictures ? readPictures(subject) : images ? READ_IDX : readTable(subject)],
    images ? [] : [columns(subject)],
    data.window ? [windows(subject)] : [],
    [
      ...loaded(subject),
      ...(data.missing === "drop" ? [dataParts["missing"](facts), ...(images ? [] : ["df = df[keep]"])] : []),
    ],
    split(subject),
    [
      ...(missing && data.missing !== "drop" ? [dataParts["missing"](whole)] : []),
      ...(data.resample === "none" ? [] : [dataParts["resample"](facts)]),
      ...(data.scale === "none" ? [] : [dataParts["scale"](whole)]),
      "truth = y_val  # in the units of the file",
      ...(data.scaleTarget === "none" ? [] : [dataParts["scaleTarget"](whole)]),
    ],
  ];
  const compressed = sources(subject).some((source) => typeof source !== "string");
  return {
    imports: [
      ...(compressed ? ["import gzip"] : []),
      ...(pictures ? PICTURE_IMPORTS : []),
      "import numpy as np",
      ...(images ? [] : ["import pandas as pd"]),
    ],
    lines: blocks.filter((block) => block.length > 0).map((block) => block.join("\n")),
  };
}
