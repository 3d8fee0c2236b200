/** Folders of sounds: WAV of any usual kind, spectrograms as librosa makes them, one length for all. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { workOf } from "../../src/cli/what.ts";
import { sourceRow } from "../../src/data/dataset.ts";
import { loadDataset } from "../../src/data/node/load.ts";
import { prepare } from "../../src/data/prepare.ts";
import { profile } from "../../src/data/profile.ts";
import { BANDS, framesIn, logMel } from "../../src/data/sources/mel.ts";
import { parseWav } from "../../src/data/sources/wav.ts";
import { parsePlan } from "../../src/plan/plan.ts";

type Kind = { code: number; bits: number; channels?: number; rate?: number; extensible?: boolean };

const WRITERS: Record<string, (view: DataView, at: number, value: number) => void> = {
  "1/8": (view, at, value) => view.setUint8(at, Math.round(128 + 127 * value)),
  "1/16": (view, at, value) => view.setInt16(at, Math.round(32767 * value), true),
  "1/24": (view, at, value) => {
    const whole = Math.round((2 ** 23 - 1) * value);
    view.setUint16(at, whole & 0xffff, true);
    view.setInt8(at + 2, whole >> 16);
  },
  "1/32": (view, at, value) => view.setInt32(at, Math.round((2 ** 31 - 1) * value), true),
  "3/32": (view, at, value) => view.setFloat32(at, value, true),
  "3/64": (view, at, value) => view.setFloat64(at, value, true),
};

function chunk(id: string, body: Uint8Array): Buffer {
  const head = Buffer.from(`${id}....`);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

/** `samples`: those of all channels, one after the other. */
function wav(samples: ArrayLike<number>, { code, bits, channels = 1, rate = 8000, extensible = false }: Kind): Buffer {
  const data = new DataView(new ArrayBuffer((samples.length * bits) / 8));
  for (let i = 0; i < samples.length; i++)
    (WRITERS[`${code}/${bits}`] ?? WRITERS["1/16"])(data, (i * bits) / 8, samples[i]);
  const form = Buffer.alloc(extensible ? 40 : 16);
  form.writeUInt16LE(extensible ? 0xfffe : code, 0);
  form.writeUInt16LE(channels, 2);
  form.writeUInt32LE(rate, 4);
  form.writeUInt16LE(bits, 14);
  if (extensible) form.writeUInt16LE(code, 24);
  const chunks = [chunk("LIST", Buffer.from("odd")), chunk("fmt ", form), chunk("data", new Uint8Array(data.buffer))];
  return Buffer.concat([Buffer.from("RIFF\0\0\0\0WAVE"), ...chunks]);
}

const S16: Kind = { code: 1, bits: 16 };
const tone = (hertz: number, seconds: number, rate = 8000): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hertz * i) / rate));

describe("WAV", () => {
  it.each([
    { code: 1, bits: 8 },
    S16,
    { code: 1, bits: 24 },
    { code: 1, bits: 32 },
    { code: 3, bits: 32 },
    { code: 3, bits: 64 },
    { code: 1, bits: 24, extensible: true },
    { code: 3, bits: 32, extensible: true },
  ])("%j", (kind) => {
    const given = [0, 0.5, -0.5, 0.99, -0.99];
    const { rate, samples } = parseWav(wav(given, kind), "a.wav");
    expect(rate).toBe(8000);
    expect(samples).toHaveLength(5);
    const step = 2 / 2 ** Math.min(kind.bits, 24);
    for (const [i, value] of given.entries()) expect(Math.abs(samples[i] - value)).toBeLessThanOrEqual(2 * step);
  });

  it("of two channels is their mean", () => {
    const { samples } = parseWav(wav([0.5, 0, -0.5, -0.5], { code: 3, bits: 32, channels: 2 }), "a.wav");
    expect([...samples]).toEqual([0.25, -0.5]);
  });

  it("that was cut off is read as far as it goes", () => {
    const whole = wav([0.5, 0.25, 0.125], { code: 3, bits: 32 });
    expect([...parseWav(whole.subarray(0, whole.length - 2), "a.wav").samples]).toEqual([0.5, 0.25]);
  });

  const broken = wav([0.5], S16);
  const lie = (at: number, value: number): Buffer => {
    const copy = Buffer.from(broken);
    copy.writeUInt16LE(value, broken.indexOf("fmt ") + 8 + at);
    return copy;
  };
  it.each([
    ["no WAV", Buffer.from("ID3 something else"), /no WAV/],
    ["no samples", wav([], S16), /holds no sound/],
    ["no data", broken.subarray(0, 40), /holds no sound|cut off/],
    ["compressed", wav([0.5], { code: 85, bits: 16 }), /format 85, 16 bits/],
    ["no channels", lie(2, 0), /0 channels/],
    ["too many channels", lie(2, 60_000), /60,000 channels/],
    ["no rate", lie(4, 0), /at 0 Hz/],
    ["empty", Buffer.alloc(0), /no WAV/],
  ])("refused: %s", (_, bytes, why) => {
    expect(() => parseWav(bytes, "a.wav")).toThrow(why);
  });
});

