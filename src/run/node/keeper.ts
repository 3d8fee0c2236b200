/** Keeps a training as it goes, and takes it up again where it was left: by a signal, a kill or a power cut alike. */
import type { Checkpoint, TrainEvent } from "../../engine/events.ts";
import type { Run } from "../run.ts";
import { type RunHead, type RunWriter, readRun } from "./store.ts";

// Epochs can be shorter than writing a checkpoint takes; a kill costs at most so much.
const CHECKPOINT_SECONDS = 2;

/** Writes what is told; of the checkpoints one every other second, and the last. */
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

export type Left = {
  head: RunHead;
  /** As it was at the checkpoint. */
  run: Run;
  /** Absent: it is begun again. */
  from?: Checkpoint;
};

/** A run that did not come to its end, as it was after its last checkpoint. */
export function leftAt(folder: string): Left {
  const { head, run, checkpoint } = readRun(folder);
  // After a power cut the checkpoint may be there and what was told before it lost: then it begins again.
  const from = run.epochs.some(({ epoch }) => epoch === checkpoint?.epoch) ? checkpoint : null;
  const epochs = run.epochs.filter(({ epoch }) => epoch <= (from?.epoch ?? 0));
  return { head, run: { ...run, epochs, end: undefined }, ...(from && { from }) };
}
