/** A Run: what one training told, folded by one pure reducer that serves file, terminal, server and browser alike. */
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

/** The run after one more event. Steps and epochs that come again (a training resumed from a checkpoint) replace the earlier ones. */
export function record(run: Run, event: TrainEvent): Run {
  switch (event.type) {
    case "start":
      // Begun again from a checkpoint, it has not ended.
      return { ...run, start: event, end: undefined };
    case "steps": {
      const { loss, rate } = run.steps;
      const kept = (values: number[]) => (values.length > event.first ? values.slice(0, event.first) : values);
      return { ...run, steps: { loss: [...kept(loss), ...event.loss], rate: [...kept(rate), ...event.rate] } };
    }
    case "epoch":
      return { ...run, epochs: [...run.epochs.filter((e) => e.epoch < event.epoch), event] };
    case "layers":
      return { ...run, layers: [...run.layers.filter((l) => l.step < event.step), event] };
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

/** A run that was killed or interrupted, as one that was stopped after its last epoch. */
export function stopped(run: Run): Run {
  const last = run.epochs.at(-1);
  if (!last || (run.end && run.end.reason !== "stopped")) return run;
  const { epoch, train, validation } = last;
  const score = (validation ?? train)?.score ?? Number.NaN;
  return { ...run, end: { type: "end", reason: "stopped", epoch, bestEpoch: epoch, train, validation, score } };
}
