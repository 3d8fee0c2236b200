/** WAV: bytes → samples between −1 and 1, channels averaged. */

import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";

/** `rate`: samples per second. */
export type Sound = { rate: number; samples: Float32Array };

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** The most channels: no recording has more, so a larger number in the header is wrong. */
const MOST_CHANNELS = 64;
/** The highest sample rate: bats and dolphins are recorded at 500,000 samples per second, audible sound at no more than 768,000. */
const MOST_RATE = 1e6;
/** The lowest sample rate: telephones have 8,000, and with fewer samples no mel band is left. */
const LEAST_RATE = 100;

type Reader = { bytes: number; read: (view: DataView, at: number) => number };

/** Readers by format code and bits; 8-bit samples are unsigned. */
const READERS: Record<string, Reader> = {
  [`${PCM}/8`]: { bytes: 1, read: (view, at) => (view.getUint8(at) - 128) / 128 },
  [`${PCM}/16`]: { bytes: 2, read: (view, at) => view.getInt16(at, true) / 2 ** 15 },
  [`${PCM}/24`]: {
    bytes: 3,
    read: (view, at) => (view.getInt8(at + 2) * 2 ** 16 + view.getUint16(at, true)) / 2 ** 23,
  },
  [`${PCM}/32`]: { bytes: 4, read: (view, at) => view.getInt32(at, true) / 2 ** 31 },
  [`${FLOAT}/32`]: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  [`${FLOAT}/64`]: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

type Format = { reader: Reader; channels: number; rate: number };

/** Throws a UserError where it is not a WAV file, is compressed, or contains no samples. Data that end before their stated length are read as far as they go. */
export function parseWav(bytes: Uint8Array, file: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = (at: number): string => new TextDecoder("latin1").decode(bytes.slice(at, at + 4));
  if (bytes.length < 12 || id(0) !== "RIFF" || id(8) !== "WAVE")
    throw new UserError("this is not a WAV file.", "Convert it to WAV.", file);
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const end = Math.min(bytes.length, at + 8 + size);
    if (id(at) === "fmt ") format = formatOf(view, at + 8, end, file);
    if (id(at) === "data") return samplesOf(view, at + 8, end, format, file);
    // Chunks start at even offsets.
    at += 8 + size + (size % 2);
  }
  throw new UserError("the WAV file contains no samples.", "The file is damaged or cut off: get it again.", file);
}

function formatOf(view: DataView, at: number, end: number, file: string): Format {
  if (end - at < 16) throw new UserError("the header is cut off.", "Get the file again.", file);
  const bits = view.getUint16(at + 14, true);
  const given = view.getUint16(at, true);
  // In this case the code is the beginning of a longer identifier.
  const code = given === EXTENSIBLE && end - at >= 26 ? view.getUint16(at + 24, true) : given;
  const reader = READERS[`${code}/${bits}`];
  if (!reader)
    throw new UserError(
      `its sample format (code ${code}, ${bits} bits) is not supported.`,
      "Convert it to 16-bit WAV: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
      file,
    );
  const [channels, rate] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
  if (channels === 0 || channels > MOST_CHANNELS || rate < LEAST_RATE || rate > MOST_RATE)
    throw new UserError(
      `its header claims ${count(channels, "channel")} at ${rate} Hz.`,
      "The file is damaged: get it again.",
      file,
    );
  return { reader, channels, rate };
}

function samplesOf(view: DataView, at: number, end: number, format: Format | null, file: string): Sound {
  if (!format) throw new UserError("the samples come before their format.", "The file is damaged: get it again.", file);
  const { reader, channels, rate } = format;
  const step = reader.bytes * channels;
  const count = Math.floor((end - at) / step);
  if (count === 0) throw new UserError("the WAV file contains no samples.", "Get it again, or remove it.", file);
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += reader.read(view, at + i * step + c * reader.bytes);
    samples[i] = sum / channels;
  }
  return { rate, samples };
}
