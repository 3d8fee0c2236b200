/** The same training with every input zero: one that scores as well does not use its inputs (Karpathy, 2019). */
import { beside, besides, type Probe } from "./probe.ts";

export const zeroedInputs: Probe = {
  id: "zeroed-inputs",
  whole: true,
  jobs: (context) => beside(context, "zeroed-inputs"),
  read: (runs) => ({ zeroedInputs: besides(runs) }),
};
