/** What a Plan says, as parts of a Case: a log may say the same of itself, or less. */
import type { Plan } from "../plan/plan.ts";
import type { AnyLayer, Case } from "./case.ts";

/** The layers of a network that is written out; none for one that lies in a file. */
export const layersOf = ({ network }: Plan): AnyLayer[] => (typeof network === "string" ? [] : (network as AnyLayer[]));

/** @param plan with its loss and its metric decided. */
export const fromPlan = (plan: Plan): Pick<Case, "network" | "training" | "dataPlan"> => ({
  ...(typeof plan.network !== "string" && { network: layersOf(plan) }),
  training: plan.training,
  dataPlan: plan.data,
});
