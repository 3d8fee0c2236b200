/** Keeps a run as a folder of plain files that survives a kill at any moment: what was written stays readable. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import type { Task } from "../../data/dataset.ts";
import type { Checkpoint, TrainEvent } from "../../engine/events.ts";
import { makeFolder } from "../../files/node/folder.ts";
import { writeWhole } from "../../files/node/write.ts";
import { readJson, writeJson } from "../../json.ts";
import { UserError } from "../../user-error.ts";
import { type NamedWeights, readSafetensors, writeSafetensors } from "../../weights.ts";
import { emptyRun, type Run, record } from "../run.ts";

/** What a run was of: enough to repeat it. */
export type RunHead = {
  version: 1;
  unstuck: string;
  /** The file of the plan; its paths are relative to it. */
  plan: string;
  given: Record<string, unknown>;
  seed: number;
  /** As many threads again give the same bits again. */
  threads: number;
  task: Task;
  /** Fingerprint of the rows that were trained on and judged. */
  data: string;
  /** Fingerprint of the weights that layers started from, where the plan names files of them. */
  weights?: string;
};

const HEAD = "run.json";
const EVENTS = "events.ndjson";
const CHECKPOINT = "checkpoint";
const WEIGHTS = "weights.safetensors";

export class RunWriter {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** A new folder `NAME-1`, `NAME-2` … under `parent`. */
  static create(parent: string, name: string, head: RunHead): RunWriter {
    makeFolder(parent);
    const folder = numbered(parent, name);
    try {
      writeWhole(join(folder, HEAD), `${writeJson(head, 2)}\n`);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
    return new RunWriter(folder);
  }

  /** Goes on where a run was left; a last line cut short by a kill is taken away. */
  static resume(folder: string): RunWriter {
    const path = join(folder, EVENTS);
    if (existsSync(path)) truncateSync(path, readFileSync(path).lastIndexOf(10) + 1);
    return new RunWriter(folder);
  }

  /** Appends one event; a checkpoint replaces the one before, and weights have a file of their own. */
  write(event: TrainEvent): void {
    if (event.type === "checkpoint") writeWhole(join(this.folder, CHECKPOINT), pack(event.checkpoint));
    else if (event.type === "weights") writeWhole(join(this.folder, WEIGHTS), writeSafetensors(event.weights));
    else appendFileSync(join(this.folder, EVENTS), `${writeJson(event)}\n`);
  }
}

/** A new folder of the next free number; two trainings that begin together get two. */
function numbered(parent: string, name: string): string {
  const taken = new Set(readdirSync(parent));
  for (let n = 1; ; n++) {
    if (taken.has(`${name}-${n}`)) continue;
    const folder = join(parent, `${name}-${n}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

export const isRun = (path: string): boolean => existsSync(join(path, HEAD)) && statSync(path).isDirectory();

/** Reads a run, also one that was killed: a last line cut short is left out. */
export function readRun(folder: string): { head: RunHead; run: Run; checkpoint: Checkpoint | null } {
  if (!isRun(folder))
    throw new UserError(
      "this is no run of unstuck.",
      `A run is a folder with ${HEAD}, as unstuck train keeps it.`,
      folder,
    );
  const head = readHead(join(folder, HEAD));
  const path = join(folder, EVENTS);
  const lines = existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  let run = emptyRun(head.seed);
  for (const line of lines) {
    const event = parsed(line);
    if (event) run = record(run, event);
  }
  const at = join(folder, CHECKPOINT);
  return { head, run, checkpoint: existsSync(at) ? unpack(readFileSync(at)) : null };
}

/** The weights of a run that has ended; null: there are none. */
export function readRunWeights(folder: string): NamedWeights | null {
  const path = join(folder, WEIGHTS);
  return existsSync(path) ? readSafetensors(readFileSync(path)) : null;
}

function readHead(path: string): RunHead {
  try {
    const head = readJson(readFileSync(path, "utf8")) as RunHead;
    if (head.version === 1) return head;
  } catch {
    // Not ours, or cut short: told below.
  }
  throw new UserError("this is no run of unstuck, or it is damaged.", "Train the plan again.", path);
}

function parsed(line: string): TrainEvent | null {
  try {
    return line ? (readJson(line) as TrainEvent) : null;
  } catch {
    return null; // cut short by a kill
  }
}

/** One line of JSON (names and lengths), then the numbers, little-endian float32. */
function pack({ state, ...rest }: Checkpoint): Uint8Array {
  const tensors = Object.entries(state).map(([name, values]) => [name, values.length]);
  const head = Buffer.from(`${writeJson({ ...rest, tensors })}\n`);
  return Buffer.concat([head, ...Object.values(state).map((v) => Buffer.from(v.buffer, v.byteOffset, v.byteLength))]);
}

function unpack(bytes: Buffer): Checkpoint {
  const end = bytes.indexOf(10);
  const { tensors, ...rest } = readJson(bytes.toString("utf8", 0, end)) as Omit<Checkpoint, "state"> & {
    tensors: [string, number][];
  };
  let at = end + 1;
  const state: Checkpoint["state"] = {};
  for (const [name, length] of tensors) {
    state[name] = new Float32Array(new Uint8Array(bytes.subarray(at, at + 4 * length)).buffer);
    at += 4 * length;
  }
  return { ...rest, state };
}
