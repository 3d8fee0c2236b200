/** The same training with permuted training labels: where the labels are related to the inputs, its score is worse. */
import { beside, besides, type Probe } from "./probe.ts";

export const shuffledLabels: Probe = {
  id: "shuffled-labels",
  whole: true,
  jobs: (context) => beside(context, "shuffled-labels"),
  read: (runs) => ({ shuffledLabels: besides(runs) }),
};
