/** The events that `fix` and `why` emit, and their fold: the progress of the work. */
import type { Finding } from "../checks/check.ts";
import type { TrainEvent } from "../engine/events.ts";
import { Channel } from "../jobs/channel.ts";
import type { Plan } from "../plan/plan.ts";

/** `left`: what is left of the budget, in its unit. */
type Left = { left: number; unit: "seconds" | "trainings" };

export type FixEvent =
  /** This many jobs start. */
  | ({ type: "stage"; doing: string; total: number } & Left)
  /** The number of a job is unique over the whole work. */
  | { type: "job"; job: number; plan: Plan; seed: number }
  | { type: "train"; job: number; event: TrainEvent }
  /** A check detects something for the first time. */
  | { type: "finding"; finding: Finding }
  /** The verdict on remedies that were applied together; a screen proves nothing. */
  | { type: "verdict"; stage: "screen" | "proof"; remedies: string[]; gain: number; verdict: string };

export type Emit = (event: FixEvent) => void;

/** The finished jobs of the current stage; trainings, findings and verdicts of the whole work so far. */
export type Progress = { doing: string; done: number; total: number } & Left & {
    trainings: number;
    findings: Finding[];
    verdicts: Extract<FixEvent, { type: "verdict" }>[];
  };

export const begun: Progress = {
  doing: "",
  done: 0,
  total: 0,
  left: 0,
  unit: "seconds",
  trainings: 0,
  findings: [],
  verdicts: [],
};

/** The progress after one more event. */
export function follow(progress: Progress, event: FixEvent): Progress {
  switch (event.type) {
    case "stage":
      return { ...progress, doing: event.doing, done: 0, total: event.total, left: event.left, unit: event.unit };
    case "train": {
      if (event.event.type !== "end") return progress;
      const trained = event.event.reason === "stopped" ? 0 : 1;
      return { ...progress, done: progress.done + 1, trainings: progress.trainings + trained };
    }
    case "finding":
      return { ...progress, findings: [...progress.findings, event.finding] };
    case "verdict":
      return { ...progress, verdicts: [...progress.verdicts, event] };
    case "job":
      return progress;
  }
}

/** Reads a stream to its end; `show` is given the progress whenever it changes. */
export async function outcomeOf<Result>(
  stream: AsyncGenerator<FixEvent, Result>,
  show: (progress: Progress) => void = () => {},
): Promise<Result> {
  let progress = begun;
  for (;;) {
    const next = await stream.next();
    if (next.done) return next.value;
    const after = follow(progress, next.value);
    if (after !== progress) show(after);
    progress = after;
  }
}

/** The events of a piece of work, as a stream that ends in its result. When the reader leaves early, the work is stopped and awaited. */
export async function* streamed<Result>(
  work: (emit: Emit, signal: AbortSignal) => Promise<Result>,
  outer?: AbortSignal,
): AsyncGenerator<FixEvent, Result> {
  const events = new Channel<FixEvent>();
  const left = new AbortController();
  const signal = outer ? AbortSignal.any([outer, left.signal]) : left.signal;
  const result = work((event) => events.push(event), signal);
  result.then(
    () => events.end(),
    (error) => events.end({ error }),
  );
  try {
    yield* events;
  } finally {
    left.abort();
    await result.catch(() => {});
  }
  return result;
}
