/** What every reader keeps to: call `readerConforms` with it, its samples, and those of the others in a test. */
import { describe, expect, it } from "vitest";
import { diagnose } from "../../src/causes/diagnose.ts";
import type { Files } from "../../src/readers/files.ts";
import { filesOf } from "../../src/readers/node/files.ts";
import type { Reader } from "../../src/readers/reader.ts";
import { UserError } from "../../src/user-error.ts";

/** Files in memory, by name. */
export type Sample = Readonly<Record<string, Uint8Array>>;

/** A sample of one file is that file; of several, a folder. */
export function filesIn(path: string, sample: Sample): Files {
  const names = Object.keys(sample).sort();
  const bytes = (name: string) => sample[name] ?? new Uint8Array();
  if (names.length === 1) return { ...filesOf(path, bytes(names[0])), names };
  return { path, folder: true, names, head: (name) => bytes(name).subarray(0, 2 ** 16), bytes };
}

// Reading a log of a megabyte takes far less, even on a busy machine.
const MOST_SECONDS = 5;

/** A log as a crash, a full disk or a bad copy leaves it: cut off, or with other bytes in it. */
function* damages(sample: Sample): Generator<Sample> {
  for (const [name, bytes] of Object.entries(sample)) {
    for (const share of [0, 0.1, 0.5, 0.9, 0.99])
      yield { ...sample, [name]: bytes.subarray(0, Math.floor(share * bytes.length)) };
    for (const [at, value] of [3, 5, 7].flatMap((n) => [0, 34, 255].map((v) => [n, v])))
      yield { ...sample, [name]: bytes.map((byte, i) => (i % (at * 97) === at ? value : byte)) };
  }
}

export function readerConforms(reader: Reader, samples: readonly Sample[], others: readonly Sample[]): void {
  describe(`the reader ${reader.id}`, () => {
    it("recognises its own samples, and none of the others", () => {
      expect(samples.length, `add samples of ${reader.id} to test/readers/samples.ts`).toBeGreaterThan(0);
      expect(samples.map((sample) => reader.recognises(filesIn("log", sample)))).toEqual(samples.map(() => true));
      expect(others.map((sample) => reader.recognises(filesIn("log", sample)))).toEqual(others.map(() => false));
    });

    it("reads what a diagnosis can be made of, the same each time, and names what it read", () => {
      for (const sample of samples) {
        const { known, notes, read } = reader.read(filesIn("log", sample));
        expect(known.version).toBe(1);
        expect(known.epochs?.length ?? known.steps?.loss?.length).toBeGreaterThan(0);
        expect(diagnose(known).findings.filter(({ state }) => state === "failed")).toEqual([]);
        expect(read.length).toBeGreaterThan(0);
        for (const { format, series, path } of read) {
          expect([format, path]).toEqual([reader.id, "log"]);
          expect(Object.keys(series).length).toBeGreaterThan(0);
          for (const { points } of Object.values(series)) expect(points).toBeGreaterThan(0);
        }
        expect(notes.every((note) => note.length > 0)).toBe(true);
        expect(reader.read(filesIn("log", sample))).toEqual({ known, notes, read });
        expect(structuredClone(known)).toEqual(known);
      }
    });

    it("reads what is damaged as far as it goes, or refuses it as a user's error, and soon", () => {
      for (const sample of samples)
        for (const damaged of damages(sample)) {
          const files = filesIn("log", damaged);
          const began = performance.now();
          try {
            if (reader.recognises(files)) reader.read(files);
          } catch (error) {
            expect(error).toBeInstanceOf(UserError);
          }
          expect((performance.now() - began) / 1000).toBeLessThan(MOST_SECONDS);
        }
    });
  });
}
