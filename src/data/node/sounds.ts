/** Reads the sounds of a folder as log-mel spectrograms of one length. */

import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { value as shown } from "../../text.ts";
import { UserError } from "../../user-error.ts";
import { count } from "../../words.ts";
import type { SoundForm, Tensor } from "../source.ts";
import { BANDS, framesIn, logMel } from "../sources/mel.ts";
import { parseWav, type Sound } from "../sources/wav.ts";
import { reasons, sink } from "./disk.ts";

/** The most seconds: sounds to be classified last a few seconds, and a longer one would make all others as long. */
const MOST_SECONDS = 10;

/** The most bytes of a file; a sound of a few seconds is smaller. */
const MOST_BYTES = 2 ** 28;

/** `broken`: why a file could not be read, by its index in `paths`; the other rows keep their order. */
type Sounds = { tensor: Tensor; sounds: SoundForm; broken: Map<number, string>; notes: string[] };

export function readSounds(
  folder: string,
  paths: readonly string[],
  like: SoundForm | null,
  memory: number,
  place: string,
): Sounds {
  // Every file is read twice, because the longest decides the form, and all sounds together may not fit in memory.
  const heads = paths.map((path) => {
    const sound = soundOf(folder, path);
    return typeof sound === "string" ? sound : { rate: sound.rate, seconds: sound.samples.length / sound.rate };
  });
  const broken = reasons(heads);
  const readable = heads.filter((head) => typeof head !== "string");
  if (readable.length === 0)
    throw new UserError(
      `none of its sounds can be read; ${shown(paths[0])}: ${broken.get(0)}`,
      "Convert them to 16-bit WAV: ffmpeg -i IN -c:a pcm_s16le OUT.wav",
      place,
    );
  const rates = byCount(readable.map(({ rate }) => rate));
  const longest = readable.reduce((most, { seconds }) => Math.max(most, seconds), 0);
  const form = like ?? { frames: framesIn(Math.min(MOST_SECONDS, longest)), top: rates[0][0] / 2 };
  const rows = sink(readable.length, [form.frames, BANDS], { floats: true, memory });
  const row = new Float32Array(form.frames * BANDS);
  for (const [i, path] of paths.entries()) {
    const sound = broken.get(i) ?? soundOf(folder, path);
    if (typeof sound === "string") continue;
    logMel(sound.samples, sound.rate, form.frames, form.top, row);
    rows.add(row);
  }
  return { tensor: rows.done(), sounds: form, broken, notes: notesOn(readable, form) };
}

/** The sound, or the reason why it could not be read. */
function soundOf(folder: string, path: string): Sound | string {
  try {
    const full = join(folder, path);
    if (statSync(full).size > MOST_BYTES) return `the file is larger than ${MOST_BYTES / 2 ** 20} MiB.`;
    return parseWav(readFileSync(full), path);
  } catch (error) {
    return error instanceof UserError ? error.fact : "it cannot be read.";
  }
}

function byCount(values: readonly number[]): [value: number, count: number][] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function notesOn(readable: readonly { rate: number; seconds: number }[], { frames, top }: SoundForm): string[] {
  const notes = [
    `Sounds are read as log-mel spectrograms: ${count(frames, "frame")}, one every 10 ms, of ${BANDS} bands from 0 to ${top} Hz.`,
  ];
  const shorter = readable.filter(({ seconds }) => framesIn(seconds) < frames).length;
  const longer = readable.filter(({ seconds }) => framesIn(seconds) > frames).length;
  if (shorter > 0)
    notes.push(
      `${shorter} of ${readable.length} sounds ${shorter === 1 ? "is" : "are"} shorter and padded with silence.`,
    );
  if (longer > 0)
    notes.push(`${longer} of ${readable.length} sounds ${longer === 1 ? "is" : "are"} longer and cut off.`);
  const others = byCount(readable.map(({ rate }) => rate)).filter(([rate]) => rate !== 2 * top);
  if (others.length > 0)
    notes.push(
      `Sample rates differ from ${2 * top} Hz: ${others.map(([rate, sounds]) => `${count(sounds, "sound")} at ${rate} Hz`).join(", ")}. The bands are the same for all; those above half of a sample rate are silent.`,
    );
  return notes;
}
