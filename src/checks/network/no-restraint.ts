/** Nothing in the plan works against learning by heart. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";
import { layersOf } from "../facts.ts";

const STRENGTH = 0.5;

export const noRestraint = defineCheck({
  id: "no-restraint",
  title: "Nothing restrains the network",
  neutral: true,
  thresholds: [
    {
      of: "strength",
      value: STRENGTH,
      origin: "by hand",
      source: "most healthy plans restrain nothing: it counts only beside overfitting",
    },
  ],
  needs: ["plan"],
  detect({ plan }) {
    const layers = layersOf(plan);
    const restrained =
      layers.some((layer) => traitsOf(layer.layer).noise || (layer.l1 ?? 0) > 0 || (layer.l2 ?? 0) > 0) ||
      plan.training.optimizer.weightDecay > 0 ||
      plan.training.earlyStopping !== null ||
      plan.data.augment.length > 0;
    if (restrained || layers.length === 0) return;
    return {
      strength: STRENGTH,
      says: "The plan has neither dropout nor a penalty nor augmentation nor early stopping.",
    };
  },
});
