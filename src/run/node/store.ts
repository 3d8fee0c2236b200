/** Keeps a run as a folder of plain files that survives a kill at any moment: what was written stays readable. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { join } from "node:path";
import type { Checkpoint, TrainEvent } from "../../engine/events.ts";
import { makeFolder } from "../../files/node/folder.ts";
import { flush, writeWhole } from "../../files/node/write.ts";
import { writeJson } from "../../json.ts";
import { UserError } from "../../user-error.ts";
import { type NamedWeights, readSafetensors, writeSafetensors } from "../../weights.ts";
import { isRecorded, type RecorderHead, type RunHead } from "../head.ts";
import { EVENTS, HEAD, type Kept, keptRun } from "../kept.ts";
import { pack, unpack } from "./checkpoint.ts";
import { lock, unlock } from "./lock.ts";

export type { RunHead } from "../head.ts";

const CHECKPOINT = "checkpoint";
// The one before, for when the last one is damaged.
const PREVIOUS = "checkpoint.previous";
const WEIGHTS = "weights.safetensors";

export class RunWriter {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** A new folder `NAME-1`, `NAME-2` … under `parent`, which no other process can have made at the same time. */
  static create(parent: string, name: string, head: RunHead): RunWriter {
    makeFolder(parent);
    const folder = numbered(parent, name);
    try {
      lock(folder);
      writeWhole(join(folder, HEAD), `${writeJson(head, 2)}\n`);
    } catch (error) {
      rmSync(folder, { recursive: true });
      throw error;
    }
    return new RunWriter(folder);
  }

  /** Goes on where a run was left; a last line cut short by a kill is taken away. */
  static resume(folder: string): RunWriter {
    lock(folder);
    const path = join(folder, EVENTS);
    if (existsSync(path)) truncateSync(path, readFileSync(path).lastIndexOf(10) + 1);
    return new RunWriter(folder);
  }

  /** Appends one event; a checkpoint replaces the one before the last, and weights have a file of their own. */
  write(event: TrainEvent): void {
    if (event.type === "checkpoint") this.#checkpoint(event.checkpoint);
    else if (event.type === "weights") writeWhole(join(this.folder, WEIGHTS), writeSafetensors(event.weights));
    else appendFileSync(join(this.folder, EVENTS), `${writeJson(event)}\n`);
  }

  #checkpoint(checkpoint: Checkpoint): void {
    // A checkpoint is of use only with the events before it.
    flush(join(this.folder, EVENTS));
    const path = join(this.folder, CHECKPOINT);
    // A kill between the two leaves the previous one, which is read where there is no other.
    if (existsSync(path)) renameSync(path, join(this.folder, PREVIOUS));
    writeWhole(path, pack(checkpoint));
  }

  /** Lets another process go on with the run. */
  close(): void {
    unlock(this.folder);
  }
}

function numbered(parent: string, name: string): string {
  const taken = new Set(readdirSync(parent));
  for (let n = 1; ; n++) {
    const folder = join(parent, `${name}-${n}`);
    if (taken.has(`${name}-${n}`)) continue;
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      // Made by another process since the folder was listed.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

export const isRun = (path: string): boolean => existsSync(join(path, HEAD)) && statSync(path).isDirectory();

/** Reads a run that unstuck trained, also one that was killed. `checkpoint`: the last one that is whole. */
export function readRun(folder: string): Kept<RunHead> & { checkpoint: Checkpoint | null } {
  const { head, ...kept } = readAnyRun(folder);
  if (isRecorded(head))
    throw new UserError(
      `this run was recorded by ${head.recorder.name}, not trained by unstuck.`,
      "Train its plan with unstuck train.",
      folder,
    );
  const checkpoint = readCheckpoints(folder).find((one) => typeof one !== "string") ?? null;
  return { head, ...kept, checkpoint };
}

/** Reads a run of unstuck or of a recorder. */
export function readAnyRun(folder: string): Kept<RunHead | RecorderHead> {
  if (!isRun(folder))
    throw new UserError(
      "this is not an unstuck run.",
      `A run is a folder with ${HEAD}, as unstuck train keeps it.`,
      folder,
    );
  const path = join(folder, EVENTS);
  const kept = keptRun(readFileSync(join(folder, HEAD), "utf8"), existsSync(path) ? readFileSync(path, "utf8") : "");
  if (!kept)
    throw new UserError("this is not an unstuck run, or it is damaged.", "Train the plan again.", join(folder, HEAD));
  return kept;
}

/** The last checkpoint and the one before, or what is wrong with each. */
export const readCheckpoints = (folder: string): (Checkpoint | "damaged" | "old")[] =>
  [CHECKPOINT, PREVIOUS]
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .map((path) => unpack(readFileSync(path)));

/** The weights of a run that has ended; null: there are none. */
export function readRunWeights(folder: string): NamedWeights | null {
  const path = join(folder, WEIGHTS);
  if (!existsSync(path)) return null;
  try {
    return readSafetensors(readFileSync(path));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError("the weights of this run are damaged.", "Train the plan again.", path);
  }
}
