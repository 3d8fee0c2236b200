/** The same training with the training labels permuted: labels that carry a signal make it worse. */
import { beside, besides, type Probe } from "./probe.ts";

export const shuffledLabels: Probe = {
  id: "shuffled-labels",
  whole: true,
  jobs: (context) => beside(context, "shuffled-labels"),
  read: (runs) => ({ shuffledLabels: besides(runs) }),
};
