/** JSON of ours: numbers that are none survive; what is read by hand is neat. */
import { expect, it } from "vitest";
import { neatJson, readJson, writeJson } from "../src/json.ts";

it("keeps NaN and the infinities", () => {
  const value = { a: [1, Number.NaN, Number.NEGATIVE_INFINITY], b: { c: Number.POSITIVE_INFINITY }, d: null };
  expect(readJson(writeJson(value))).toEqual(value);
});

it("what fits into a line stands in one, and says the same", () => {
  const value = {
    empty: [{}, []],
    "a\n\"b'": "[ 1 ] { x",
    rows: Array.from({ length: 200 }, (_, i) => i),
    network: Array.from({ length: 3 }, (_, i) => ({ layer: "dense", units: 10 ** i, activation: "relu" })),
  };
  const text = neatJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain('    { "layer": "dense", "units": 10, "activation": "relu" },\n');
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(110);
  expect(text.split("\n").length).toBeLessThan(25);
});
