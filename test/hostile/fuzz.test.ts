/** A file of any format that is cut off, or of which a bit is turned, is read or refused in a sentence. npm run bench:fuzz tries 1,000 of each. */
import { expect, it } from "vitest";
import { FORMATS, tally } from "./spoilt.ts";

// A process or a thread of its own for each file.
const SLOW = /parquet|h5|keras/;

it.each(FORMATS.map((format) => [format.name, format] as const))("%s", { timeout: 120_000 }, async (name, format) => {
  const times = SLOW.test(name) ? 4 : 20;
  const { files, failures } = await tally(format, times);
  expect(failures).toEqual([]);
  expect(files).toBe(2 * times);
});
