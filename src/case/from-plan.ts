/** A Plan as parts of a Case; a log may contain the same parts, or fewer. */
import type { Plan } from "../plan/plan.ts";
import type { AnyLayer, Case } from "./case.ts";

/** The layers of a network that the plan lists; none for one in a file. */
export const layersOf = ({ network }: Plan): AnyLayer[] => (typeof network === "string" ? [] : (network as AnyLayer[]));

/** @param plan with its loss and its metric decided. */
export const fromPlan = (plan: Plan): Pick<Case, "network" | "training" | "dataPlan"> => ({
  ...(typeof plan.network !== "string" && { network: layersOf(plan) }),
  training: plan.training,
  dataPlan: plan.data,
});
