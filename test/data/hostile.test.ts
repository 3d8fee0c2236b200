/** Hostile files: each is refused in one sentence, soon, and nothing is left behind. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readLargeCsv, readParquet } from "../../src/data/node/duckdb.ts";
import { readSource } from "../../src/data/node/load.ts";
import { find } from "../../src/data/node/read.ts";
import type { UserError } from "../../src/user-error.ts";

type Fixtures = { refused: Record<string, string>; escape: string; bomb: string; parquet: Record<string, string> };
const fixtures: Fixtures = JSON.parse(readFileSync(new URL("../fixtures/arrays.json", import.meta.url), "utf8"));
const decoded = (file: string) => Buffer.from(file, "base64");
const { snappy, outside, lists } = fixtures.parquet;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hostile-"));
  mkdirSync(join(folder, "tmp"));
  vi.stubEnv("TMPDIR", join(folder, "tmp"));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return name;
};

/** The sentence it is refused with; temporary files would lie in `tmp`. */
async function refusal(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
  } catch (error) {
    const { name, message, fact, todo } = error as UserError;
    expect([name, Boolean(fact), Boolean(todo), readdirSync(join(folder, "tmp"))]).toEqual([
      "UserError",
      true,
      true,
      [],
    ]);
    return message;
  }
  return "";
}

const many = (n: number, cell: string) => new Array<string>(n).fill(cell).join(",");
const open = `a,b\n1,2\n3,"4\n${"5,6\n".repeat(2000)}`;

describe("by our own readers", () => {
  it.each<[string, () => string | Uint8Array, RegExp]>([
    ["bomb.csv.gz", () => gzipSync("1,2\n".repeat(17e6)), /larger than 0\.1 GB/],
    ["wide.csv", () => `${many(200_000, "a")}\n${many(200_000, "1")}\n`, /200000 columns/],
    ["long.csv", () => "a".repeat(3e6), /line 1 is longer/],
    ["hollow.csv", () => `${many(60_000, "a")}\n${"\n".repeat(1e6)}${many(60_000, "1")}\n`, /^$/],
    ["quote.csv", () => open, /line 3 is never closed/],
    ["objects.npy", () => decoded(fixtures.refused["objects"]), /pickle/],
    ["escape.npz", () => decoded(fixtures.escape), /outside/],
    ["bomb.npz", () => gunzipSync(decoded(fixtures.bomb)), /80000128 bytes/],
    ["not.npz", () => "PK\x03\x04 and no more", /damaged/],
    ["pickle.npy", () => Buffer.from("\x80\x04\x95cposix\nsystem\n", "latin1"), /no \.npy/],
  ])("%s", async (name, content, says) => {
    put(name, content());
    expect(await refusal(() => readSource(name, ["y"], folder))).toMatch(says);
  });
});

describe("by DuckDB", () => {
  it.each<[string, () => string | Uint8Array, RegExp]>([
    ["cut.parquet", () => decoded(snappy).subarray(0, 900), /cut off/],
    ["end.parquet", () => Buffer.concat([decoded(snappy).subarray(0, 300), decoded(snappy).subarray(-600)]), /cut off/],
    ["outside.parquet", () => decoded(outside), /other files/],
    ["lists.parquet", () => decoded(lists), /"a" holds/],
    ["text.parquet", () => "a,b\n1,2\n", /no Parquet/],
  ])("%s", async (name, content, says) => {
    put(name, content());
    expect(await refusal(() => readParquet(find(folder, name)))).toMatch(says);
  });
  it.each<[string, () => string | Uint8Array, RegExp]>([
    ["quote-late.csv", () => `a,b\n${"1,2\n".repeat(600_000)}3,"4\n${"5,6\n".repeat(2000)}`, /never closed/],
    ["ragged-late.csv", () => `a,b\n${"1,2\n".repeat(600_000)}3\n5,6\n`, /line 600002 has 1 cells/],
    ["long-late.csv", () => `a,b\n${"1,2\n".repeat(600_000)}${"9".repeat(5e6)},1\n5,6\n`, /longer than 2 MB/],
    ["quote-long.csv", () => `a,b\n${"1,2\n".repeat(600_000)}3,"4\n${"5,6\n".repeat(5e6)}`, /never closed/],
    ["bomb-late.csv.gz", () => gzipSync(`a,b\n${"1,2\n".repeat(17e6)}`), /larger than 0\.1 GB/],
  ])("%s", async (name, content, says) => {
    put(name, content());
    expect(await refusal(() => readLargeCsv(find(folder, name)))).toMatch(says);
  });
  it.each([
    [{ table: 1e6 }, /GB of memory/],
    [{ seconds: 0.05 }, /longer than/],
    [{ memory: 5e7 }, /memory/],
  ])("limit %j", async (limit, says) => {
    put("limited.csv", `a,b\n${"1,2\n".repeat(100_000)}`);
    const limits = { seconds: 60, memory: 2 ** 30, table: 1e9, ...limit };
    expect(await refusal(() => readLargeCsv(find(folder, "limited.csv"), limits))).toMatch(says);
  });
});