describe("log-mel spectrogram", () => {
  const reference: Record<string, number[][]> = JSON.parse(
    readFileSync(new URL("../fixtures/mel.json", import.meta.url), "utf8"),
  );

  it.each(Object.keys(reference).map(Number))("as librosa makes it, at %i Hz", (rate) => {
    const sound = Float32Array.from({ length: Math.floor(0.1 * rate) }, (_, i) => {
      const t = i / rate;
      return 0.5 * Math.sin(2 * Math.PI * 440 * t) + 0.25 * Math.sin(2 * Math.PI * (1000 + 9000 * t) * t);
    });
    const wanted = reference[rate];
    expect(framesIn(0.1)).toBe(wanted.length);
    const found = new Float32Array(wanted.length * BANDS);
    logMel(sound, rate, wanted.length, rate / 2, found);
    for (const [i, value] of wanted.flat().entries()) expect(found[i]).toBeCloseTo(value, 3);
  });

  it("tells pitch and loudness whatever the rate", () => {
    const [low, high] = [8000, 44100].map((rate) => {
      const found = new Float32Array(BANDS);
      logMel(tone(1000, 0.03, rate), rate, 1, 4000, found);
      return found;
    });
    const loudest = low.indexOf(Math.max(...low));
    expect(high.indexOf(Math.max(...high))).toBe(loudest);
    expect(high[loudest]).toBeCloseTo(low[loudest], 0);
  });

  it("of silence is its floor", () => {
    const found = new Float32Array(2 * BANDS);
    logMel(new Float32Array(10), 8000, 2, 4000, found);
    expect(found.every((value) => value === Math.fround(Math.log(1e-10)))).toBe(true);
  });
});

describe("a folder of sounds", () => {
  const at = mkdtempSync(join(tmpdir(), "unstuck-sounds-"));
  const write = (path: string, bytes: Uint8Array): void => {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), bytes);
  };
  const planOf = (source: string, more: object = {}) =>
    parsePlan({
      data: { source, target: "word", ...more },
      network: [
        { layer: "lstm", units: 4 },
        { layer: "dense", units: 2, activation: "softmax" },
      ],
    });
  const load = (source: string, more: object = {}, memory?: number) =>
    loadDataset(planOf(source, more), at, [], memory);
  write("words/no/a.wav", wav(tone(500, 0.3), S16));
  write("words/no/b.wav", wav(tone(500, 0.2), { code: 3, bits: 32 }));
  write("words/yes/a.wav", wav(tone(1500, 0.3), S16));
  write("words/yes/fast.wav", wav(tone(1500, 0.3, 16000), { ...S16, rate: 16000 }));
  write("words/yes/broken.wav", Buffer.from("x"));
  write("other/no/long.wav", wav(tone(500, 0.5), S16));
  write("other/yes/short.wav", wav(tone(1500, 0.05), S16));
  write("lone/a/a.wav", Buffer.from("x"));
  write("lone/b/a.wav", Buffer.from("x"));
  write("hour/a/a.wav", wav(new Float32Array(8000 * 11), { code: 1, bits: 8 }));
  write("hour/b/a.wav", wav(tone(500, 1), S16));

  it("is a row of frames × bands for each, as long as the longest", async () => {
    const { table, notes } = await load("words");
    expect([table.rows, table.shape]).toEqual([4, [framesIn(0.3), BANDS]]);
    expect(table.target).toMatchObject({ names: ["no", "yes"], columns: ["word"] });
    const loudest = (row: number) => {
      const frame = table.x.subarray(row * table.shape[0] * BANDS, (row * table.shape[0] + 1) * BANDS);
      return frame.indexOf(Math.max(...frame));
    };
    expect([loudest(0) === loudest(1), loudest(2) === loudest(3), loudest(0) < loudest(2)]).toEqual([true, true, true]);
    const all = notes.join("\n");
    expect(all).toContain(`${framesIn(0.3)} frames`);
    expect(all).toContain("1 of 4 sounds are shorter");
    expect(all).toContain("1 have 16000");
    expect(all).toMatch(/1 of 5 sounds cannot be read.*broken.wav \(this is no WAV file\)/);
  });

  it("is told by its files, and of cells", async () => {
    const [plan, dataset] = [planOf("words"), await load("words")];
    expect(sourceRow(dataset, 0)).toEqual({ part: "source", row: 0, file: "no/a.wav" });
    expect(profile(plan, dataset, prepare(plan, dataset, 1, 2)).columns.map(({ name }) => name)).toEqual(["cells"]);
  });

  it("of validation takes the form of the training source", async () => {
    const { validation, notes } = await load("words", { validation: { source: "other" } });
    expect(validation!.shape).toEqual([framesIn(0.3), BANDS]);
    expect(notes.join()).toMatch(/other: 1 of 2 sounds are shorter.*other: 1 of 2 sounds are longer/);
  });

  it("is cut off after ten seconds", async () => {
    const { table, notes } = await load("hour");
    expect(table.shape[0]).toBe(framesIn(10));
    expect(notes.join()).toContain("1 of 2 sounds are longer");
  });

  it("is read from disk where it does not fit in memory", async () => {
    const near = (await load("hour")).table;
    // Written anew: what was read last is remembered.
    writeFileSync(join(at, "hour/b/a.wav"), wav(tone(500, 1), S16));
    const far = (await load("hour", {}, 1)).table;
    expect(far.x).toHaveLength(0);
    const size = near.x.length / near.rows;
    const row = new Float32Array(size);
    far.stored!.read(1, row, 0);
    expect(row).toEqual(near.x.slice(size));
  });

  it("gets a plan of its own", async () => {
    const { plan } = await workOf(join(at, "words"), {});
    expect(plan.data).toMatchObject({ source: "words", target: "class", scale: "standard" });
    expect(JSON.stringify(plan.network)).toContain("conv1d");
  });

  it("is refused where nothing can be read", async () => {
    await expect(load("lone")).rejects.toThrow(/a\/a.wav: this is no WAV file.*ffmpeg/);
  });
});
