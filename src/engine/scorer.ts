/** The predictions of stacked trainings for the rows that they are evaluated on, and their scores. */
import { score as scoreOf } from "../data/metrics.ts";
import { PURPOSE, permutation, stream } from "../random.ts";
import type { PredictionsEvent, Scored } from "./events.ts";
import type { LaneState } from "./lane.ts";
import type { Stack } from "./stack.ts";

type Part = "train" | "validation" | "test";
/** By lane; null for a part that has no rows or was not evaluated. */
export type PartScores = { validation: (Scored | null)[]; train: (Scored | null)[] };

// Enough rows for a training score within ±1.5 points, few enough to cost little beside the training.
const TRAIN_ROWS = 4096;

export class Scorer {
  readonly #stack: Stack;
  /** The rows of each lane. */
  readonly #rows: Record<Part, Uint32Array[]>;

  constructor(stack: Stack) {
    this.#stack = stack;
    const of = (part: Part) => stack.lanes.map(({ lane }) => lane.data[part]);
    this.#rows = { train: stack.lanes.map(trainRows), validation: of("validation"), test: of("test") };
  }

  /** At most `most` of the training rows that are evaluated. */
  trainRows(most: number): Uint32Array[] {
    return this.#rows.train.map((rows) => rows.subarray(0, most));
  }

  /** The current scores of both parts; the training part only where it is asked for or there is no validation part. */
  async scores(askedForTrain: boolean): Promise<PartScores> {
    const validation = await this.score("validation");
    const needed = askedForTrain || validation.every((v) => v === null);
    return { validation, train: needed ? await this.score("train") : this.none().train };
  }

  none(): PartScores {
    const none = this.#stack.lanes.map(() => null);
    return { validation: none, train: none };
  }

  async score(part: Part): Promise<(Scored | null)[]> {
    const rows = this.#rows[part];
    if (rows[0].length === 0) return rows.map(() => null);
    const results = await this.#outputs(rows);
    return results.map(({ output, loss }, i) => {
      const { data, resolved } = this.#stack.lanes[i].lane;
      const { tokens } = data;
      const count = tokens ? rows[i].reduce((sum, row) => sum + tokens[row], 0) : loss.length;
      const meanLoss = loss.reduce((sum, v) => sum + v, 0) / count;
      const { metric, network, task } = resolved;
      const score =
        metric.name === "loss" ? meanLoss : scoreOf(metric, output, data, rows[i], network.lastActivation, task);
      return { loss: meanLoss, score };
    });
  }

  async predictions(lane: number): Promise<PredictionsEvent> {
    const rows = this.#rows.validation[0].length > 0 ? this.#rows.validation : this.#rows.train;
    const results = await this.#outputs(rows);
    return {
      type: "predictions",
      rows: Array.from(rows[lane]),
      units: this.#stack.setup.targetWidth,
      outputs: Array.from(results[lane].output),
    };
  }

  /** A lane that diverged has NaN outputs: how many steps its last call continued for depends on the speed of the machine. */
  async #outputs(rows: Uint32Array[]): Promise<Awaited<ReturnType<Stack["outputs"]>>> {
    const { lanes } = this.#stack;
    const { train, validation } = this.#rows;
    // For exactMatch a decoder is given its own predictions.
    const decodes = lanes[0].lane.resolved.metric.name === "exactMatch";
    const results = await this.#stack.outputs(rows, Math.max(validation[0].length, train[0].length), decodes);
    for (const [i, { ended, best }] of lanes.entries())
      if (ended === "diverged" && !best) for (const values of Object.values(results[i])) values.fill(Number.NaN);
    return results;
  }
}

function trainRows({ lane }: LaneState): Uint32Array {
  const { train } = lane.data;
  if (train.length <= TRAIN_ROWS) return train;
  return permutation(train.length, stream(lane.seed, PURPOSE.sample))
    .slice(0, TRAIN_ROWS)
    .map((i) => train[i]);
}
