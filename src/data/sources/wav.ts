/** WAV: bytes → samples between −1 and 1, channels averaged. */
import { counted } from "../../text.ts";
import { UserError } from "../../user-error.ts";

/** `rate`: samples per second. */
export type Sound = { rate: number; samples: Float32Array };

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** More than any recording has; the number is then a lie of the header. */
const MOST_CHANNELS = 64;
/** Of ultrasound: bats and dolphins are recorded at 500,000 samples a second, nothing audible at more than 768,000. */
const MOST_RATE = 1e6;
/** Telephones have 8,000; with fewer no band of pitch is left. */
const LEAST_RATE = 100;

type Reader = { bytes: number; read: (view: DataView, at: number) => number };

/** By code and bits; 8-bit samples have no sign. */
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

/** Throws a UserError where it is no WAV, is compressed, or holds no sound. Data that end before their stated length are read as far as they go. */
export function parseWav(bytes: Uint8Array, file: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const id = (at: number): string => new TextDecoder("latin1").decode(bytes.slice(at, at + 4));
  if (bytes.length < 12 || id(0) !== "RIFF" || id(8) !== "WAVE")
    throw new UserError("this is no WAV file.", "Convert it to WAV.", file);
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const end = Math.min(bytes.length, at + 8 + size);
    if (id(at) === "fmt ") format = formatOf(view, at + 8, end, file);
    if (id(at) === "data") return samplesOf(view, at + 8, end, format, file);
    // Chunks begin at even places.
    at += 8 + size + (size % 2);
  }
  throw new UserError("the WAV file holds no sound.", "It is damaged or cut off: get it again.", file);
}

function formatOf(view: DataView, at: number, end: number, file: string): Format {
  if (end - at < 16) throw new UserError("its header is cut off.", "Get it again.", file);
  const bits = view.getUint16(at + 14, true);
  const given = view.getUint16(at, true);
  // The code is then the beginning of a longer identifier.
  const code = given === EXTENSIBLE && end - at >= 26 ? view.getUint16(at + 24, true) : given;
  const reader = READERS[`${code}/${bits}`];
  if (!reader)
    throw new UserError(
      `its samples (format ${code}, ${bits} bits) are not read.`,
      "Convert it to WAV with 16 bits: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
      file,
    );
  const [channels, rate] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
  if (channels === 0 || channels > MOST_CHANNELS || rate < LEAST_RATE || rate > MOST_RATE)
    throw new UserError(
      `its header claims ${counted(channels, "channel")} at ${rate} Hz.`,
      "The file is damaged: get it again.",
      file,
    );
  return { reader, channels, rate };
}

function samplesOf(view: DataView, at: number, end: number, format: Format | null, file: string): Sound {
  if (!format) throw new UserError("its samples come before their format.", "It is damaged: get it again.", file);
  const { reader, channels, rate } = format;
  const step = reader.bytes * channels;
  const count = Math.floor((end - at) / step);
  if (count === 0) throw new UserError("the WAV file holds no sound.", "Get it again, or take it out.", file);
  const samples = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += reader.read(view, at + i * step + c * reader.bytes);
    samples[i] = sum / channels;
  }
  return { rate, samples };
}
