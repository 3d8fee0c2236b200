/** The datasets that jobs name: each is loaded once, and refused where it is not the one that was meant. */
import { datasetKey } from "../data/build.ts";
import type { Dataset } from "../data/dataset.ts";
import { datasetFingerprint } from "../data/node/fingerprint.ts";
import type { Plan } from "../plan/plan.ts";
import { UserError } from "../user-error.ts";
import type { Job } from "./jobs.ts";

/** The dataset of a plan; `folder` is the one that the job names, if it does. */
export type Load = (plan: Plan, folder?: string) => Promise<Dataset>;

export class Datasets {
  readonly #load: Load;
  readonly #known = new Map<string, { id: number; dataset: Promise<Dataset>; fingerprint?: string }>();

  constructor(load: Load) {
    this.#load = load;
  }

  /** `id` is the same for jobs that share a dataset. */
  async of({ plan, data }: Job): Promise<{ id: number; dataset: Dataset }> {
    const key = JSON.stringify([data?.folder, datasetKey(plan)]);
    const known = this.#known.get(key) ?? { id: this.#known.size, dataset: this.#load(plan, data?.folder) };
    this.#known.set(key, known);
    const dataset = await known.dataset;
    if (data?.fingerprint !== undefined) {
      known.fingerprint ??= datasetFingerprint(dataset);
      if (known.fingerprint !== data.fingerprint)
        throw new UserError(
          "the data have changed since the training was planned.",
          "Run the command again.",
          data.folder,
        );
    }
    return { id: known.id, dataset };
  }
}
