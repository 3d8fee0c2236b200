/** Reads JSON (comments allowed) or YAML into a value; an error names the line. */

import { isScalar, Lexer, parseDocument, visit } from "yaml";
import { DEEPEST, isDeep } from "../json.ts";
import { quoted, value as shown } from "../text.ts";
import { UserError } from "../user-error.ts";

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|(?:true|false|null)\b|[{}[\],:]/uy;
const BLANK = /^(?:\s|\/[/*])/;

const TOO_DEEP = `lists and objects are nested more than ${DEEPEST} levels deep`;
const FLAT = "Write it flat: a plan needs five levels.";
// A plan is written by hand, and the library takes a second for so many signs.
const LARGEST_YAML = 2e5;

const sentence = (message: string): string => message.replace(/[.\s]+$/, "");

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
        throw fail("this text is not closed, or contains a control character", offset, "Close it with a double quote.");
      throw fail(
        `${shown(word.trim())} is not JSON`,
        offset,
        "Write text in double quotes; write true, false and null in lower case.",
      );
    }
    if (!BLANK.test(token)) yield { text: token, offset };
  }
}

// Our own reader, because JSON.parse does not always say where, and takes the last of two equal fields without a word.
function readJson(text: string, fail: Fail): unknown {
  const list = tokens(text, fail);
  const end: Token = { text: "the end of the file", offset: text.length };
  let depth = 0;
  let here = end;
  const step = (): void => {
    here = list.next().value ?? end;
  };
  step();
  const wanted = (what: string): UserError => fail(`${what} is missing before ${shown(here.text)}`, here.offset);
  function take(mark: string, what = `"${mark}"`) {
    if (here.text !== mark) throw wanted(what);
    step();
  }
  /** The entries between two marks, with commas between them. */
  function entries(close: string, entry: () => void) {
    if (++depth > DEEPEST) throw fail(TOO_DEEP, here.offset, FLAT);
    step();
    if (here.text !== close) for (entry(); here.text !== close; entry()) take(",", `"," or "${close}"`);
    step();
    depth--;
  }
  function value(): unknown {
    const token = here;
    if (token.text === "{") {
      const object: Record<string, unknown> = {};
      entries("}", () => {
        const { text: key, offset } = here;
        if (!key.startsWith('"')) throw wanted("a field name in double quotes");
        const name: string = JSON.parse(key);
        if (Object.hasOwn(object, name))
          throw fail(`the field ${shown(key)} occurs twice`, offset, "Keep one of them.");
        step();
        take(":");
        Object.defineProperty(object, name, { value: value(), enumerable: true, writable: true, configurable: true });
      });
      return object;
    }
    if (token.text === "[") {
      const items: unknown[] = [];
      entries("]", () => items.push(value()));
      return items;
    }
    if (token === end || /^[}\],:]$/.test(token.text)) throw wanted("a value");
    step();
    return JSON.parse(token.text);
  }
  const result = value();
  if (here !== end) throw fail(`the plan ends before ${shown(here.text)}`, here.offset, "Remove what follows.");
  return result;
}

// Tokens that stand for a state of the lexer, not for text.
const STATES = ["\u0002", "\u0018", "\u001f"];

/** Refuses what the parser, which is recursive, would take seconds for: deep lists and objects, and lists that begin in one line. */
function refuseDeep(text: string, fail: Fail): void {
  let [offset, flow, inLine] = [0, 0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") flow++;
    else if (token === "]" || token === "}") flow--;
    else if (token === "-" || token === "?") inLine++;
    else if (token === "\n") inLine = 0;
    if (Math.max(flow, inLine) > DEEPEST) throw fail(TOO_DEEP, offset, FLAT);
    if (!STATES.includes(token)) offset += token.length;
  }
}

/** Of two equal fields the last would count without a word. The parser's own test for them takes quadratic time. */
function refuseTwice(document: ReturnType<typeof parseDocument>, fail: Fail): void {
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value))
          throw fail(`the field ${quoted(String(key.value))} occurs twice`, key.range?.[0] ?? 0, "Keep one of them.");
        seen.add(key.value);
      }
    },
  });
}

function readYaml(text: string, fail: Fail): unknown {
  if (text.length > LARGEST_YAML)
    throw fail(`the file is longer than ${LARGEST_YAML / 1e3} kB`, 0, "Write a plan of this size in JSON.");
  refuseDeep(text, fail);
  let value: unknown;
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
    const [error] = document.errors;
    if (error) throw fail(sentence(error.message), error.pos[0]);
    refuseTwice(document, fail);
    value = document.toJS();
  } catch (problem) {
    if (problem instanceof UserError) throw problem;
    if (problem instanceof RangeError) throw fail(TOO_DEEP, 0, FLAT);
    const repeats = /alias count/i.test(String(problem));
    throw repeats
      ? fail("its aliases (*name) repeat too much", 0, "Write out what they stand for.")
      : fail(sentence((problem as Error).message), 0);
  }
  if (isDeep(value)) throw fail(`${TOO_DEEP}, or an alias (*name) contains itself`, 0, FLAT);
  return value;
}

/** The value in a text; `name` is the file, whose ending or else whose first character says which of the two it is. */
export function readText(text: string, name: string): unknown {
  const clean = text.replace(/^\uFEFF/, "");
  const json = /\.jsonc?$/i.test(name) || (!/\.ya?ml$/i.test(name) && /^\s*(?:[{[]|\/[/*])/.test(clean));
  const kind = json ? "JSON" : "YAML";
  const fail: Fail = (fact, offset, todo = `Correct the ${kind} there.`) => {
    const before = clean.slice(0, offset).split("\n");
    return new UserError(`${fact}.`, todo, `${name}: line ${before.length}, column ${before.at(-1)!.length + 1}`);
  };
  if (clean.trim() === "")
    throw new UserError("the file is empty.", 'Write a plan with "data" and "network" in it.', name);
  if (clean.includes("\0")) throw new UserError("this is not a text file.", "Give a plan in JSON or YAML.", name);
  return json ? readJson(clean, fail) : readYaml(clean, fail);
}
