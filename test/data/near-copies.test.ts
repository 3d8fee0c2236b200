/** Near copies: told from rows that lie near by chance, on tables whose truth is known. */
import { describe, expect, test } from "vitest";
import { prepare } from "../../src/data/prepare.ts";
import { permutation, stream, uniform } from "../../src/random.ts";
import { csv, datasetOf, planOf } from "./helpers.ts";
import { copied, gauss, names, noisy, of, ofImages, type Rows, told } from "./tables.ts";

describe("near copies: none", () => {
  const cases: Record<string, () => Rows> = {
    "independent rows, 1 column": () => gauss(400, 1, 1),
    "independent rows, 2 columns": () => gauss(400, 2, 2),
    "independent rows, 12 columns": () => gauss(400, 12, 3),
    "columns of very different size": () => gauss(400, 5, 4).map(([a, ...rest]) => [1000 * a, ...rest]),
    XOR: () => Array.from({ length: 400 }, (_, i) => [i % 2, (i >> 1) % 2]),
    "one-hot": () => Array.from({ length: 400 }, (_, i) => names(30).map((_, c) => Number(c === (i * 7) % 30))),
    "five levels in 4 columns": () =>
      gauss(600, 4, 5).map((row, i) => row.map((_, c) => Math.floor(5 * uniform(stream(2), 4 * i + c)))),
    "twelve flags": () => gauss(600, 12, 6).map((row) => row.map((value) => Number(value > 0))),
    "flags that are rarely set": () => gauss(600, 12, 7).map((row) => row.map((value) => Number(value > 1.2))),
    "flowers to a tenth": () => gauss(150, 4, 8).map((row) => row.map((v) => Math.round(5 * (row[0] + v)) / 10)),
    "half of the cells 0": () => gauss(600, 6, 9).map((row) => row.map((value) => Math.max(0, value))),
    "a full grid": () =>
      Array.from({ length: 625 }, (_, i) => [
        i % 5,
        Math.floor(i / 5) % 5,
        Math.floor(i / 25) % 5,
        Math.floor(i / 125),
      ]),
    "windows of a series": () =>
      Array.from({ length: 500 }, (_, i) => names(10).map((_, k) => Math.sin((i + k) / 9) + (i + k) / 500)),
    "a spiral": () => Array.from({ length: 500 }, (_, i) => [i * Math.cos(i / 40), i * Math.sin(i / 40)]),
    "clusters of 60": () =>
      gauss(5, 4, 10).flatMap((centre, k) =>
        gauss(60, 4, 20 + k).map((row) => row.map((v, c) => 5 * centre[c] + v / 10)),
      ),
    "towns that share their numbers": () =>
      gauss(50, 6, 11).flatMap((town, k) => gauss(8, 5, 40 + k).map((row) => [...town, ...row])),
    "missing cells": () => gauss(400, 6, 12).map((row) => row.map((value) => (value > 0.5 ? Number.NaN : value))),
    "hardly a cell known": () =>
      gauss(400, 6, 13).map((row) => row.map((value) => (value > -1.2 ? Number.NaN : value))),
    "a few rows without a known cell": () =>
      gauss(400, 8, 16).map((row, i) => (i % 25 === 0 ? row.map(() => Number.NaN) : row)),
    "a few blank rows": () => gauss(400, 8, 17).map((row, i) => (i % 25 === 0 ? row.map(() => 0) : row)),
    "towns far from each other": () =>
      gauss(60, 6, 18).flatMap((town, k) => gauss(8, 6, 120 + k).map((row) => [...town.map((v) => 5 * v), ...row])),
    "equal rows everywhere, all constant": () => gauss(100, 3, 14).map(() => [1, 2, 3]),
    "a single pair": () => {
      const rows = gauss(200, 6, 15);
      return rows.map((row, i) => (i % 2 === 0 && i < 4 ? rows[0] : row));
    },
  };
  test.each(Object.entries(cases))("%s", (_, make) => {
    expect(of(make()).nearCopies).toEqual({ share: 0 });
  });
  test("unknown without validation rows, and with few rows", () => {
    expect(of(gauss(200, 4, 1), undefined, { validation: null }).nearCopies).toBeUndefined();
    expect(of(gauss(45, 4, 1)).nearCopies).toBeUndefined();
  });
});

