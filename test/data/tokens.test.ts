/** The sequence task's data: texts as numbers, how answers are scored, and what simple predictors reach. */
import { describe, expect, it } from "vitest";
import { buildDataset } from "../../src/data/build.ts";
import { score } from "../../src/data/metrics.ts";
import { prepare } from "../../src/data/prepare.ts";
import { baselines } from "../../src/data/simple/baselines.ts";
import { parseJsonLines } from "../../src/data/sources/json.ts";
import { bytes, datasetOf, messageOf, planOf } from "./helpers.ts";

const task = { task: "sequence" };
const TEXT = "a,y\ncab,zz\nb,x\nab,xyz";

describe("tokens", () => {
  it("are numbered from 1 in sorted order; 0 pads to the longest row", () => {
    const { table } = datasetOf(TEXT, planOf(task));
    expect(table.shape).toEqual([3]);
    expect([...table.x]).toEqual([3, 1, 2, 2, 0, 0, 1, 2, 0]);
    expect(table.target).toMatchObject({ kind: "tokens", words: ["x", "y", "z"] });
    expect([...prepare(planOf(task), datasetOf(TEXT, planOf(task)), 1, 0).y]).toEqual([3, 3, 0, 1, 0, 0, 1, 2, 3]);
    expect([...prepare(planOf(task), datasetOf(TEXT, planOf(task)), 1, 0).tokens!]).toEqual([2, 1, 3]);
  });

  it.each([
    ["characters, by code point", {}, "ﬁ𝄞é,Z", [1, 2, 3], ["é", "ﬁ", "𝄞"]],
    ["words", { tokens: "word" }, "to be  or not to be,b a", [4, 1, 3, 2, 4, 1], ["be", "not", "or", "to"]],
  ])("%s", (_, data, row, numbers, words) => {
    const { table, notes } = datasetOf(`a,y\n${row}`, planOf({ ...task, ...data }));
    expect([...table.x]).toEqual(numbers.map((n) => ("tokens" in data ? n : [2, 3, 1][n - 1])));
    expect(notes.join()).toContain(`${words.length} distinct`);
  });

  it("of another source: unknown ones are 0 as an input and no answer as a target; longer rows are cut", () => {
    const plan = planOf({ ...task, validation: { source: "v.csv" } });
    const { validation, notes } = datasetOf(TEXT, plan, { validation: "a,y\nbq,xq\nabcab,zyxz" });
    expect([...validation!.x]).toEqual([2, 0, 0, 1, 2, 3]);
    expect(validation!.target).toMatchObject({ values: Float32Array.of(1, 4, 0, 3, 2, 1) });
    expect(notes.filter((line) => /q|cut/.test(line))).toHaveLength(4);
  });

  it("JSON lines, the input named among several columns", () => {
    const sheet = parseJsonLines(bytes('{"id":1,"a":"ab","y":"b"}\n{"id":2,"a":"b","y":"a"}'), "d.jsonl");
    const plan = planOf({ ...task, features: ["a"] });
    const { table } = buildDataset(plan, { source: { sheet, tensor: null }, validation: null, test: null });
    expect([...table.x]).toEqual([1, 2, 2, 0]);
  });

  it("of a text that an embedding reads, beside a target that is a class", () => {
    const network = [
      { layer: "embedding", inputDim: 9, outputDim: 2 },
      { layer: "flatten" },
      { layer: "dense", units: 2 },
    ];
    const { table, task } = datasetOf("a,y\nto be,p\nnot to be,n", planOf({ tokens: "word" }, { network }));
    expect([task, table.shape, [...table.x]]).toEqual(["classification", [3], [3, 1, 0, 2, 3, 1]]);
    expect(table.target).toMatchObject({ kind: "classes", names: ["n", "p"] });
    expect(datasetOf("a,y\n1,p\n2,n", planOf({}, { network })).table.features).toEqual(["a"]);
  });

  it.each([
    ["two targets", { target: ["a", "y"] }, /data\.(target|features)/],
    ["no input", { features: ["q"] }, /"q"/],
  ])("refused: %s", (_, data, why) => {
    expect(messageOf(() => datasetOf(TEXT, planOf({ ...task, ...data })))).toMatch(why);
  });
});

describe("scores", () => {
  const scored = {
    y: Float32Array.of(1, 2, 0, 3, 0, 0),
    width: 3,
    labels: null,
    targetScale: { kind: "none" as const, shift: [0], factor: [1] },
  };
  const rows = Uint32Array.of(0, 1);
  it.each([
    { predictions: [1, 2, 9, 3, 9, 9], accuracy: 1, exactMatch: 1 },
    { predictions: [1, 1, 0, 3, 0, 0], accuracy: 2 / 3, exactMatch: 1 / 2 },
    { predictions: [2, 1, 0, 0, 3, 0], accuracy: 0, exactMatch: 0 },
  ])("$answers", ({ predictions, accuracy, exactMatch }) => {
    const of = (name: "accuracy" | "exactMatch") =>
      score({ name, k: 5 }, Float32Array.from(predictions), scored, rows, "softmax", "sequence");
    expect(of("accuracy")).toBeCloseTo(accuracy, 12);
    expect(of("exactMatch")).toBeCloseTo(exactMatch, 12);
  });
});

it("baselines: the commonest token of each step, and the answer of the most similar row", () => {
  const plan = planOf({ ...task, validation: { source: "v.csv" } });
  const dataset = datasetOf("a,y\naaa,xx\naab,xy\nbbb,zz\nbba,xz", plan, { validation: "a,y\nbbc,zz\naac,xx" });
  const found = baselines(dataset, prepare(plan, dataset, 1, 0), { name: "accuracy", k: 5 });
  expect(found).toEqual([
    { name: "commonest token", value: 0.5 },
    { name: "nearest row", value: 1 },
  ]);
});
