/** What a verb is given is recognised, and what is not it is refused with its place, the nearest name and what to do. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tableOf, workOf } from "../../src/cli/what.ts";
import { makeLane } from "../../src/engine/graph-engine.ts";
import { UserError } from "../../src/user-error.ts";
import { folder, plan, sides, table } from "./help.ts";

const csv = table(40, sides);
const at = folder({
  "t.csv": csv,
  "rows.json": [
    { a: 1, y: "u" },
    { a: 2, y: "v" },
  ],
  "commas.json": csv,
  "one.csv": "a,b,y\n1,2,u\n2,3,\n3,4,u\n",
  "none.csv": "a,y\n1,\n2,\n",
  "plan.json": plan("t.csv"),
  "empty.csv": "",
  "head.csv": "a,b,y\n",
  "biome.json": { linter: {} },
  "notes.md": "# hello",
  "ragged.csv": `${csv}1,2\n`,
  "stray.csv": csv.replace(/\n[^,]*,/, "\nabc,"),
  "broken.yaml": "data:\n  source: [t.csv\nnetwork: 3\n",
  "broken.json": '{ "data": 1,\n}',
  "x-idx3-ubyte": "\0\0\x08\x03",
});
mkdirSync(join(at, "sub"));
const path = (name: string) => join(at, name);

describe("recognised", () => {
  it("tables and plans", async () => {
    expect((await workOf(path("plan.json"), {})).proposed).toBeUndefined();
    expect((await workOf(path("t.csv"), { target: ["y"] })).proposed).toBeDefined();
    expect((await tableOf(path("t.csv"), { target: ["y"] })).plan.data.target).toBe("y");
  });
});

/** What building the work and its data throws. */
async function refusal(name: string, target?: string[]): Promise<string> {
  try {
    const work = await workOf(name, { target });
    makeLane(work.plan, await work.load(work.plan), 1);
  } catch (error) {
    if (error instanceof UserError) {
      expect(error.fact).not.toBe("");
      expect(error.todo).not.toBe("");
      return error.message;
    }
    throw error;
  }
  throw new Error(`${name} was taken`);
}

describe("refused: files and tables", () => {
  it.each([
    { name: "one.csv", target: ["y"], says: /"y" has the value "u".*--target/ },
    { name: "none.csv", target: ["y"], says: /empty.*--target/ },
    { name: "commas.json", target: ["y"], says: /JSON/ },
    { name: "plam.json", says: /plan\.json/ },
    { name: "biom.json", says: /Did you mean .*(plan|rows)\.json/ },
    { name: "sub", says: /folder/ },
    { name: "empty.csv", target: ["y"], says: /empty/ },
    { name: "head.csv", target: ["y"], says: /no rows/ },
    { name: "notes.md", says: /neither/ },
    { name: "t.csv", says: /a, b, y.*--target y/ },
    { name: "t.csv", target: ["yy"], says: /"y".*a, b, y/ },
    { name: "plan.json", target: ["y"], says: /--target/ },
    { name: "ragged.csv", target: ["y"], says: /row 41 \(line 42\)/ },
    { name: "stray.csv", target: ["y"], says: /row 1 \(line 2\), column "a": "abc"/ },
    { name: "broken.yaml", says: /line 3/ },
    { name: "broken.json", says: /line 2/ },
    { name: "x-idx3-ubyte", says: /pair/ },
  ])("$name $target", async ({ name, target, says }) => expect(await refusal(path(name), target)).toMatch(says));
});

const dense = (units: number, activation = "relu") => ({ layer: "dense", units, activation });
describe("refused: plans", () => {
  it.each([
    { name: "unknown layer", parts: { network: [{ layer: "dens", units: 3 }] }, says: /network\[0\].*"dense"/ },
    { name: "unknown loss", parts: { training: { loss: "meanSquareError" } }, says: /"meanSquaredError"/ },
    { name: "unknown optimizer", parts: { training: { optimizer: "adma" } }, says: /"adam"/ },
    { name: "unknown field", parts: { training: { optimiser: "adam" } }, says: /"optimizer"/ },
    { name: "negative epochs", parts: { training: { epochs: -3 } }, says: /epochs.*-3/ },
    { name: "unknown column", parts: { data: { features: ["aa"] } }, says: /"a"/ },
    { name: "the target among the features", parts: { data: { features: ["a", "y"] } }, says: /data.features/ },
    { name: "no such source", parts: { data: { source: "tt.csv" } }, says: /"t\.csv"/ },
    {
      name: "a shape that does not fit",
      parts: { network: [{ layer: "conv2d", filters: 2, kernelSize: 3 }, dense(2)] },
      says: /network\[0\].*conv2d.*\[2\]/,
    },
    {
      name: "outputs that do not fit",
      parts: { data: { task: "regression", target: "b" }, network: [dense(3, "linear")] },
      says: /3 units.*1 column/,
    },
    {
      name: "no sequences where some are needed",
      parts: { network: [{ layer: "lstm", units: 2 }] },
      says: /network\[0\].*lstm.*\[2\]/,
    },
  ])("$name", async ({ parts, says }) => {
    const own = folder({ "t.csv": csv, "plan.json": plan("t.csv", parts) });
    expect(await refusal(join(own, "plan.json"))).toMatch(says);
  });
});
