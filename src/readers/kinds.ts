/** The kinds of things that a verb may be given, in the order in which they are asked. */
import { HEAD } from "../run/kept.ts";
import { quoted } from "../shell.ts";
import { nearest } from "../user-error.ts";
import { type Files, startOf } from "./files.ts";
import { foreign } from "./formats.ts";
import { readerOf } from "./index.ts";
import type { Kind } from "./kind.ts";
import { unstuck } from "./unstuck.ts";

const define = <const Id extends string>(kind: Kind<Id>): Kind<Id> => kind;

/** The name of a single file, without the ending of gzip. */
const nameOf = ({ names }: Files): string => names[0].replace(/\.gz$/i, "");
const file = (test: (start: string, name: string, files: Files) => boolean) => (files: Files) =>
  !files.folder && test(startOf(files, files.names[0]), nameOf(files), files);
const named = (pattern: RegExp) => file((_, name) => pattern.test(name));

const A_PLAN = "Write the data, the network and the training of it as a plan, and give that: see README.md.";
const propose = ({ path }: Files, of = ""): string => `unstuck fix ${quoted(path)}${of} proposes a plan and writes it.`;

const JSON_OR_YAML = /\.(jsonc?|ya?ml)$/i;
const TABULAR = /\.(csv|tsv|jsonl?|ndjson|parquet|npy|npz)$/i;
const MEDIA = /\.(png|jpe?g|jfif|webp|gif|tiff?|avif|bmp|heic|wave?|mp3|flac|ogg|opus|m4a|aac)$/i;
const LOSS = /\b(val_|train_|training_|validation_)?loss\b/i;

const PARTS = ["data", "network", "training"];
/** The first names of fields in a text of JSON or YAML. */
const fieldsOf = (start: string): string[] =>
  [...start.slice(0, 4000).matchAll(/(?:"(\w+)"|^\s*(\w+))\s*:/gm)].map(([, json, yaml]) => json ?? yaml);
/** Also misspelt: what is wrong with a plan is for its own reader to report. */
function isPlanned(start: string): boolean {
  const fields = fieldsOf(start);
  if (fields.some((field) => PARTS.includes(field))) return true;
  return new Set(fields.flatMap((field) => nearest(field, PARTS) ?? [])).size > 1;
}
/** Whether it is what a plan looks like, among the files of a folder. */
const isLikelyPlan = (start: string): boolean =>
  ["data", "network"].every((field) => new RegExp(`\\b${field}["']?\\s*:`).test(start));
const plansIn = (files: Files): string[] =>
  files.names
    .filter((name) => !name.includes("/") && JSON_OR_YAML.test(name))
    .slice(0, 50)
    .filter((name) => isLikelyPlan(startOf(files, name)));

