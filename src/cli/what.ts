/** Recognises what a verb is given: a plan, a table with its target, or a run that is kept. */

import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { buildDataset } from "../data/build.ts";
import type { Dataset, Task } from "../data/dataset.ts";
import { loadDataset, readSource } from "../data/node/load.ts";
import { propose, silentPlan } from "../data/propose.ts";
import { type Column, cellText, names, type Sheet } from "../data/sheet.ts";
import { columnOf, type Loaded } from "../data/source.ts";
import { type SourceColumn, sourceColumns, withoutStray } from "../data/source-columns.ts";
import { type Given, isPlan, loadPlan } from "../plan/node/load.ts";
import { type Plan, parsePlan, type Source } from "../plan/plan.ts";
import { isRun, readRun } from "../run/node/store.ts";
import { nearest, UserError } from "../user-error.ts";
import { quoted } from "./command-line.ts";
import type { TableOptions } from "./options.ts";
import { loadTold, tellReading } from "./reading.ts";

/** A plan to work on, and where its files are found from. */
export type Work = {
  plan: Plan;
  given: Given;
  path: string;
  load: (plan: Plan) => Promise<Dataset>;
  /** The proposed plan, told; absent where the user gave one. */
  proposed?: string;
};

const PLAN = /\.(jsonc?|ya?ml)$/i;
const MODELS = /\.(keras|h5|hdf5|onnx)$/i;
const OTHERS = /\.(ipynb|py|js|ts|log|pt|pth|pdf|docx?|html?|md)$/i;

/** The folder of a run, where this is one, or the head of one. */
export function runFolder(what: string): string | null {
  if (isRun(what)) return what;
  return basename(what) === "run.json" && isRun(dirname(what)) ? dirname(what) : null;
}

function existing(what: string): void {
  const stats = statSync(what, { throwIfNoEntry: false });
  if (!stats) {
    const folder = dirname(what);
    const there = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder) : [];
    const near = nearest(
      basename(what),
      there.filter((name) => isWork(join(folder, name))),
    );
    throw new UserError(
      `${what} does not exist.`,
      near ? `Did you mean ${join(folder, near)}?` : "Give the path of a plan or a table.",
    );
  }
  if (stats.isFile() && stats.size === 0) throw new UserError(`${what} is empty.`, "Give a plan or a table.");
  if (stats.isFile() && MODELS.test(what))
    throw new UserError(
      `${what} is a model, without the data that it is to learn.`,
      `Write a plan beside it: { "data": { "source": …, "target": … }, "network": ${JSON.stringify(basename(what))} }.`,
    );
  if (stats.isFile() && OTHERS.test(what))
    throw new UserError(
      `${what} is neither a plan nor a table.`,
      "Give a plan (JSON or YAML), or a table (CSV, TSV, JSON, JSON lines, IDX) with --target.",
    );
}

function start(path: string, bytes: number): Buffer {
  const file = openSync(path, "r");
  const buffer = Buffer.alloc(bytes);
  const length = readSync(file, buffer, 0, bytes, 0);
  closeSync(file);
  return buffer.subarray(0, length);
}

