/** Remedies that regularise a network that overfits, or remove regularisation that is too strong. */

import { layersOf } from "../case/from-plan.ts";
import { hasWeights, hiddenIndices, outputIndex } from "../checks/facts.ts";
import { smallest } from "../lists.ts";
import { traitsOf } from "../plan/layer-traits.ts";
import { defineRemedy, type Edit } from "./remedy.ts";

const orNull = (edits: Edit[]): Edit[] | null => (edits.length > 0 ? edits : null);

export const dropOut = defineRemedy({
  id: "drop-out",
  title: "Add dropout of 0.3 after the hidden layers",
  cured: "With dropout",
  size: 2,
  edits: ({ plan }) => {
    const layers = layersOf(plan);
    if (layers.some((layer) => layer.layer === "dropout" || layer.from)) return null;
    const dense = hiddenIndices(layersOf(plan)).filter((i) => layers[i].layer === "dense");
    return orNull(dense.reverse().map((i) => ({ insert: { at: i + 1, layer: { layer: "dropout", rate: 0.3 } } })));
  },
});

export const penalise = defineRemedy({
  id: "penalise",
  title: "Add an L2 penalty of 0.001",
  cured: "With an L2 penalty",
  size: 2,
  edits: ({ plan }) =>
    orNull(
      layersOf(plan).flatMap((layer, i) =>
        hasWeights(layer) && layer.l2 === 0 && layer.l1 === 0 && layer.layer !== "embedding"
          ? [{ path: `network[${i}].l2`, value: 0.001 }]
          : [],
      ),
    ),
});

export const stopEarlier = defineRemedy({
  id: "stop-earlier",
  title: "Train only as many epochs as validation improves",
  cured: "With fewer epochs",
  size: 1,
  edits: ({ plan, known: { epochs } }) => {
    const losses = epochs?.map((epoch) => epoch.validation?.loss ?? Number.POSITIVE_INFINITY) ?? [];
    if (losses.length < 4 || !losses.every(Number.isFinite)) return null;
    const best = losses.indexOf(smallest(losses)) + 1;
    return best < plan.training.epochs ? [{ path: "training.epochs", value: best }] : null;
  },
});

export const removePenalty = defineRemedy({
  id: "remove-penalty",
  title: "Remove the weight penalty",
  cured: "Without the weight penalty",
  size: 1,
  edits: ({ plan }) => {
    const edits: Edit[] = layersOf(plan).flatMap((layer, i) => [
      ...((layer.l1 ?? 0) > 0 ? [{ path: `network[${i}].l1`, value: undefined }] : []),
      ...((layer.l2 ?? 0) > 0 ? [{ path: `network[${i}].l2`, value: undefined }] : []),
    ]);
    // The little weight decay that AdamW is used for is no fault.
    if (plan.training.optimizer.weightDecay > 0.01) edits.push({ path: "training.optimizer.weightDecay", value: 0 });
    return orNull(edits);
  },
});

export const removeDropout = defineRemedy({
  id: "remove-dropout",
  title: "Remove dropout",
  cured: "Without dropout",
  size: 1,
  edits: ({ plan }) => {
    const layers = layersOf(plan);
    if (layers.some((layer) => layer.from)) return null;
    const drops = layers.flatMap((layer, i) => (traitsOf(layer.layer).noise ? [i] : []));
    return orNull(drops.reverse().map((i) => ({ remove: i })));
  },
});

export const lessDropout = defineRemedy({
  id: "less-dropout",
  title: "Reduce dropout to 0.2",
  cured: "With less dropout",
  size: 1,
  edits: ({ plan }) =>
    orNull(
      layersOf(plan).flatMap((layer, i) =>
        layer.layer === "dropout" && i < outputIndex(layersOf(plan)) && (layer.rate ?? 0) > 0.3
          ? [{ path: `network[${i}].rate`, value: 0.2 }]
          : [],
      ),
    ),
});

export const freeNetwork = defineRemedy({
  id: "free-network",
  title: "Remove dropout, penalties and augmentation",
  cured: "Without regularisation",
  size: 2,
  edits: (context) => {
    const parts = [removePenalty, removeDropout, removeAugmentation].map((remedy) => remedy.edits(context) ?? []);
    // One alone is a remedy of its own.
    return parts.filter((edits) => edits.length > 0).length > 1 ? parts.flat() : null;
  },
});

/** Moves that leave what an image shows as it is, in most sets of images: nothing is turned over, and a digit stays upright (10°). */
const MILD = [{ name: "shift" }, { name: "rotate", amount: 0.03 }, { name: "zoom" }];

export const augmentImages = defineRemedy({
  id: "augment-images",
  title: "Shift, rotate and zoom the training images a little",
  cured: "With augmentation",
  size: 2,
  edits: ({ plan, known: { profile } }) =>
    profile?.images && profile.shape.length === 3 && plan.data.augment.length === 0
      ? [{ path: "data.augment", value: MILD }]
      : null,
});

export const removeAugmentation = defineRemedy({
  id: "remove-augmentation",
  title: "Remove augmentation",
  cured: "Without augmentation",
  size: 1,
  edits: ({ plan }) => (plan.data.augment.length > 0 ? [{ path: "data.augment", value: [] }] : null),
});
