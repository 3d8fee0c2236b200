/** Keeps a training as it goes, and takes it up again where it was left: by a signal, a kill or a power cut alike. */
import type { Checkpoint, TrainEvent } from "../../engine/events.ts";
import type { RunHead } from "../head.ts";
import { skippedNote } from "../kept.ts";
import type { Run } from "../run.ts";
import { type RunWriter, readCheckpoints, readRun } from "./store.ts";

// Epochs can be shorter than writing a checkpoint takes; a kill costs at most so much.
const CHECKPOINT_SECONDS = 2;

/** Writes the events; of the checkpoints one every other second, and the last. */
export class Keeper {
  readonly #writer: RunWriter;
  readonly #seconds: number;
  #last = performance.now();
  #open: TrainEvent | null = null;

  constructor(writer: RunWriter, seconds = CHECKPOINT_SECONDS) {
    this.#writer = writer;
    this.#seconds = seconds;
  }

  keep(event: TrainEvent): void {
    if (event.type === "checkpoint") {
      this.#open = event;
      if (performance.now() - this.#last < this.#seconds * 1000 && !event.checkpoint.ended) return;
    }
    if (event.type === "checkpoint" || event.type === "end") this.#checkpoint();
    if (event.type !== "checkpoint") this.#writer.write(event);
  }

  #checkpoint(): void {
    if (this.#open) this.#writer.write(this.#open);
    this.#open = null;
    this.#last = performance.now();
  }
}

type Left = {
  head: RunHead;
  /** As it was at the checkpoint. */
  run: Run;
  /** Absent: it begins again. */
  from?: Checkpoint;
  /** What is to be reported of the files before the training goes on. */
  notes: string[];
};

/** A run that did not come to its end, as it was after its last checkpoint that is whole. */
export function leftAt(folder: string): Left {
  const { head, run, skipped } = readRun(folder);
  const kept = readCheckpoints(folder);
  // A checkpoint is of use only with the events before it.
  const from = kept.find(
    (one): one is Checkpoint => typeof one !== "string" && run.epochs.some(({ epoch }) => epoch === one.epoch),
  );
  const epochs = run.epochs.filter(({ epoch }) => epoch <= (from?.epoch ?? 0));
  const notes = [
    ...skippedNote(skipped),
    ...(kept.length === 0 || kept[0] === from ? [] : [unusedNote(kept[0], from)]),
  ];
  return { head, run: { ...run, epochs, end: undefined }, ...(from && { from }), notes };
}

const FAULTS = { damaged: "is damaged", old: "was written by an older version, without a checksum" };

function unusedNote(last: Checkpoint | keyof typeof FAULTS, from: Checkpoint | undefined): string {
  const why = typeof last === "string" ? FAULTS[last] : "is newer than the events";
  const next = from ? `continues after epoch ${from.epoch}, from the one before` : "starts again from the beginning";
  return `The last checkpoint ${why}, so training ${next}.`;
}
