/** unstuck errors: which validation rows a kept run predicts wrongly, and what they have in common. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { errorsOf } from "../errors/errors.ts";
import { writeJson } from "../json.ts";
import { refusal } from "../readers/kind.ts";
import { recognise } from "../readers/node/recognise.ts";
import { renderErrorsHtml } from "../report/html/page.ts";
import { renderErrors } from "../report/text/errors.ts";
import { errorsPart } from "../report/verdict/errors.ts";
import { headlineOfErrors } from "../report/words-errors.ts";
import { isRun, readRun } from "../run/node/store.ts";
import { listed, value } from "../text.ts";
import { didYouMean, UserError } from "../user-error.ts";
import { quoted } from "./command-line.ts";
import { EXIT, print, printData, terminal } from "./console.ts";
import { folder, savePage } from "./files.ts";
import type { Common } from "./options.ts";
import { again } from "./train.ts";

/** Where runs are kept, as `train` keeps them. */
const RUNS = ".unstuck";

export async function runErrors(
  what: string | undefined,
  options: Pick<Common, "json" | "out" | "quiet">,
): Promise<number> {
  const path = what === undefined ? latest() : found(what);
  const { head, run } = readRun(path);
  const out = folder(options.out);
  if (!run.predictions) throw unanswered(path, run.end === undefined || run.end.reason === "stopped");
  const { lane, dataset } = await again(path, head, options.quiet);
  const { lastActivation } = lane.resolved.network;
  const answers = [{ predictions: run.predictions, data: lane.data }];
  const errors = errorsOf(answers, { dataset, lastActivation, tokens: lane.plan.data.tokens }, head.seed);
  if (!errors) throw diverged(path, head.plan);
  const shown = relative(".", path) || ".";
  const part = errorsPart(errors, "given");
  const headline = headlineOfErrors(part);
  const plan = relative(".", head.plan);
  const page = renderErrorsHtml(part, headline, shown, `unstuck errors ${quoted(shown)}`);
  const file = savePage(out, "unstuck-errors.html", page);
  if (options.json) printData(`${writeJson({ version: 1, run: shown, plan, headline, errors: part }, 2)}\n`);
  else print(`The run ${shown}, of ${plan}\n\n${renderErrors(part, headline, { ...terminal(), files: [file] })}`);
  return EXIT.done;
}

/** A run by its folder, or by its name under .unstuck. */
function found(what: string): string {
  const own = join(RUNS, what);
  if (!isRun(what) && isRun(own)) return own;
  const names = kept().map(({ name }) => name);
  const known = names.length > 0 ? `Runs here: ${listed(names)}.` : "Keep one with unstuck train PLAN.";
  const { id, kind, files } = existsSync(what) ? recognise(what) : { id: null };
  if (id === "run") return files.path;
  if (id === null) throw new UserError(`there is no run ${value(what)}${didYouMean(what, names) || "."}`, known);
  if (files.folder) throw new UserError(`${what} is a folder, but not an unstuck run.`, known);
  throw refusal(kind, files, "errors");
}

/** The runs under .unstuck, the latest first. */
function kept(): { name: string; at: number }[] {
  if (!statSync(RUNS, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(RUNS)
    .filter((name) => isRun(join(RUNS, name)))
    .map((name) => ({ name, at: statSync(join(RUNS, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at || b.name.localeCompare(a.name, "en", { numeric: true }));
}

function latest(): string {
  const [last] = kept();
  if (last) return join(RUNS, last.name);
  throw new UserError(
    "there is no run here.",
    "Keep one with unstuck train PLAN, or name its folder; unstuck fix lists the wrong predictions too.",
  );
}

function unanswered(path: string, open: boolean): UserError {
  return open
    ? new UserError("this training has not finished.", `Continue it: unstuck train ${quoted(path)}`, path)
    : new UserError("this run has no predictions.", "Train the plan again.", path);
}

const diverged = (path: string, plan: string): UserError =>
  new UserError(
    "the training diverged, so its network makes no predictions.",
    `Find out why: unstuck why ${quoted(path)}, or unstuck fix ${quoted(relative(".", plan))}`,
    path,
  );
