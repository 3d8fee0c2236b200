/** Reads JSON (comments allowed) or YAML into a value; a mistake is told with its line. */

import { parseDocument } from "yaml";
import { UserError } from "../user-error.ts";

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|(?:true|false|null)\b|[{}[\],:]/uy;
const BLANK = /^(?:\s|\/[/*])/;

type Fail = (fact: string, offset: number, todo?: string) => UserError;
type Token = { text: string; offset: number };

function* tokens(text: string, fail: Fail): Generator<Token> {
  TOKEN.lastIndex = 0;
  for (let offset = 0; offset < text.length; offset = TOKEN.lastIndex) {
    TOKEN.lastIndex = offset;
    const [token] = TOKEN.exec(text) ?? [];
    if (token === undefined) {
      const [word] = /^(?:["'].{0,20}|[\w.+-]+|.)/su.exec(text.slice(offset))!;
      if (word.startsWith('"'))
        throw fail("text without an end, or with a strange character in it,", offset, "Close it with a double quote.");
      throw fail(
        `${word.trim()} is not JSON`,
        offset,
        "Write text in double quotes, and true, false and null in lower case.",
      );
    }
    if (!BLANK.test(token)) yield { text: token, offset };
  }
}

// Our own reader, because JSON.parse does not always say where, and takes the last of two equal fields without a word.
function readJson(text: string, fail: Fail): unknown {
  const list = [...tokens(text, fail)];
  const end: Token = { text: "the end", offset: text.length };
  let i = 0;
  const peek = () => list[i] ?? end;
  function wanted(what: string): UserError {
    const { text: found, offset } = peek();
    return fail(`${what} is missing before ${found}`, offset);
  }
  function take(mark: string, what = `"${mark}"`) {
    if (peek().text !== mark) throw wanted(what);
    i++;
  }
  /** The entries between two marks, with commas between them. */
  function entries(close: string, entry: () => void) {
    i++;
    if (peek().text === close) {
      i++;
      return;
    }
    for (entry(); peek().text !== close; entry()) take(",", `"," or "${close}"`);
    i++;
  }
  function value(): unknown {
    const { text: token } = peek();
    if (token === "{") {
      const object: Record<string, unknown> = {};
      entries("}", () => {
        const { text: key, offset } = peek();
        if (!key.startsWith('"')) throw wanted("a field name in double quotes");
        const name: string = JSON.parse(key);
        if (Object.hasOwn(object, name)) throw fail(`the field ${key} is there twice`, offset, "Keep one of them.");
        i++;
        take(":");
        Object.defineProperty(object, name, { value: value(), enumerable: true, writable: true, configurable: true });
      });
      return object;
    }
    if (token === "[") {
      const items: unknown[] = [];
      entries("]", () => items.push(value()));
      return items;
    }
    if (peek() === end || /^[}\],:]$/.test(token)) throw wanted("a value");
    i++;
    return JSON.parse(token);
  }
  const result = value();
  if (i < list.length) throw fail(`the plan ends before ${peek().text}`, peek().offset, "Remove what follows.");
  return result;
}

function readYaml(text: string, fail: Fail): unknown {
  const document = parseDocument(text, { prettyErrors: false });
  const [error] = document.errors;
  if (error) throw fail(error.message.replace(/[.\s]+$/, ""), error.pos[0]);
  try {
    return document.toJS();
  } catch (problem) {
    throw fail((problem as Error).message, 0);
  }
}

/** The value in a text; `name` is the file, whose ending or else whose first character says which of the two it is. */
export function readText(text: string, name: string): unknown {
  const clean = text.replace(/^\uFEFF/, "");
  const json = /\.jsonc?$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\s*(?:[{[]|\/[/*])/.test(clean));
  const kind = json ? "JSON" : "YAML";
  const fail: Fail = (fact, offset, todo = `Correct the ${kind} there.`) => {
    const before = clean.slice(0, offset).split("\n");
    return new UserError(
      `${fact}.`.replace(",.", "."),
      todo,
      `${name}: line ${before.length}, column ${before.at(-1)!.length + 1}`,
    );
  };
  if (clean.trim() === "") throw new UserError(`${name} is empty.`, 'Write a plan with "data" and "network" in it.');
  if (clean.includes("\0")) throw new UserError(`${name} is not text.`, "Give a plan in JSON or YAML.");
  return json ? readJson(clean, fail) : readYaml(clean, fail);
}
