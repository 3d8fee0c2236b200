/** Nothing in the plan works against overfitting. */
import { traitsOf } from "../../plan/layer-traits.ts";
import { defineCheck } from "../check.ts";

const STRENGTH = 0.5;

export const noRestraint = defineCheck({
  id: "no-restraint",
  title: "No regularization",
  neutral: true,
  thresholds: [
    {
      of: "strength",
      value: STRENGTH,
      origin: "by hand",
      source: "most healthy plans use no regularization: it counts only together with overfitting",
    },
  ],
  needs: ["network", "training.optimizer.weightDecay", "training.earlyStopping", "dataPlan.augment"],
  detect({ network, training, dataPlan }) {
    const regularized =
      network.some((layer) => traitsOf(layer.layer).noise || (layer.l1 ?? 0) > 0 || (layer.l2 ?? 0) > 0) ||
      training.optimizer.weightDecay > 0 ||
      training.earlyStopping !== null ||
      dataPlan.augment.length > 0;
    if (regularized) return;
    return {
      strength: STRENGTH,
      says: "The plan has no dropout or noise, no weight penalty or weight decay, no augmentation and no early stopping.",
    };
  },
});