describe("near copies: most", () => {
  const cases: Record<string, () => Rows> = {
    "each row three times": () => copied(gauss(150, 6, 1), 3, 0),
    "each row three times, of five levels": () =>
      copied(
        gauss(150, 20, 2).map((row) => row.map((v) => Math.round(2 * v))),
        3,
        0,
      ),
    "each row three times, half of the columns flags": () =>
      copied(
        gauss(150, 12, 3).map((row) => row.map((v, c) => (c % 2 ? v : Number(v > 0)))),
        3,
        0,
      ),
    "three noisy copies": () => copied(gauss(150, 6, 4), 3, 0.02),
    "ten noisy copies": () => copied(gauss(45, 20, 5), 10, 0.2),
    "noisy copies of unequal columns": () =>
      copied(gauss(150, 8, 6), 3, 0.05).map((row) => row.map((v, c) => v * 10 ** (c - 4))),
    "copies with missing cells": () =>
      copied(gauss(150, 8, 7), 3, 0.01).map((row, i) => row.map((v, c) => ((3 * i + c) % 40 === 0 ? Number.NaN : v))),
    // The edges are dark but for the noise, which must not count as much as the ink.
    "rounded images as a table": () =>
      copied(
        gauss(45, 64, 8).map((row) => row.map((v, c) => (c % 3 === 0 ? 0 : 5 * v))),
        10,
        0.7,
      ).map((row) => row.map(Math.round)),
  };
  test.each(Object.entries(cases))("%s", (_, make) => {
    expect(of(make()).nearCopies!.share).toBeGreaterThan(0.6);
  });
  test("the share counts the rows that have one, whatever their target", () => {
    const rows = gauss(300, 8, 1);
    const plan = planOf({ task: "classification" });
    const all = [...rows, ...noisy(rows.slice(0, 100), 0.001, 2)];
    const dataset = datasetOf(
      csv([...names(8), "y"].join(","), all.length, (i) => [...all[i], (i * 7) % 3]),
      plan,
    );
    const prepared = prepare(plan, dataset, 1, 3);
    const partner = (row: number): number => (row < 100 ? row + 300 : row >= 300 ? row - 300 : row);
    const train = new Set(prepared.train);
    const pairs = prepared.validation.filter((row) => train.has(partner(row)));
    const { share, example } = told(dataset, prepared).nearCopies!;
    expect(share).toBeCloseTo(pairs.length / prepared.validation.length, 10);
    expect(example).toEqual({ validation: pairs[0], train: partner(pairs[0]) });
  });
  test("the example tells rows of the files", () => {
    const rows = gauss(200, 5, 3);
    const header = "a,b,c,d,e,y";
    const text = (of: Rows): string => csv(header, of.length, (i) => [...of[i], i % 2]);
    const plan = planOf({ task: "classification", drop: [0, 1], validation: { source: "val.csv" } });
    const own = [...gauss(20, 5, 4), ...rows.slice(50, 70)];
    const dataset = datasetOf(text(rows), plan, { validation: text(own) });
    const found = told(dataset, prepare(plan, dataset, 1, 2)).nearCopies;
    expect(found).toEqual({ share: 0.5, example: { validation: 20, train: 50 } });
  });
  test("images that differ by noise", () => {
    const images = gauss(120, 400, 1).map((row) => row.map((v, i) => v + Math.sin(i / 37)));
    const order = permutation(360, stream(5));
    const all = copied(images, 3, 0.1);
    expect(
      ofImages(
        Array.from(order, (i) => all[i]),
        20,
      ).nearCopies!.share,
    ).toBeGreaterThan(0.8);
    expect(ofImages(images, 20).nearCopies).toEqual({ share: 0 });
    expect(
      ofImages(
        images.map((row, i) => (i % 2 ? row.map(() => 0) : row)),
        20,
      ).nearCopies,
    ).toEqual({ share: 0 });
  });
  test("rows that resampling repeats are not copies", () => {
    const rows = gauss(300, 6, 1);
    expect(of(rows, (i) => Number(i % 9 === 0), { resample: "over" }).nearCopies).toEqual({ share: 0 });
  });
});