/** Whether lines of text tell epochs and losses, as frameworks print them. */
const isLogged = (start: string): boolean =>
  /^Epoch \d+\/\d+/m.test(start) ||
  (start.match(/^.*\b(epoch|step|iter(ation)?)\b.*\bloss\b\W{1,4}(\d|nan).*$/gim)?.length ?? 0) > 1 ||
  /^\{'(train_|eval_)?loss': /m.test(start);

const inFolder = (test: (names: readonly string[], files: Files) => boolean) => (files: Files) =>
  files.folder && test(files.names, files);
const of = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
const runsIn = ({ names }: Files): string[] => names.flatMap((name) => name.match(/^(.*)\/run\.json$/)?.slice(1) ?? []);

/** A run of another program, which a recorder watched: a log, with no plan to train again. */
const isRecording = (files: Files): boolean => /"recorder"\s*:/.test(startOf(files, HEAD));

export const kinds = [
  define({
    id: "standard-input",
    recognises: ({ path }) => path === "-",
    is: "not supported yet",
    instead: "Give the path of a plan, of a table with --target, or of a run.",
  }),
  define({
    id: "run",
    recognises: (files) => unstuck.recognises(files) && !isRecording(files),
    is: "an unstuck run",
    takes: ["fix", "why", "audit", "errors", "train", "code"],
    instead: ({ path }) => `Diagnose it: unstuck why ${quoted(path)}`,
  }),
  define({
    id: "log",
    recognises: (files) => readerOf(files) !== undefined,
    is: "a training log",
    takes: ["why"],
    instead: ({ path }) => `Diagnose it: unstuck why ${quoted(path)}`,
  }),
  define({
    id: "runs",
    recognises: (files) => files.folder && runsIn(files).length > 0,
    is: (files) => `a folder of ${of(runsIn(files).length, "unstuck run")}`,
    instead: (files, verb) => `Name one of them: unstuck ${verb} ${quoted(`${files.path}/${runsIn(files)[0]}`)}`,
  }),
  define({
    id: "part-of-a-run",
    recognises: file((start) => /^\{[^{}]*"type":"start"/.test(start)),
    is: "a part of an unstuck run",
    instead: ({ path }, verb) => `Name its folder: unstuck ${verb} ${quoted(path.replace(/[^/]*$/, "") || ".")}`,
  }),
  define({
    id: "unread-log",
    recognises: (files) =>
      files.names.some((name) => /(^|\/)events\.out\.tfevents/.test(name)) ||
      file((start, name) => isLogged(start) && !/\.(csv|tsv|jsonc?|ya?ml|py|md)$/i.test(name))(files) ||
      named(/\.(log|out)$/i)(files),
    is: "a log, which is not supported yet",
    instead: "Give the plan of that training, or a run that unstuck train PLAN keeps.",
  }),
  define({
    id: "pictures-or-sounds",
    recognises: inFolder((names) => names.some((name) => MEDIA.test(name) || /^[^/]+\.bin$/i.test(name))),
    is: "a folder of pictures or sounds",
    takes: ["fix", "audit"],
    instead: (files) => propose(files),
  }),
  define({
    id: "empty-folder",
    recognises: inFolder((names) => names.length === 0),
    is: "an empty folder",
    instead: "Give a plan, a table, or a folder with one sub-folder of pictures or sounds for each class.",
  }),
  define({
    id: "folder",
    recognises: ({ folder }) => folder,
    is: (files) => {
      const plans = plansIn(files).length;
      return plans > 0 ? `a folder, with ${of(plans, "plan")} in it` : "a folder without pictures, sounds or plans";
    },
    instead: (files, verb) => {
      const plans = plansIn(files);
      const example = plans.includes("plan.json") ? "plan.json" : plans[0];
      return example
        ? `Name one: unstuck ${verb} ${quoted(`${files.path.replace(/\/$/, "")}/${example}`)}`
        : "Give a plan, a table, or a folder with one sub-folder of pictures or sounds for each class.";
    },
  }),
  define({
    id: "notebook",
    recognises: file((start, name) => /\.ipynb$/i.test(name) || /^\s*\{\s*"cells"\s*:/.test(start)),
    is: "a notebook, which is not supported yet",
    instead: A_PLAN,
  }),
  define({
    id: "script",
    recognises: file(
      (start, name) =>
        /\.(pyw?|[cm]?[jt]sx?|r|jl|m|sh|ps1|lua|java|cpp|cc|c|rs|go)$/i.test(name) ||
        start.startsWith("#!") ||
        (!TABULAR.test(name) && /^\s*(import|from) (torch|tensorflow|keras|numpy|pandas)\b/m.test(start)),
    ),
    is: "a script, which is not supported yet",
    instead: A_PLAN,
  }),
  define({
    id: "model",
    recognises: file(
      (start, name, files) =>
        foreign(files)?.group === "model" ||
        /\.(keras|h5|hdf5|onnx)$/i.test(name) ||
        (/^\s*\{/.test(start) && /"(modelTopology|class_name)"\s*:/.test(start) && !/"network"\s*:/.test(start)),
    ),
    is: "a model, without the data that it is trained on",
    instead: ({ names }) =>
      `Write a plan beside it: { "data": { "source": …, "target": … }, "network": ${JSON.stringify(names[0].slice(-40))} }.`,
  }),
  define({
    id: "picture-or-sound",
    recognises: file((_start, name, files) => foreign(files)?.group === "media" || MEDIA.test(name)),
    is: (files) => foreign(files)?.is ?? "a single picture or sound",
    instead: "Give the folder that holds one sub-folder of them for each class.",
  }),
  define({
    id: "foreign",
    recognises: (files) => foreign(files) !== undefined,
    is: (files) => foreign(files)?.is ?? "a file of another program",
    instead: (files) => foreign(files)?.instead ?? "Save it as CSV.",
  }),
  define({
    id: "report",
    recognises: file((start) => /^\s*\{\s*"version":\s*\d+,\s*"verdict":/.test(start)),
    is: "an unstuck report",
    instead: "Give the plan or the table that it is about.",
  }),
  define({
    id: "json",
    recognises: file((start, name) => JSON_OR_YAML.test(name) && /^\s*(\{|\w+\s*:)/.test(start) && !isPlanned(start)),
    is: (files) => `${/\.ya?ml$/i.test(files.names[0]) ? "YAML" : "JSON"}, but neither a plan nor a table`,
    instead: 'A plan is an object with "data", "network" and "training"; a table is a list of objects.',
  }),
  define({
    id: "plan",
    // A letter begins no JSON: a table under another name, which its reader reports.
    recognises: file((start, name) => JSON_OR_YAML.test(name) && !(/\.json$/i.test(name) && /^\s*[[a-z]/i.test(start))),
    is: "a plan",
    takes: ["fix", "why", "audit", "train", "code"],
    instead: ({ path }) => `Train it first: unstuck train ${quoted(path)}`,
  }),
  define({
    id: "history",
    recognises: file((start, name) => {
      const [header] = start.split(/\r?\n/, 1);
      return /\.(csv|tsv|txt)$/i.test(name) && /\bepoch\b/i.test(header) && LOSS.test(header);
    }),
    is: "a training log in a table",
    takes: ["fix", "audit"],
    instead: "Give the plan of that training, or a run that unstuck train PLAN keeps.",
  }),
  define({
    id: "document",
    recognises: file((start, name) => /\.(md|rst|html?|rtf|tex)$/i.test(name) || /^\s*<(!doctype )?html/i.test(start)),
    is: "a document, neither a plan nor a table",
    instead: "Give a plan (JSON or YAML), or a table (CSV, TSV, JSON, JSON lines, Parquet) with --target.",
  }),
  define({
    id: "table",
    recognises: ({ folder }) => !folder,
    is: (files) => `a table, not ${/\.json$/i.test(files.names[0]) ? "a plan or a run" : "a plan"}`,
    takes: ["fix", "audit"],
    instead: (files, verb) =>
      verb === "why"
        ? `Check its data with unstuck audit ${quoted(files.path)} --target COLUMN, or use unstuck fix.`
        : propose(files, " --target COLUMN"),
  }),
] as const;

export type KindId = (typeof kinds)[number]["id"];
