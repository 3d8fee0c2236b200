/** The predictions of stacked trainings for some of their rows, and the loss of each row, in calls of a fixed number of rows. */
import { evaluation } from "./compile.ts";
import { greedy } from "./decode.ts";
import type { LaneState } from "./lane.ts";
import type { Feed, Runtime, Session } from "./runtime.ts";
import type { Setup } from "./setup.ts";

export type Outputs = { output: Float32Array; loss: Float32Array };

// The most input numbers, or numbers of one layer's sequences, and the most rows of all lanes in one call, so that the data stay in the cache and
// little is computed only to fill the last call.
const NUMBERS = 400_000;
const SEQUENCE_NUMBERS = 4_000_000;
const ROWS = 4096;
const ROWS_OF_ONE = 1024;

export class Evaluator {
  readonly #setup: Setup;
  readonly #lanes: readonly LaneState[];
  readonly #runtime: Runtime;
  #session: Session | undefined;
  #width = 0;

  constructor(setup: Setup, lanes: readonly LaneState[], runtime: Runtime) {
    this.#setup = setup;
    this.#lanes = lanes;
    this.#runtime = runtime;
  }

  /**
   * Outputs (of sequences, the predicted tokens) and losses for some rows of each lane (the same number for each).
   *
   * @param most the largest number of rows that one call will ask for.
   * @param decode whether the outputs, not the losses, are those of a decoder that is given its own predictions instead of the target.
   * @param fixed examples and weights.
   */
  async outputs(
    rows: readonly Uint32Array[],
    most: number,
    decode: boolean,
    fixed: Record<string, Feed>,
  ): Promise<Outputs[]> {
    const { network, targetWidth } = this.#setup;
    const truth = network.teacherForced
      ? this.#lanes.map(({ lane: { data } }, i) => rowsOf(data.y, data.width, rows[i]))
      : [];
    const first = await this.#run(rows, most, truth, fixed);
    if (!decode || !network.teacherForced) return first;
    const decoded: Outputs[] = [];
    for (const [i, { output, loss }] of first.entries()) {
      const ask = async (some: readonly number[], given: readonly Float32Array[]) => {
        const own = Uint32Array.from(some, (k) => rows[i][k]);
        const teacherForced = joined(given);
        // A call always computes all lanes, so the others are padded.
        const picked = rows.map((list, k) => (k === i ? own : list.slice(0, own.length)));
        const shown = truth.map((list, k) => (k === i ? teacherForced : list.subarray(0, teacherForced.length)));
        return chunks((await this.#run(picked, most, shown, fixed))[i].output, targetWidth);
      };
      const predictedTokens = await greedy(ask, chunks(truth[i], targetWidth), chunks(output, targetWidth));
      decoded.push({ output: joined(predictedTokens), loss });
    }
    return decoded;
  }

  async #run(
    rows: readonly Uint32Array[],
    most: number,
    given: readonly Float32Array[],
    fixed: Record<string, Feed>,
  ): Promise<Outputs[]> {
    const { network, targetWidth, stack } = this.#setup;
    this.#session ??= await this.#open(most);
    const width = this.#width;
    const lead = stack > 1 ? [stack] : [];
    const n = rows[0].length;
    const results = rows.map(() => ({ output: new Float32Array(n * targetWidth), loss: new Float32Array(n) }));
    for (let at = 0; at < n; at += width) {
      const picked = new Int32Array(stack * width);
      const teacherForced = new Float32Array(network.teacherForced ? picked.length * targetWidth : 0);
      for (let i = 0; i < stack; i++)
        for (let k = 0; k < width; k++) {
          const row = Math.min(at + k, n - 1);
          picked[i * width + k] = this.#lanes[i].offset + rows[i][row];
          if (!network.teacherForced) continue;
          const tokens = given[i].subarray(row * targetWidth, (row + 1) * targetWidth);
          teacherForced.set(tokens, (i * width + k) * targetWidth);
        }
      const { output, loss } = await this.#session.run({
        ...fixed,
        rows: { dtype: "int32", shape: [...lead, width], data: picked },
        ...(network.teacherForced && {
          teacherForced: { dtype: "float32", shape: [...lead, width, targetWidth], data: teacherForced } as Feed,
        }),
      });
      const real = Math.min(width, n - at);
      results.forEach((result, i) => {
        result.output.set(output.subarray(i * width * targetWidth, (i * width + real) * targetWidth), at * targetWidth);
        result.loss.set(loss.subarray(i * width, i * width + real), at);
      });
    }
    return results;
  }

  #open(most: number): Promise<Session> {
    const { inputShape, network, stack } = this.#setup;
    const inputs = inputShape.reduce((p, n) => p * n, 1);
    const sequence = Math.max(1, ...network.layers.map(({ shape }) => (shape.length === 2 ? shape[0] * shape[1] : 1)));
    const fit = Math.floor(Math.min(NUMBERS / inputs, SEQUENCE_NUMBERS / sequence, ROWS / stack, ROWS_OF_ONE));
    this.#width = Math.max(1, Math.min(most, Math.max(32, fit)));
    return this.#runtime.once(evaluation({ ...this.#setup, rows: this.#width }));
  }

  async release(): Promise<void> {
    await this.#session?.release();
  }
}

/** The arrays concatenated, always as a copy. */
export function joined(parts: readonly Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0].slice();
  const out = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function rowsOf(values: Float32Array, width: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    out.set(values.subarray(row * width, (row + 1) * width), i * width);
  });
  return out;
}

const chunks = (values: Float32Array, width: number): Float32Array[] =>
  Array.from({ length: values.length / width }, (_, i) => values.subarray(i * width, (i + 1) * width));
