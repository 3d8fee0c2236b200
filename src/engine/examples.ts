/** Examples that are not in memory: the inputs of each call of the runtime contain those that it picks. */
import type { Prepared } from "../data/prepare.ts";
import type { RowReader } from "../data/row-reader.ts";
import { gathered } from "../data/stored.ts";
import type { Feed, Runtime, Session } from "./runtime.ts";

/** The most input numbers of one call (32 MB), unless a single step needs more. */
const MOST_NUMBERS = 8e6;

/** How many steps of `rows` rows may share a call. */
export function stepsPerCall({ stored, augment, shape }: Prepared, rows: number): number {
  if (!stored && !augment) return Number.POSITIVE_INFINITY;
  return Math.max(1, Math.floor(MOST_NUMBERS / (rows * shape.reduce((p, n) => p * n, 1))));
}

/** The same runtime where the examples are in memory; otherwise the picked ones are read and renumbered before each call. */
export function reading(runtime: Runtime, data: Prepared): Runtime {
  const { stored } = data;
  if (!stored) return runtime;
  const fed = async (opening: Promise<Session>): Promise<Session> => {
    const session = await opening;
    // Augmented examples are already among the inputs of the call.
    const own = (feeds: Record<string, Feed>) =>
      feeds["x"].data.length > 0 ? feeds : withExamples(feeds, data, stored);
    return { run: (feeds) => session.run(own(feeds)), release: () => session.release() };
  };
  return { steps: (step) => fed(runtime.steps(step)), once: (once) => fed(runtime.once(once)) };
}

function withExamples(
  feeds: Record<string, Feed>,
  { shape, y, width }: Prepared,
  stored: RowReader,
): Record<string, Feed> {
  const places = new Map<number, number>();
  const picked = Int32Array.from(feeds["rows"].data as Int32Array, (row) => {
    if (!places.has(row)) places.set(row, places.size);
    return places.get(row)!;
  });
  const rows = [...places.keys()];
  const targets = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    targets.set(y.subarray(row * width, (row + 1) * width), i * width);
  });
  const inputs = gathered(
    stored,
    rows,
    shape.reduce((p, n) => p * n, 1),
  );
  return {
    ...feeds,
    rows: { ...feeds["rows"], data: picked },
    x: { dtype: "float32", shape: [rows.length, ...shape], data: inputs },
    y: { dtype: "float32", shape: [rows.length, width], data: targets },
  };
}
