/** Plans are read from JSON and YAML; a mistake in the file is told with its line. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readText } from "../../src/plan/load-text.ts";
import { loadPlan } from "../../src/plan/node/load.ts";
import { base, refusal } from "./plans.ts";

const folder = mkdtempSync(join(tmpdir(), "plan-"));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const yaml = `
data:
  source: a.csv # the data
  target: y
network:
  - { layer: Dense, units: 8, activation: sigmoid }
  - { layer: Dropout, rate: 0.5 }
  - layer: Dense
    units: 3
    activation: softmax
`;

test.each([
  ["plan.json", JSON.stringify(base)],
  ["plan.jsonc", `// a plan\n${JSON.stringify(base).replace("{", "{ /* data */")}`],
  ["plan.yaml", yaml],
  ["plan.yml", JSON.stringify(base)],
  ["plan", JSON.stringify(base)],
  ["plan.txt", yaml],
  ["bom.json", `\uFEFF${JSON.stringify(base)}`],
])("%s", (name, text) => {
  const { plan, given, path } = loadPlan(file(name, text));
  expect(given).toEqual(base);
  expect(plan.data.validation).toEqual({ fraction: 0.2, split: "random" });
  expect(path).toBe(join(folder, name));
});

test.each([
  ["1", 1],
  [
    '{"a": [1, -2.5e3, true, null, {"b": "\\u0041\\n\\""}], "c": {}, "d": []}',
    { a: [1, -2500, true, null, { b: 'A\n"' }], c: {}, d: [] },
  ],
  ['{"a": "// no comment", "__proto__": 1}', JSON.parse('{"a": "// no comment", "__proto__": 1}')],
])("JSON %s", (text, value) => {
  expect(readText(text, "a.json")).toEqual(value);
});

test.each([
  ['{"a": 1,}', 1, 9],
  ['{"a": 1\n "b": 2}', 2, 2],
  ['{"a":\n{"b": 2}', 2, 9],
  ["{'a': 1}", 1, 2],
  ['{\n\n"a": True}', 3, 6],
  ['{"a": NaN}', 1, 7],
  ['{"a": 1, "a": 2}', 1, 10],
  ['{"a": "x\n}', 1, 7],
  ["{} {}", 1, 4],
  ["[1 2]", 1, 4],
  ["{a: 1}", 1, 2],
  ['{"a": 01}', 1, 8],
  ["[", 1, 2],
  ["[1,]", 1, 4],
])("malformed JSON %j: line %i, column %i", (text, line, column) => {
  const error = refusal(() => readText(text, "a.json"));
  expect(error.place).toBe(`a.json: line ${line}, column ${column}`);
  expect(error.todo).not.toBe("");
});

test.each([
  ["a: 1\n b: 2", 1],
  ["b: 1\na: [1, 2", 2],
  ["a: 1\na: 2", 2],
  ["\ta: 1", 1],
  ["a: *b", 1],
])("malformed YAML %j: line %i", (text, line) => {
  expect(refusal(() => readText(text, "a.yaml")).place).toMatch(new RegExp(`^a\\.yaml: line ${line},`));
});

test.each([
  ["", "empty.json", "empty"],
  ["  \n", "empty.yaml", "empty"],
  ["# nothing", "nothing.yaml", "is not a plan"],
  ["[]", "list.json", "is not a plan"],
  ["a,b\n1,2\n", "data.csv", "is not a plan"],
  ["\0\0", "binary.h5", "not a text"],
])("%j in %s", (text, name, word) => {
  const error = refusal(() => loadPlan(file(name, text)));
  expect(error.fact).toContain(word);
  expect(error.message).toContain(name);
  expect(error.todo).not.toBe("");
});

test("no such file: the nearest plan of the folder", () => {
  file("plan.json", JSON.stringify(base));
  file("plam.yaml", "a: 1");
  expect(refusal(() => loadPlan(join(folder, "plam.json"))).todo).toContain(join(folder, "plan.json"));
  expect(refusal(() => loadPlan(join(folder, "none", "plan.json"))).fact).toContain("does not exist");
});

test("a folder: a plan in it", () => {
  file("plan.json", JSON.stringify(base));
  mkdirSync(join(folder, "bare"), { recursive: true });
  file("bare/biome.json", "{}");
  expect(refusal(() => loadPlan(folder)).todo).toContain(join(folder, "plan.json"));
  expect(refusal(() => loadPlan(join(folder, "bare"))).fact).toContain("folder");
  expect(refusal(() => loadPlan(join(folder, "bare"))).todo).not.toContain("biome");
});

test("a mistake in the plan is told with the file", () => {
  const path = file("wrong.json", JSON.stringify({ ...base, training: { optimiser: "adam" } }));
  expect(refusal(() => loadPlan(path)).place).toBe(`${path}: training.optimiser`);
});
