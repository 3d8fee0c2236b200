/** Diagnosis without trials: the plan is trained as it is and examined, and nothing is edited. */
import { augmentedOf } from "./augmented.ts";
import { errorsOfRuns } from "./errors.ts";
import type { FixEvent } from "./events.ts";
import { diagnosed, examine } from "./examine.ts";
import { noneEnded } from "./first.ts";
import { begin, type FixInput, inLab } from "./fix.ts";
import type { Lab } from "./lab.ts";
import { type Outcome, untried } from "./outcome.ts";
import { suspectsOf } from "./suspects.ts";

/** Trains the plan on up to `settings.seeds` seeds, as many as fit the budget, and examines it with probes; a stream like `fix`. */
export const why = (input: FixInput): AsyncGenerator<FixEvent, Outcome> =>
  inLab(input, (lab, outer) => examined(input, lab, outer));

async function examined(input: FixInput, lab: Lab, outer?: AbortSignal): Promise<Outcome> {
  const { seed, seeds } = input.settings;
  const { base, known, data, first, notes } = await begin(input, seeds, lab);
  const { runs, size, cost } = first;
  if (runs.length === 0) notes.push(noneEnded(outer));
  const found =
    runs.length > 0 ? await examine(base, { known, data }, runs, lab, { seed, cost }) : diagnosed(base, known);
  const errors = errorsOfRuns(base, runs);
  const augmented = augmentedOf(base, undefined, seed);
  return untried(found, runs, {
    ...(errors && { errors }),
    ...(augmented && { augmented }),
    suspects: suspectsOf(found),
    notes,
    reduced: runs.length === 0 || size !== undefined,
  });
}
