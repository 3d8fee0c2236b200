/** The words that people read are those of textbooks and framework docs: no sentence of the sources, README and docs uses any other. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";
import { renderErrorsHtml, renderHtml } from "../src/report/html/page.ts";
import { parseReport } from "../src/report/report.ts";
import { renderErrors } from "../src/report/text/errors.ts";
import { renderText } from "../src/report/text/text.ts";
import { headlineOfErrors } from "../src/report/words-errors.ts";
import { errorsSample } from "./report/sample-errors.ts";
import { example, samples } from "./report/samples.ts";

const ROOT = resolve(import.meta.dirname, "..");

/** What is never said, and what is said for it. */
const FORBIDDEN: [RegExp, string][] = [
  [/\b(un)?answer(s|ed|ing)?\b/i, "predict, prediction"],
  [/\b(is|are|was|were) called\b/i, "is predicted as; is named"],
  [/\b(tells?|telling|told|says?|said)\b/i, "reports, shows, prints"],
  [/\blook(s|ed|ing)? (at|for|whether)\b|\bcould not look\b|\bwhat it saw\b/i, "checks, detects, finds"],
  [/\bcells? without a number\b|\bempty cells? (reach|fill)/i, "missing values"],
  [/\b(out)?spreads?\b/i, "standard deviation, range"],
  [/\b(mis)?judg(e|es|ed|ing)\b/i, "evaluate, evaluated"],
  [/\bheld?[- ]back\b/i, "held-out"],
  [/\bby heart\b/i, "memorizes the training set"],
  [/\b(training )?unfit\b/i, "cannot fit the training set"],
  [/\bno number\b/i, "NaN"],
  [
    /(?<!(learning|error|dropout|drop|sampling|sample|false|positive|negative|refresh|frame)[ -])\brates?\b(?! of \d)/i,
    "learning rate",
  ],
  [/\bpass(es)? (a|through a|one) softmax\b|\braw numbers\b/i, "activation, logits"],
  [/\btelltale\b|\bgives? the (target|answer) away\b/i, "data leak"],
  [/\boutweigh/i, "class imbalance"],
  [/\bconstant answer\b|\bsimple (predictor|model)s?\b|\bknows nothing\b/i, "baseline"],
  [/\bno words? for\b/i, "not supported"],
  [/\bworth having\b|\bgains? (any|no)thing\b/i, "improves; recommended change"],
  [/\b(hold|holds|held|holding) (it|them|the network) (back|down)\b/i, "limits, prevents"],
  [/\bno run of\b/i, "is not an unstuck run"],
  [/\bfrom 0\b(?! to)(?=.*\brows?\b)|\brow 0\b/i, "rows count from 1"],
];

/** Rooms whose sentences are still to be written: the list only shrinks, and a room that is done leaves it. */
const TO_DO = ["src/code", "src/engine"];

type Text = { place: string; text: string };
type Tree = { type?: string; start?: number } & Record<string, unknown>;

/** A syntax tree's sentences: literals of several words, and templates with "…" where values stand; no keys, types and imports. */
function sentences(node: unknown, found: { at: number; text: string }[] = []) {
  if (Array.isArray(node)) for (const one of node) sentences(one, found);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return found;
  const { type = "", start = 0, ...rest } = node as Tree;
  // A style sheet is no sentence.
  const add = (text: string) => / /.test(text) && !/\{[\w-]+:/.test(text) && found.push({ at: start, text });
  if (type === "Literal" && typeof rest["value"] === "string") add(rest["value"]);
  if (type === "TemplateLiteral")
    add((rest["quasis"] as { value: { cooked: string } }[]).map(({ value }) => value.cooked).join("…"));
  if (/^(TS(?!As|Satisfies|NonNull)|Import)/.test(type)) return found;
  if (type === "Property") delete rest["key"];
  for (const child of Object.values(rest)) sentences(child, found);
  return found;
}

const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length;

function ofSource(path: string): Text[] {
  const text = readFileSync(path, "utf8");
  const tree = parseAst(text, { lang: "ts" });
  return sentences(tree).map((one) => ({ place: `${relative(ROOT, path)}:${lineAt(text, one.at)}`, text: one.text }));
}

/** Prose alone: no blocks and spans of code, no links. */
function ofPage(path: string): Text[] {
  const prose = readFileSync(path, "utf8")
    .replace(/```.*?```/gs, (code) => code.replace(/[^\n]/g, ""))
    .replace(/`[^`\n]*`|\]\([^)]*\)/g, "…");
  return prose.split("\n").map((text, i) => ({ place: `${relative(ROOT, path)}:${i + 1}`, text }));
}

const files = (folder: string, end: string): string[] =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
    .filter((file) => file.endsWith(end))
    .map((file) => join(ROOT, folder, file));

const offenders = (texts: Text[]): string[] =>
  texts.flatMap(({ place, text }) =>
    FORBIDDEN.flatMap(([pattern, instead]) => {
      const found = text.match(pattern)?.[0];
      return found ? [`${place}: “${found}” → ${instead}`] : [];
    }),
  );

const all = offenders([
  ...files("src", ".ts").flatMap(ofSource),
  ...[...files("docs", ".md"), join(ROOT, "README.md"), join(ROOT, "CHANGELOG.md")].flatMap(ofPage),
]);
const within = (room: string) => (offender: string) =>
  offender.startsWith(`${room}/`) || offender.startsWith(`${room}:`);

const plain = { width: 80, colour: false, unicode: true };
const shown = Object.entries({ ...samples, example: parseReport(example) }).flatMap(([name, report]) => [
  { place: `text of ${name}`, text: renderText(report, plain) },
  { place: `page of ${name}`, text: renderHtml(report).replace(/<(script|style)\b.*?<\/\1>|<[^>]*>/gs, " ") },
]);
const errorsShown = [
  renderErrors(errorsSample, headlineOfErrors(errorsSample), plain),
  renderErrorsHtml(errorsSample, headlineOfErrors(errorsSample), "1", "unstuck errors"),
].map((text, i) => ({ place: `errors ${i}`, text: text.replace(/<(script|style)\b.*?<\/\1>|<[^>]*>/gs, " ") }));

// A number and a word that do not agree, and rows that are counted from 0.
const MISCOUNTED =
  /(?<![\d.,…+−-] ?)\b1 (rows|steps|epochs|seeds|layers|runs|checks|classes|values|points|slices|times|predictions|tokens)\b|\b1 row are\b|\brows? 0\b/;

describe("the words", () => {
  it.each([...shown, ...errorsShown])("$place: counts agree with their words, rows are counted from 1", ({ text }) => {
    expect(text.match(MISCOUNTED)?.[0]).toBeUndefined();
  });

  it("are those of the glossary", () => {
    expect(all.filter((one) => !TO_DO.some((room) => within(room)(one)))).toEqual([]);
  });

  it("of a room that is done are held: take it from TO_DO", () => {
    expect(TO_DO.filter((room) => !all.some(within(room)))).toEqual([]);
  });

  it("that are forbidden are found in a sentence, and not in keys, types and names", () => {
    const found = (code: string) =>
      offenders(sentences(parseAst(code, { lang: "ts" })).map((one) => ({ place: "", ...one })));
    expect(found('const a = "The network answers rows";')).toHaveLength(1);
    expect(found('type T = "it answers me"; const told: T = { "what is said": 1 }; // the answer')).toEqual([]);
  });
});
