/** What `fix` and `why` report as they go, and its fold: how far the work is. */
import type { Finding } from "../checks/check.ts";
import type { TrainEvent } from "../engine/events.ts";
import { Channel } from "../jobs/channel.ts";
import type { Plan } from "../plan/plan.ts";

/** `left` of the budget, in its unit. */
type Left = { left: number; unit: "seconds" | "trainings" };

export type FixEvent =
  /** So many jobs begin. */
  | ({ type: "stage"; doing: string; total: number } & Left)
  /** Jobs are numbered over the whole work. */
  | { type: "job"; job: number; plan: Plan; seed: number }
  | { type: "train"; job: number; event: TrainEvent }
  /** A check finds something that it had not before. */
  | { type: "finding"; finding: Finding }
  /** Of remedies made together; nothing is claimed from a screen. */
  | { type: "verdict"; stage: "screen" | "proof"; remedies: string[]; gain: number; verdict: string };

export type Emit = (event: FixEvent) => void;

/** Of the stage: how many of its jobs ended; of the whole: trainings, findings and verdicts so far. */
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

/** What a work emits, as a stream that ends in its result. Left early, the work is stopped and waited for. */
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
