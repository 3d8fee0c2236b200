/** Every reader conforms; each has samples of its own in samples.ts. */
import { expect, it } from "vitest";
import { readers } from "../../src/readers/index.ts";
import { filesIn, readerConforms } from "../conformance/readers.ts";
import { samples } from "./samples.ts";

for (const reader of readers) {
  const others = Object.entries(samples).flatMap(([id, some]) => (id === reader.id ? [] : some));
  readerConforms(reader, samples[reader.id] ?? [], others);
}

it("a run that was stopped says so, and counts damaged lines", () => {
  const [whole] = samples["unstuck"];
  const lines = new TextDecoder().decode(whole["events.ndjson"]).split("\n");
  const third = lines.findIndex((line) => line.includes('"type":"epoch"') && line.includes('"epoch":3'));
  const text = [...lines.slice(0, 2), "damaged", ...lines.slice(2, third + 1)].join("\n");
  const [unstuck] = readers;
  const { known, notes, read } = unstuck.read(
    filesIn("log", { ...whole, "events.ndjson": new TextEncoder().encode(`${text}\n`) }),
  );
  expect(known.epochs?.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  expect(known.end?.reason).toBe("stopped");
  expect(read[0].skipped).toBe(1);
  expect(notes.join()).toContain("unstuck train log");
});
