/** What a verb works on, read: a plan, a table with its target, or a run that is kept. */
import { statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { buildDataset } from "../data/build.ts";
import type { Dataset, Task } from "../data/dataset.ts";
import { loadDataset, readSource } from "../data/node/load.ts";
import { find } from "../data/node/read.ts";
import { propose, silentPlan } from "../data/propose.ts";
import { type Column, cellText, names, type Sheet } from "../data/sheet.ts";
import { columnOf, type Loaded } from "../data/source.ts";
import { type SourceColumn, sourceColumns, withoutStray } from "../data/source-columns.ts";
import { type Given, loadPlan } from "../plan/node/load.ts";
import { type Plan, parsePlan, type Source } from "../plan/plan.ts";
import type { Verb } from "../readers/kind.ts";
import { accept, type Recognised } from "../readers/node/recognise.ts";
import { readRun } from "../run/node/store.ts";
import { quoted as shellWord } from "../shell.ts";
import { listed, quoted, value } from "../text.ts";
import { UserError } from "../user-error.ts";
import { signals } from "./console.ts";
import type { TableOptions } from "./options.ts";
import { loadTold, tellReading } from "./reading.ts";

/** A plan to work on, and where its files are found from. */
type Work = {
  plan: Plan;
  given: Given;
  path: string;
  load: (plan: Plan) => Promise<Dataset>;
  /** What is reported of the proposed plan; absent where the user gave one. */
  proposed?: string;
};

/** What a verb works on: the plan in a file, that of a kept run, or one proposed for a table. */
export const workOf = (what: string, options: TableOptions, verb: Verb = "fix"): Promise<Work> =>
  workIn(accept(what, verb), options);

async function workIn({ id, files: { path } }: Recognised, options: TableOptions): Promise<Work> {
  if (id === "run") return keptWork(path, options);
  if (id === "plan") {
    if (options.target)
      throw new UserError(`${path} is a plan, which names its target.`, "Leave --target out, or give a table.");
    const found = loadPlan(path);
    const told = { notes: found.notes, quiet: options.quiet };
    return { ...found, load: (plan) => loadTold(plan, dirname(found.path), told) };
  }
  const table = await readTable(path, options);
  await signals();
  const { given, says } = propose(table.loaded, table.source, table.target, options.task as Task | undefined);
  const name = basename(path).replace(/\.gz$/i, "");
  return {
    plan: parsePlan(given),
    given,
    path: join(dirname(path), `${basename(name, extname(name))}.plan.json`),
    load: (plan) => loadDataset(plan, dirname(path)),
    proposed: says,
  };
}

/** The plan of a kept run, with its data. */
export function keptWork(folder: string, options: TableOptions): Work {
  const { head } = readRun(folder);
  const load = (plan: Plan) => loadTold(plan, dirname(head.plan), options);
  return { plan: parsePlan(head.given, head.plan), given: head.given, path: head.plan, load };
}

/** What `audit` checks: the data of a plan, or a table as it is. `isTable`: no plan names its target. */
export async function tableOf(
  what: string,
  options: TableOptions & { validation?: string },
): Promise<{ plan: Plan; load: Work["load"]; columns?: SourceColumn[]; isTable: boolean }> {
  const { target, task, quiet, validation } = options;
  const found = accept(what, "audit");
  if (validation !== undefined) refusePlan(validation);
  const judged = (folder: string) =>
    validation === undefined ? {} : { validation: { source: relative(folder, validation) } };
  if (found.id === "run" || found.id === "plan") {
    const { plan, load, path } = await workIn(found, { target, quiet });
    return { plan: { ...plan, data: { ...plan.data, ...judged(dirname(path)) } }, load, isTable: false };
  }
  const folder = dirname(what);
  const table = await readTable(what, options);
  await signals();
  const plan = silentPlan(table.source, table.target, { ...(task && { task }), ...judged(folder) });
  const own = validation === undefined ? null : await readSource(relative(folder, validation), table.target, folder);
  const columns = sourceColumns(table.loaded.sheet);
  // Built from what is read already: a large table is neither read nor kept twice.
  const dataset = buildDataset(plan, {
    source: numbersOnly(table.loaded),
    validation: own && numbersOnly(own),
    test: null,
  });
  const load: Work["load"] = async (other) => (other === plan ? dataset : loadDataset(other, folder));
  return { plan, columns, load, isTable: true };
}

/** Rows of their own are a table, or a folder. */
function refusePlan(validation: string): void {
  const { id, files } = accept(validation, "audit");
  if (id === "run" || id === "plan")
    throw new UserError(`${files.path} is a ${id}, not a table.`, "Name a table or a folder with --validation.");
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
      "Add a first line with the names, and name the column to predict with --target.",
    );
  if (!target)
    throw new UserError(
      `${what} is a table, but no target column was given; its columns are ${listed(columns, 30)}.`,
      `Name the column to predict: --target ${shellWord(value(likely(columns)))}`,
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
      ? `column ${quoted(column.name)} is empty, so there is nothing to predict.`
      : `column ${quoted(column.name)} has the value ${quoted(only)} in every row, so there is nothing to learn.`,
    "Name another with --target, or add rows.",
    sheet.file,
  );
}

/** Images come as a pair of IDX files: the labels lie beside, under the name that MNIST gave them. */
function sourceOf(what: string): Source {
  const name = basename(what);
  if (statSync(what).isDirectory()) return name;
  const { head } = find(dirname(what), name);
  if (!(head[0] === 0 && head[1] === 0) && !/idx\d-ubyte/.test(name)) return name;
  const labels = name.replace("images", "labels").replace("idx3", "idx1").replace("idx4", "idx1");
  if (labels !== name && statSync(resolve(dirname(what), labels), { throwIfNoEntry: false })?.isFile())
    return { images: name, labels };
  throw new UserError(
    `${what} is one of a pair of IDX files, and ${labels === name ? "not the one with the images" : `${labels} is not beside it`}.`,
    'Give the images with the labels beside them, or write a plan with "source": { "images": …, "labels": … }.',
  );
}

const USUAL = /^(target|label|labels|class|y|species|outcome|diagnosis|category|result|survived|price|quality|churn)$/i;
/** The column that is most often the target: by its name, or else the last. */
const likely = (columns: string[]): string => columns.find((name) => USUAL.test(name)) ?? columns.at(-1) ?? "COLUMN";
