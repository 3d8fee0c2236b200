/** Detects in the course of a loss when it has stopped improving. */

// After so many epochs, and counting only gains above this share, ReduceLROnPlateau acts in PyTorch (patience 10, threshold 1e-4,
// relative) and, with the same figures, in Keras (patience 10, min_delta 1e-4): what people know as "no longer improving".
export const PATIENCE = 10;
/** The share of a gain that counts: as above. */
const LEAST_GAIN = 1e-4;

export class Stagnation {
  best = Number.POSITIVE_INFINITY;
  /** From 1; 0 before the first epoch. */
  bestEpoch = 0;
  #noted = false;

  /** Takes note of the loss after an epoch; true once, when it has not improved for PATIENCE epochs. */
  note(loss: number, epoch: number): boolean {
    if (loss < this.best - LEAST_GAIN * Math.abs(this.best) || this.bestEpoch === 0) {
      this.best = loss;
      this.bestEpoch = epoch;
      this.#noted = false;
    }
    if (this.#noted || epoch - this.bestEpoch < PATIENCE) return false;
    this.#noted = true;
    return true;
  }
}
