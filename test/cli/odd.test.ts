/** What Keras would run is diagnosed, not refused: each of these ends in a report. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixPlan } from "../../src/node.ts";
import { parseReport, toJson } from "../../src/report/report.ts";
import { renderText } from "../../src/report/text/text.ts";
import { folder, plan, sides, table } from "./help.ts";

const dense = (units: number, activation = "relu") => ({ layer: "dense", units, activation });
const thirds = (first: number) => (sum: number) => first + (sum < -0.4 ? 0 : sum < 0.4 ? 1 : 2);
const short = { epochs: 4 };
const soft = (units: number) => [dense(8), dense(units, "softmax")];

const ODD: { name: string; rows: string; parts?: Parameters<typeof plan>[1]; cause?: string }[] = [
  { name: "one class only", rows: table(60, () => "same") },
  { name: "NaN cells", rows: table(80, sides).replace(/\n[^,]*,/, "\n,"), cause: "missing-values" },
  { name: "infinite cells", rows: table(80, sides).replace(/\n[^,]*,/, "\ninf,"), cause: "missing-values" },
  { name: "fewer rows than a batch", rows: table(12, sides), parts: { training: { ...short, batchSize: 512 } } },
  { name: "labels from 1", rows: table(120, thirds(1)), parts: { network: soft(3) }, cause: "label-encoding" },
  {
    name: "one unit for three classes",
    rows: table(120, thirds(0)),
    parts: { network: [dense(8), dense(1, "sigmoid")] },
  },
  { name: "a softmax over one unit", rows: table(80, (sum) => Number(sum > 0)), parts: { network: soft(1) } },
  { name: "targets without numbers", rows: table(80, (sum, i) => (i % 4 === 0 ? "" : sides(sum))) },
  {
    name: "a constant target",
    rows: table(60, () => 2.5),
    parts: { network: [dense(4), dense(1, "linear")], training: { ...short, loss: "mse" } },
  },
  {
    name: "accuracy of a regression",
    rows: table(80, (sum) => sum * 1000),
    parts: { network: [dense(4), dense(1, "linear")], training: { ...short, loss: "mse" }, metric: "accuracy" },
  },
  { name: "no validation part", rows: table(60, sides), parts: { data: { validation: null } } },
  {
    name: "a rate that blows up",
    rows: table(80, sides),
    parts: { training: { ...short, optimizer: { name: "sgd", learningRate: 1e8 } } },
  },
];

describe("a report for each", () => {
  it.each(ODD)("$name", async ({ rows, parts, cause }) => {
    const at = folder({ "t.csv": rows, "plan.json": plan("t.csv", { training: short, ...parts }) });
    const report = await fixPlan(join(at, "plan.json"), { budget: 3, seeds: 2, threads: 1 });
    expect(parseReport(toJson(report))).toEqual(report);
    expect(renderText(report, { width: 80, colour: false, unicode: true })).toContain("checks");
    expect(report.findings.filter(({ state }) => state === "failed")).toEqual([]);
    if (cause) expect(report.causes.map(({ id }) => id)).toContain(cause);
  });
});