/** Whether a file holds rows rather than a plan; a folder that is no run holds pictures or sounds. */
export function isTable(what: string): boolean {
  const stats = statSync(what, { throwIfNoEntry: false });
  if (!stats?.isFile()) return stats?.isDirectory() === true && !isRun(what);
  if (!PLAN.test(what)) return true;
  // A letter begins no JSON: a table under another name, which its reader tells.
  return /\.json$/i.test(what) && /^(\uFEFF)?\s*[[a-z]/i.test(start(what, 1000).toString("utf8"));
}

/** Whether it may be what was meant: of JSON and YAML only what is a plan or a table. */
const isWork = (path: string): boolean => isTable(path) || isRun(path) || isPlan(path);

/** What `fix` works on: the plan in a file, that of a kept run, or one proposed for a table. */
export async function workOf(what: string, options: TableOptions): Promise<Work> {
  const folder = runFolder(what);
  if (folder) {
    const { head } = readRun(folder);
    const load = (plan: Plan) => loadTold(plan, dirname(head.plan), options);
    return { plan: parsePlan(head.given, head.plan), given: head.given, path: head.plan, load };
  }
  existing(what);
  if (!isTable(what)) {
    if (options.target)
      throw new UserError(`${what} is a plan, which names its target.`, "Leave --target out, or give a table.");
    const found = loadPlan(what);
    const told = { notes: found.notes, quiet: options.quiet };
    return { ...found, load: (plan) => loadTold(plan, dirname(found.path), told) };
  }
  const table = await readTable(what, options);
  const { given, says } = propose(table.loaded, table.source, table.target, options.task as Task | undefined);
  const name = basename(what).replace(/\.gz$/i, "");
  return {
    plan: parsePlan(given),
    given,
    path: join(dirname(what), `${basename(name, extname(name))}.plan.json`),
    load: (plan) => loadDataset(plan, dirname(what)),
    proposed: says,
  };
}

/** What `audit` looks through: the data of a plan, or a table as it is. */
export async function tableOf(
  what: string,
  options: TableOptions & { validation?: string },
): Promise<{ plan: Plan; load: Work["load"]; columns?: SourceColumn[] }> {
  const { target, task, quiet, validation } = options;
  if (!runFolder(what)) existing(what);
  if (validation !== undefined) existing(validation);
  const judged = (folder: string) =>
    validation === undefined ? {} : { validation: { source: relative(folder, validation) } };
  if (runFolder(what) || !isTable(what)) {
    const { plan, load, path } = await workOf(what, { target, quiet });
    return { plan: { ...plan, data: { ...plan.data, ...judged(dirname(path)) } }, load };
  }
  const folder = dirname(what);
  const table = await readTable(what, options);
  const plan = silentPlan(table.source, table.target, { ...(task && { task }), ...judged(folder) });
  const own = validation === undefined ? null : await readSource(relative(folder, validation), table.target, folder);
  const columns = sourceColumns(table.loaded.sheet);
  // Built from what is read already: a large table is neither read nor kept twice.
  const dataset = buildDataset(plan, {
    source: numbersOnly(table.loaded),
    validation: own && numbersOnly(own),
    test: null,
  });
  return { plan, columns, load: async (other) => (other === plan ? dataset : loadDataset(other, folder)) };
}

const numbersOnly = (loaded: Loaded): Loaded => ({ ...loaded, sheet: withoutStray(loaded.sheet) });

type Read = { loaded: Loaded; source: Source; target: string[] };

async function readTable(what: string, { target, quiet }: TableOptions): Promise<Read> {
  const folder = dirname(what);
  const source = sourceOf(what);
  tellReading([source], folder, quiet);
  if (typeof source !== "string") {
    const named = target ?? ["label"];
    return { loaded: await readSource(source, named, folder), source, target: named };
  }
  const loaded = await readSource(source, statSync(what).isDirectory() ? (target ?? []) : [], folder);
  const columns = names(loaded.sheet);
  if (loaded.tensor && columns.length === 1 && !target) return { loaded, source, target: columns };
  const nameless = columns.every((name) => name.trim() !== "" && Number.isFinite(Number(name)));
  if (!target && nameless)
    throw new UserError(
      `${what} begins with numbers, not with the names of its columns.`,
      "Add a first line with the names, and say with --target which of them is to be predicted.",
    );
  if (!target)
    throw new UserError(
      `${what} is a table, and what is to be predicted is not said; its columns are ${shown(columns)}.`,
      `Name it: --target ${quoted(likely(columns))}`,
    );
  for (const name of target) refuseConstant(loaded.sheet, columnOf(loaded.sheet, name, "--target"));
  return { loaded, source, target };
}

/** A column that is empty, or the same in every row, has nothing to learn. */
function refuseConstant(sheet: Sheet, column: Column): void {
  let only = "";
  for (let row = 0; row < sheet.rows; row++) {
    const text = cellText(column, row);
    if (text !== "" && only !== "" && text !== only) return;
    only = text || only;
  }
  throw new UserError(
    only === ""
      ? `column "${column.name}" is empty, so there is nothing to predict.`
      : `column "${column.name}" holds ${JSON.stringify(only)} alone, so there is nothing to tell apart.`,
    "Name another with --target, or add rows.",
    sheet.file,
  );
}

/** Images come as a pair of IDX files: the labels lie beside, under the name that MNIST gave them. */
function sourceOf(what: string): Source {
  const name = basename(what);
  if (statSync(what).isDirectory()) return name;
  const head = start(what, 4);
  if (!(head[0] === 0 && head[1] === 0) && !/idx\d-ubyte/.test(name)) return name;
  const labels = name.replace("images", "labels").replace("idx3", "idx1").replace("idx4", "idx1");
  if (labels !== name && statSync(resolve(dirname(what), labels), { throwIfNoEntry: false })?.isFile())
    return { images: name, labels };
  throw new UserError(
    `${what} is one of a pair of IDX files, and ${labels === name ? "it is not the one with the images" : `${labels} is not beside it`}.`,
    'Give the images with the labels beside them, or write a plan with "source": { "images": …, "labels": … }.',
  );
}

const MOST_SHOWN = 30;
const shown = (columns: string[]): string =>
  columns.length > MOST_SHOWN
    ? `${columns.slice(0, MOST_SHOWN).join(", ")}, … (${columns.length})`
    : columns.join(", ");

const USUAL = /^(target|label|labels|class|y|species|outcome|diagnosis|category|result|survived|price|quality|churn)$/i;
/** The column that is most often the target: by its name, or else the last. */
const likely = (columns: string[]): string => columns.find((name) => USUAL.test(name)) ?? columns.at(-1) ?? "COLUMN";
