/** The same training with every input set to 0: where its score is as good, the network does not use its inputs (Karpathy, 2019). */
import { beside, besides, type Probe } from "./probe.ts";

export const zeroedInputs: Probe = {
  id: "zeroed-inputs",
  whole: true,
  jobs: (context) => beside(context, "zeroed-inputs"),
  read: (runs) => ({ zeroedInputs: besides(runs) }),
};
