/** Remedies that change the size of inputs and targets. */
import { layersOf } from "../case/from-plan.ts";
import { outputActivation, reach } from "../checks/facts.ts";
import { readsTokens } from "../plan/describe.ts";
import { defineRemedy } from "./remedy.ts";

export const standardise = defineRemedy({
  id: "standardise",
  title: "Standardise the inputs",
  cured: "With scaling",
  size: 1,
  edits: ({ plan }) =>
    plan.data.scale === "standard" || readsTokens(plan) ? null : [{ path: "data.scale", value: "standard" }],
});

export const scaleToRange = defineRemedy({
  id: "scale-to-range",
  title: "Scale every input to 0 … 1",
  cured: "With scaling to 0 … 1",
  size: 1,
  edits: ({ plan, known }) =>
    // A constant column would become NaN.
    plan.data.scale === "minmax" || readsTokens(plan) || (known.profile?.inputs.constant.length ?? 0) > 0
      ? null
      : [{ path: "data.scale", value: "minmax" }],
});

export const dividePixels = defineRemedy({
  id: "divide-pixels",
  title: "Divide the pixels by 255",
  cured: "With pixels divided by 255",
  size: 1,
  edits: ({ plan, known: { profile } }) =>
    profile?.images && profile.shape.length === 3 && plan.data.scale === "none" && profile.inputs.maxAbs > 16
      ? [{ path: "data.scale", value: { divideBy: 255 } }]
      : null,
});

export const standardiseTarget = defineRemedy({
  id: "standardise-target",
  title: "Standardise the targets",
  cured: "With scaled targets",
  size: 1,
  edits: ({ plan, known }) => {
    if ((known.task ?? known.profile?.task) !== "regression" || plan.data.scaleTarget === "standard") return null;
    const [low, high] = reach(outputActivation(layersOf(plan)));
    // Half of the standardised targets lie below 0: the output must reach both ways.
    return low > -3 || high < 3 ? null : [{ path: "data.scaleTarget", value: "standard" }];
  },
});

export const targetToRange = defineRemedy({
  id: "target-to-range",
  title: "Scale the targets to 0 … 1",
  cured: "With targets scaled to 0 … 1",
  size: 1,
  edits: ({ plan, known }) =>
    (known.task ?? known.profile?.task) !== "regression" || plan.data.scaleTarget === "minmax"
      ? null
      : [{ path: "data.scaleTarget", value: "minmax" }],
});
