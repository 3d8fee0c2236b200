/** A Run: the events of one training, folded by one reducer that serves file, terminal, server and browser alike. */
import type { EndEvent, EpochEvent, LayersEvent, PredictionsEvent, StartEvent, TrainEvent } from "../engine/events.ts";

export type Run = {
  version: 1;
  seed: number;
  start?: StartEvent;
  /** One entry a step, from the first. */
  steps: { loss: number[]; rate: number[] };
  epochs: EpochEvent[];
  layers: LayersEvent[];
  predictions?: PredictionsEvent;
  end?: EndEvent;
};

export const emptyRun = (seed: number): Run => ({
  version: 1,
  seed,
  steps: { loss: [], rate: [] },
  epochs: [],
  layers: [],
});

/**
 * The run after one more event. Steps and epochs that come again (a training resumed from a checkpoint) replace the earlier ones.
 *
 * The run that is passed in is given away: its lists grow in place, so that many events cost as much as they hold and not as
 * much as all before them. Go on with the run that comes back, which is another object each time.
 */
export function record(run: Run, event: TrainEvent): Run {
  switch (event.type) {
    case "start":
      // Begun again from a checkpoint, it has not ended.
      return { ...run, start: event, end: undefined };
    case "steps":
      replaceFrom(run.steps.loss, event.first, event.loss);
      replaceFrom(run.steps.rate, event.first, event.rate);
      return { ...run };
    case "epoch":
      dropWhile(run.epochs, ({ epoch }) => epoch >= event.epoch);
      run.epochs.push(event);
      return { ...run };
    case "layers":
      dropWhile(run.layers, ({ step }) => step >= event.step);
      run.layers.push(event);
      return { ...run };
    case "predictions":
      return { ...run, predictions: event };
    case "end":
      return { ...run, end: event };
    // Files of their own.
    case "weights":
    case "checkpoint":
      return run;
  }
}

function replaceFrom(values: number[], first: number, more: readonly number[]): void {
  if (values.length > first) values.length = first;
  // Not spread into one call: a list from a file may be longer than a call takes.
  for (const value of more) values.push(value);
}

/** Takes entries from the end. */
function dropWhile<T>(list: T[], again: (last: T) => boolean): void {
  while (list.length > 0 && again(list[list.length - 1])) list.pop();
}

/** A run that was killed or interrupted, as one that was stopped after its last epoch. */
export function stopped(run: Run): Run {
  const last = run.epochs.at(-1);
  if (!last || (run.end && run.end.reason !== "stopped")) return run;
  const { epoch, train, validation } = last;
  const score = (validation ?? train)?.score ?? Number.NaN;
  return { ...run, end: { type: "end", reason: "stopped", epoch, bestEpoch: epoch, train, validation, score } };
}
