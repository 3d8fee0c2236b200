/** unstuck errors: which judged rows a kept run misses, and what they share. */
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { errorsOf } from "../errors/errors.ts";
import { writeJson } from "../json.ts";
import { renderErrorsHtml } from "../report/html/page.ts";
import { renderErrors } from "../report/text/errors.ts";
import { errorsPart } from "../report/verdict/errors.ts";
import { headlineOfErrors } from "../report/words-errors.ts";
import { isRun, readRun } from "../run/node/store.ts";
import { didYouMean, UserError } from "../user-error.ts";
import { quoted } from "./command-line.ts";
import { EXIT, look, print, printData } from "./console.ts";
import { folder, savePage } from "./files.ts";
import type { Common } from "./options.ts";
import { again } from "./train.ts";
import { isTable, runFolder } from "./what.ts";

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
  else print(`The run ${shown}, of ${plan}\n\n${renderErrors(part, headline, { ...look(), files: [file] })}`);
  return EXIT.done;
}

/** A run by its folder, or by its name under .unstuck. */
function found(what: string): string {
  const path = runFolder(what) ?? runFolder(join(RUNS, what));
  if (path) return path;
  const stats = statSync(what, { throwIfNoEntry: false });
  const names = kept().map(({ name }) => name);
  if (stats?.isFile())
    throw new UserError(
      `${what} is a file, not a run.`,
      isTable(what) ? "Keep a run with unstuck train PLAN." : `Train the plan first: unstuck train ${quoted(what)}`,
    );
  const known = names.length > 0 ? `Runs here are ${names.join(", ")}.` : "Keep one with unstuck train PLAN.";
  throw new UserError(
    stats ? `${what} is no run of unstuck.` : `there is no run ${what}${didYouMean(what, names) || "."}`,
    known,
  );
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
    "no run is kept here; fix shows the missed rows in its report.",
    "Keep one with unstuck train PLAN, or name its folder.",
  );
}

function unanswered(path: string, open: boolean): UserError {
  return open
    ? new UserError("this training did not come to its end.", `Go on with it: unstuck train ${quoted(path)}`, path)
    : new UserError("this run tells no answers of its network.", "Train the plan again.", path);
}

const diverged = (path: string, plan: string): UserError =>
  new UserError(
    "the training diverged, so its network answers nothing that could be looked at.",
    `See why: unstuck why ${quoted(path)}, or unstuck fix ${quoted(relative(".", plan))}`,
    path,
  );
