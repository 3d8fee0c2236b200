/** Reads a plan from a file. */

import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { namesIn, readWhole, statOf } from "../../files/node/read.ts";
import { isObject } from "../../json.ts";
import { nearest, UserError } from "../../user-error.ts";
import { readText } from "../load-text.ts";
import { normalise, type Plan, parsePlan } from "../plan.ts";

import { withModel } from "./model.ts";

/** The user's plan in our words; what he is silent about is absent. */
export type Given = Record<string, unknown>;

const PLAN = /\.(?:jsonc?|ya?ml)$/i;
// A plan is written by hand; what is larger is the data, given by mistake.
const LARGEST = 10e6;

/** Whether a file is one of JSON or YAML that has the data and the network of a plan. */
export function isPlan(path: string): boolean {
  try {
    if (!PLAN.test(path) || statSync(path).size > LARGEST) return false;
    const value = normalise(readText(readFileSync(path, "utf8"), path));
    return isObject(value) && "data" in value && "network" in value;
  } catch {
    // Whatever is wrong with it, nobody is sent there.
    return false;
  }
}

const plansIn = (folder: string): string[] => namesIn(folder).filter((name) => isPlan(join(folder, name)));

function readFile(path: string): string {
  const stats = statOf(path);
  if (!stats) {
    const near = nearest(basename(path), plansIn(dirname(path)));
    const todo = near ? `Did you mean ${join(dirname(path), near)}?` : "Give the path of a plan in JSON or YAML.";
    throw new UserError("the file does not exist.", todo, path);
  }
  if (stats.isDirectory()) {
    const plans = plansIn(path);
    const example = plans.includes("plan.json") ? "plan.json" : plans[0];
    throw new UserError(
      "this is a folder.",
      example ? `Give a plan in it: ${join(path, example)}` : "Give the path of a plan.",
      path,
    );
  }
  if (stats.size > LARGEST)
    throw new UserError("the file is too large for a plan.", "Give a plan in JSON or YAML, not the data.", path);
  return readWhole(path).toString("utf8");
}

/** The plan in a file, complete, and as it is given; a network that it keeps in a model file is read. `said`: what was taken from there. */
export function loadPlan(path: string): { plan: Plan; given: Given; path: string; notes: string[] } {
  const value = readText(readFile(path), path);
  if (!isObject(value))
    throw new UserError(
      "this is not a plan.",
      'A plan is an object with "data", "network" and "training", in JSON or YAML.',
      path,
    );
  const plan = parsePlan(value, path);
  const given = normalise(value) as Given;
  if (typeof plan.network !== "string") return { plan, given, path, notes: [] };
  const read = withModel(given, plan, dirname(path));
  return { plan: parsePlan(read.given, path), given: read.given, path, notes: read.notes };
}
