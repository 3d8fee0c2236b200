/** A kind of thing that a verb may be given: how it is recognised, what it is called, and what to do with it. */
import { ending, printable } from "../text.ts";
import { UserError } from "../user-error.ts";
import type { Files } from "./files.ts";

export const VERBS = ["fix", "why", "audit", "errors", "train", "code"] as const;
export type Verb = (typeof VERBS)[number];

export type Kind<Id extends string = string> = {
  id: Id;
  /** Asked in the order of the kinds: by content where it tells, else by name. */
  recognises(files: Files): boolean;
  /** The sentence "PATH is …" goes on like this. */
  is: string | ((files: Files) => string);
  /** The verbs that work on it. */
  takes?: readonly Verb[];
  /** What the others suggest. */
  instead: string | ((files: Files, verb: Verb) => string);
};

/** The sentences that refuse it. */
export function refusal(kind: Kind, files: Files, verb: Verb): UserError {
  const is = typeof kind.is === "string" ? kind.is : kind.is(files);
  const instead = typeof kind.instead === "string" ? kind.instead : kind.instead(files, verb);
  const what = files.path === "-" ? "standard input" : ending(printable(files.path), 90);
  return new UserError(`${what} is ${is}.`, instead);
}
