/** Remedies of the hidden layers: activations and initial weights. */
import { layersOf } from "../case/from-plan.ts";
import {
  activationsAfter,
  hasWeights,
  hiddenIndices,
  initOf,
  isRecurrent,
  outputIndex,
  spreadOf,
} from "../checks/facts.ts";
import { traitsOf } from "../plan/layer-traits.ts";
import type { Plan } from "../plan/plan.ts";
import { defineRemedy, type Edit } from "./remedy.ts";

const SQUASHES = new Set(["sigmoid", "hardSigmoid", "tanh", "softsign", "softmax"]);

const orNull = (edits: Edit[]): Edit[] | null => (edits.length > 0 ? edits : null);

/** Hidden layers whose activation is theirs to choose: a recurrent layer's tanh belongs to it. */
const bendable = (plan: Plan): number[] =>
  hiddenIndices(layersOf(plan)).filter(
    (i) => !isRecurrent(layersOf(plan)[i]) && layersOf(plan)[i].activation !== undefined,
  );

const replace = (plan: Plan, which: (activation: string) => boolean, by: string): Edit[] =>
  bendable(plan)
    .flatMap((i) => activationsAfter(layersOf(plan), i))
    .filter((one) => which(one.activation))
    .map((one) => ({ path: `network[${one.index}].activation`, value: by }));

export const reluHidden = defineRemedy({
  id: "relu-hidden",
  title: "Use ReLU in the hidden layers",
  cured: "With ReLU in the hidden layers",
  size: 2,
  edits: ({ plan }) => orNull(replace(plan, (activation) => SQUASHES.has(activation), "relu")),
});

export const bendHidden = defineRemedy({
  id: "bend-hidden",
  title: "Give the hidden layers an activation",
  cured: "With ReLU in the hidden layers",
  size: 2,
  edits: ({ plan }) =>
    orNull(
      bendable(plan)
        .filter((i) => activationsAfter(layersOf(plan), i).length === 0)
        .map((i) => ({ path: `network[${i}].activation`, value: "relu" })),
    ),
});

export const leakyRelu = defineRemedy({
  id: "leaky-relu",
  title: "Use leaky ReLU in the hidden layers",
  cured: "With leaky ReLU",
  size: 2,
  edits: ({ plan }) => orNull(replace(plan, (activation) => activation === "relu", "leakyRelu")),
});

export const eluHidden = defineRemedy({
  id: "elu-hidden",
  title: "Use ELU in the hidden layers",
  cured: "With ELU",
  size: 2,
  edits: ({ plan }) => orNull(replace(plan, (activation) => activation === "relu", "elu")),
});

export const usualInit = defineRemedy({
  id: "usual-init",
  title: "Use Keras' default initialisers",
  cured: "With the default initialisers",
  size: 2,
  edits: ({ plan }) =>
    orNull(
      layersOf(plan).flatMap((layer, i): Edit[] => {
        if (!hasWeights(layer)) return [];
        const kernel =
          spreadOf(initOf(layer.kernelInit)) !== undefined
            ? [{ path: `network[${i}].kernelInit`, value: undefined }]
            : [];
        const bias =
          initOf(layer.biasInit).kind !== "zeros" && layer.biasInit !== undefined
            ? [{ path: `network[${i}].biasInit`, value: undefined }]
            : [];
        // The default initialiser of an embedding has a fixed range.
        return layer.layer === "embedding" ? [] : [...kernel, ...bias];
      }),
    ),
});

export const heInit = defineRemedy({
  id: "he-init",
  title: "Use He initialisation in the ReLU layers",
  cured: "With He initialisation",
  size: 2,
  edits: ({ plan }) =>
    orNull(
      hiddenIndices(layersOf(plan))
        .filter(
          (i) =>
            activationsAfter(layersOf(plan), i).some((one) => /relu/i.test(one.activation)) &&
            !initOf(layersOf(plan)[i].kernelInit).kind.startsWith("he"),
        )
        .map((i) => ({ path: `network[${i}].kernelInit`, value: "heUniform" })),
    ),
});

export const normaliseBetween = defineRemedy({
  id: "normalise-between",
  title: "Add batch normalisation after every hidden layer",
  cured: "With batch normalisation",
  size: 3,
  edits: ({ plan }) => {
    const layers = layersOf(plan);
    if (layers.some((layer) => traitsOf(layer.layer).normalises || layer.from)) return null;
    const after = hiddenIndices(layersOf(plan)).filter(
      (i) => layers[i].layer === "dense" || layers[i].layer === "conv2d" || layers[i].layer === "conv1d",
    );
    // From the back, so that the indices in front stay true.
    return orNull(after.reverse().map((i) => ({ insert: { at: i + 1, layer: { layer: "batchNormalization" } } })));
  },
});

export const removeOutputNoise = defineRemedy({
  id: "remove-output-noise",
  title: "Remove dropout and noise after the output layer",
  cured: "Without dropout on the output",
  size: 1,
  edits: ({ plan }) => {
    const out = outputIndex(layersOf(plan));
    const after = layersOf(plan).flatMap((layer, i) => (i > out && out >= 0 && traitsOf(layer.layer).noise ? [i] : []));
    return orNull(after.reverse().map((i) => ({ remove: i })));
  },
});

export const removeOutputNormalisation = defineRemedy({
  id: "remove-output-normalisation",
  title: "Remove the normalisation after the output layer",
  cured: "Without normalisation of the output",
  size: 1,
  edits: ({ plan }) => {
    const out = outputIndex(layersOf(plan));
    const after = layersOf(plan).flatMap((layer, i) =>
      i > out && out >= 0 && traitsOf(layer.layer).normalises ? [i] : [],
    );
    return orNull(after.reverse().map((i) => ({ remove: i })));
  },
});

export const thaw = defineRemedy({
  id: "thaw",
  title: "Train the frozen layers",
  cured: "With every layer trained",
  size: 1,
  edits: ({ plan }) =>
    orNull(
      layersOf(plan).flatMap((layer, i) =>
        hasWeights(layer) && layer.trainable === false ? [{ path: `network[${i}].trainable`, value: true }] : [],
      ),
    ),
});

export const removeLastPooling = defineRemedy({
  id: "remove-last-pooling",
  title: "Remove the last pooling layer",
  cured: "With one pooling layer less",
  size: 2,
  edits: ({ plan }) => {
    const last = layersOf(plan).findLastIndex((layer) => traitsOf(layer.layer).pools && "poolSize" in layer);
    return last < 0 ? null : [{ remove: last }];
  },
});
