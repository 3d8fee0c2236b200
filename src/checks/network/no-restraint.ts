/** Nothing in the plan works against learning by heart. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";

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
  needs: ["network", "training.optimizer.weightDecay", "training.earlyStopping", "dataPlan.augment"],
  detect({ network, training, dataPlan }) {
    const restrained =
      network.some((layer) => traitsOf(layer.layer).noise || (layer.l1 ?? 0) > 0 || (layer.l2 ?? 0) > 0) ||
      training.optimizer.weightDecay > 0 ||
      training.earlyStopping !== null ||
      dataPlan.augment.length > 0;
    if (restrained) return;
    return {
      strength: STRENGTH,
      says: "The plan has neither dropout nor a penalty nor augmentation nor early stopping.",
    };
  },
});
