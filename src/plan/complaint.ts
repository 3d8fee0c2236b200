/** Turns what the schema refuses into one sentence of fact and one of what to do, about the branch that the user meant. */

import type * as z from "zod";
import { isObject } from "../json.ts";
import { value as shortened } from "../text.ts";
import { didYouMean, nearest, UserError } from "../user-error.ts";
import { fold, known, otherNames, ours } from "./aliases.ts";
import { HINTS } from "./names.ts";
import { elsewhere, fieldsOf, meant, namesOf, optionsAt, type Path, written } from "./vocabulary.ts";

type Issue = z.core.$ZodIssue;
type Complaint = { path: Path; fact: string; todo: string };

const WORDS_FOR_LAYER = ["type", "class", "classname", "kind", "op"];

const shown = (value: unknown) => shortened(JSON.stringify(value) ?? String(value));
const listed = (names: readonly string[]) => names.join(", ");

function valueAt(plan: unknown, path: Path): unknown {
  let value = plan;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

/** The issues of the branch of a union that the user meant: of his type of value, with the fewest strange or missing fields. */
function branch(issues: Issue[][], plan: unknown, path: Path): Issue[] {
  const value = valueAt(plan, path);
  const cost = (issue: Issue) => {
    const wrongKind = issue.code === "invalid_type" || (issue.code === "invalid_value" && typeof value !== "string");
    if (issue.path.length === 0 && wrongKind) return 100;
    if (issue.code === "unrecognized_keys") return issue.keys.length;
    return valueAt(value, issue.path as Path) === undefined ? 1 : 0;
  };
  const total = (branch: Issue[]) => branch.reduce((sum, issue) => sum + cost(issue), 0);
  return issues.toSorted((a, b) => total(a) - total(b))[0];
}

function unknownField(key: string, plan: unknown, path: Path): Complaint {
  const place = [...path, key];
  const fields = fieldsOf(meant(optionsAt(plan, path), valueAt(plan, path)));
  const same = ours(key, fields);
  if (same)
    return {
      path: place,
      fact: `this is another name for "${same}", which is given as well.`,
      todo: "Keep one of them.",
    };
  const hint = HINTS.get(fold(key));
  if (hint) return { path: place, fact: "unknown field.", todo: hint };
  if (
    fields.includes("layer") &&
    WORDS_FOR_LAYER.includes(fold(key)) &&
    valueAt(plan, [...path, "layer"]) === undefined
  )
    return { path: place, fact: 'unknown field, did you mean "layer"?', todo: 'Write { "layer": "dense", … }.' };
  const other = known(key)
    .map((name) => elsewhere(name))
    .find(Boolean);
  const near = nearest(key, fields) ?? other;
  const fact = near ? `unknown field, did you mean "${near}"?` : "unknown field.";
  return { path: place, fact, todo: `The fields here: ${listed(fields)}.` };
}

function unknownName(plan: unknown, path: Path, value: string, wanted: string): Complaint {
  const options = optionsAt(plan, path);
  const titled = [...options, ...optionsAt(plan, path.slice(0, -1))].find((option) => option.title);
  const names = namesOf(options);
  const fact = `unknown ${titled?.title ?? path.at(-1)} ${shown(value)}`;
  const hint = HINTS.get(fold(value));
  if (hint) return { path, fact: `${fact}.`, todo: hint };
  const todo = names.every((name) => wanted.includes(`"${name}"`)) ? wanted : `Known: ${listed(names)}.`;
  return { path, fact: `${fact}${didYouMean(value, [...names, ...otherNames(names)]) || "."}`, todo };
}

/** What is wanted at a place, or in what it is part of. */
function wantedAt(plan: unknown, path: Path): string {
  const options = optionsAt(plan, path);
  const description = options.find((option) => option.description)?.description;
  if (description) return `Give ${description}.`;
  if (namesOf(options).length > 0) return `Known: ${listed(namesOf(options))}.`;
  return path.length > 0 ? wantedAt(plan, path.slice(0, -1)) : "";
}

function outOfRange(issue: Issue, path: Path, value: unknown, wanted: string): Complaint {
  if (issue.code === "too_small" && issue.origin === "array") {
    const fact =
      Number(issue.minimum) === 1 ? "the list is empty." : `the list has fewer than ${issue.minimum} entries.`;
    return { path, fact, todo: wanted };
  }
  if (issue.code === "too_small")
    return {
      path,
      fact: `${shown(value)} is ${issue.inclusive ? "below" : "not above"} ${issue.minimum}.`,
      todo: wanted,
    };
  if (issue.code === "too_big" && issue.origin !== "array")
    return {
      path,
      fact: `${shown(value)} is ${issue.inclusive ? "above" : "not below"} ${issue.maximum}.`,
      todo: wanted,
    };
  return { path, fact: `${shown(value)} is not allowed here.`, todo: wanted };
}

function complain(issue: Issue, plan: unknown, above: Path): Complaint {
  const path = [...above, ...(issue.path as Path)];
  const value = valueAt(plan, path);
  const wanted = wantedAt(plan, path);
  if (issue.code === "unrecognized_keys") return unknownField(issue.keys[0], plan, path);
  if (issue.code === "custom") return { path, fact: issue.message, todo: issue.params?.todo ?? wanted };
  if (issue.code === "invalid_union" && issue.errors.length > 0)
    return first(branch(issue.errors, plan, path), plan, path);
  if (value === undefined) return missing(path, plan, wanted);
  if (typeof value === "string" && (issue.code === "invalid_union" || issue.code === "invalid_value"))
    return unknownName(plan, path, value, wanted);
  if (
    issue.code === "invalid_type" &&
    typeof value === "string" &&
    value.trim() !== "" &&
    Number.isFinite(Number(value))
  )
    return {
      path,
      fact: `${shown(value)} is text, but a number is expected.`,
      todo: `Write ${Number(value)} without quotes.`,
    };
  if (issue.code === "invalid_type" && issue.expected === "int" && typeof value === "number")
    return { path, fact: `${value} is not a whole number.`, todo: wanted };
  return outOfRange(issue, path, value, wanted);
}

/** A missing field; a strange one beside it, which may be it misspelled, explains more. */
function missing(path: Path, plan: unknown, wanted: string): Complaint {
  const holder = path.slice(0, -1);
  const beside = valueAt(plan, holder);
  const fields = fieldsOf(meant(optionsAt(plan, holder), beside));
  const strange = isObject(beside) ? Object.keys(beside).find((key) => !fields.includes(key)) : undefined;
  if (strange !== undefined) return unknownField(strange, plan, holder);
  return { path, fact: `${shown(path.at(-1))} is missing.`, todo: wanted };
}

function first(issues: Issue[], plan: unknown, path: Path): Complaint {
  return complain(issues.find((issue) => issue.code === "unrecognized_keys") ?? issues[0], plan, path);
}

/** The error for a plan that the schema refused; `place` is the file. */
export function complaint(issues: Issue[], plan: unknown, place?: string): UserError {
  const { path, fact, todo } = first(issues, plan, []);
  return new UserError(fact, todo, [place, written(path)].filter(Boolean).join(": ") || undefined);
}
