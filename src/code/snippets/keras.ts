/** The code of a plan's parts in Keras 3. */

import { type AugmentationName, amountOf } from "../../plan/augmentation.ts";
import type { Initialiser, Layer } from "../../plan/layers.ts";
import type { Loss } from "../../plan/plan.ts";
import { compact, parametersOf } from "../../plan/terse.ts";
import { snake } from "../../words.ts";
import { type Facts, type Idiom, initialiserForm, layerLines, learningRateOf, settings } from "./facts.ts";
import { BALANCED, blankOf, dataParts, python, STD, scored } from "./python.ts";

const CLASSES: Partial<Record<Layer["layer"], string>> = {
  maxPooling1d: "MaxPooling1D",
  maxPooling2d: "MaxPooling2D",
  simpleRNN: "SimpleRNN",
  lstm: "LSTM",
  gru: "GRU",
};
const className = (name: string) =>
  CLASSES[name as Layer["layer"]] ?? name[0].toUpperCase() + name.slice(1).replace(/([12])d$/, "$1D");

const INITIALISERS: Record<string, (n: number) => string> = {
  constant: (n) => `Constant(${n})`,
  normal: (n) => `RandomNormal(stddev=${n})`,
  truncatedNormal: (n) => `TruncatedNormal(stddev=${n})`,
  uniform: (n) => `RandomUniform(${-n}, ${n})`,
};
function initialiser(init: Initialiser): string {
  const form = initialiserForm(init);
  return typeof form === "string" ? `"${snake(form)}"` : `keras.initializers.${INITIALISERS[form[0]](form[1])}`;
}

const ARGUMENTS: Record<string, string> = { dilation: "dilation_rate", std: "stddev", heads: "num_heads", of: "layer" };
const OWN: Partial<Record<Layer["layer"], Record<string, string>>> = {
  embedding: { kernelInit: "embeddings_initializer" },
  batchNormalization: { kernelInit: "gamma_initializer", biasInit: "beta_initializer", useBias: "center" },
  layerNormalization: { kernelInit: "gamma_initializer", biasInit: "beta_initializer", useBias: "center" },
};

function argument(layer: Layer, [name, value]: [string, unknown]): string {
  const init = name === "kernelInit" || name === "biasInit";
  const keyword =
    OWN[layer.layer]?.[name] ??
    ARGUMENTS[name] ??
    (init ? `${name === "kernelInit" ? "kernel" : "bias"}_initializer` : snake(name));
  if (init) return `${keyword}=${initialiser(value as Initialiser)}`;
  if (name === "activation" || name === "recurrentActivation") return `${keyword}="${snake(value as string)}"`;
  if (name === "of") return layerCode(value as Layer);
  return `${keyword}=${python(compact(value))}`;
}

export function layerCode(layer: Layer): string {
  const { required, optional } = parametersOf(layer);
  const { l1, l2 } = { l1: 0, l2: 0, ...layer };
  const penalty = l1 && l2 ? `L1L2(l1=${l1}, l2=${l2})` : l1 ? `L1(${l1})` : l2 ? `L2(${l2})` : "";
  const positional = required
    .filter(([name]) => name !== "from")
    .map((entry) => (entry[0] === "of" ? argument(layer, entry) : argument(layer, entry).replace(/^\w+=/, "")));
  const named = optional
    .filter(([name]) => !["l1", "l2", "weights", "layer"].includes(name))
    .map((entry) => argument(layer, entry));
  const args = [...positional, ...named, ...(penalty ? [`kernel_regularizer=keras.regularizers.${penalty}`] : [])];
  return `keras.layers.${className(layer.layer)}(${args.join(", ")})`;
}

function network(facts: Facts): string {
  if (typeof facts.plan.network === "string") return `model = keras.models.load_model(${python(facts.plan.network)})`;
  const lines = layerLines(facts, "#", (layer) => `    ${layerCode(layer)},`);
  if (facts.layers.some((layer) => layer.from) || facts.layers.length > lines.length)
    return lines.map((line) => line.trim()).join("\n");
  return `model = keras.Sequential([\n${lines.join("\n")}\n])`;
}

const OPTIMIZERS: Record<string, string> = { sgd: "SGD", adamw: "AdamW", rmsprop: "RMSprop" };
const optimizerName = (name: string) => OPTIMIZERS[name] ?? className(name);

function optimizer({ plan }: Facts): string {
  const { optimizer: own, clipNorm, averageWeights } = plan.training;
  const { learningRate, decay } = own;
  const steady = `learning_rate=${learningRate}`;
  const args = [
    decay
      ? `learning_rate=keras.optimizers.schedules.InverseTimeDecay(${learningRate}, decay_steps=1, decay_rate=${decay})`
      : steady,
    ...settings(own).map(([name, value]) => `${snake(name).replace(/^beta(?=\d)/, "beta_")}=${python(value)}`),
    ...(clipNorm === null ? [] : [`global_clipnorm=${clipNorm}`]),
    ...(averageWeights === null ? [] : [`use_ema=True, ema_momentum=${averageWeights}`]),
  ];
  return `keras.optimizers.${optimizerName(own.name)}(${args.join(", ")})`;
}

const LOSSES: Record<string, string> = { kullbackLeiblerDivergence: "KLDivergence" };

function loss(given: Loss | undefined): string {
  if (!given) return "loss";
  const args = [
    ...(given.fromLogits ? ["from_logits=True"] : []),
    ...(given.labelSmoothing ? [`label_smoothing=${given.labelSmoothing}`] : []),
    ...(given.reduction === "sum" ? ['reduction="sum"'] : []),
  ];
  return `keras.losses.${LOSSES[given.name] ?? className(given.name)}(${args.join(", ")})`;
}

function metric({ plan }: Facts): string | undefined {
  const top = plan.training.loss?.name === "sparseCategoricalCrossentropy" ? "SparseTopK" : "TopK";
  const calls: Record<string, string> = {
    accuracy: '"accuracy"',
    exactMatch: '"accuracy"',
    binaryAccuracy: '"binary_accuracy"',
    auc: "keras.metrics.AUC()",
    f1: 'keras.metrics.F1Score(average="macro")',
    topKAccuracy: `keras.metrics.${top}CategoricalAccuracy(k=${plan.metric?.k})`,
    r2: "keras.metrics.R2Score()",
    mae: '"mae"',
    mse: '"mse"',
    rmse: "keras.metrics.RootMeanSquaredError()",
  };
  return plan.metric && calls[plan.metric.name];
}

function compile(facts: Facts): string {
  const evaluated = metric(facts);
  const args = [
    `optimizer=${optimizer(facts)},`,
    `loss=${loss(facts.plan.training.loss)},`,
    ...(evaluated ? [`metrics=[${evaluated}],`] : []),
  ];
  return `model.compile(\n    ${args.join("\n    ")}\n)`;
}

function callbacks(facts: Facts): string[] {
  const { schedule, earlyStopping, averageWeights } = facts.plan.training;
  const watched = facts.plan.data.validation === null ? 'monitor="loss", ' : "";
  const learningRate = learningRateOf(facts, "math");
  const list: string[] = [];
  if (learningRate) list.push(`keras.callbacks.LearningRateScheduler(lambda epoch: ${learningRate})`);
  if (schedule?.name === "reduceOnPlateau")
    list.push(`keras.callbacks.ReduceLROnPlateau(${watched}factor=${schedule.factor}, patience=${schedule.patience})`);
  if (averageWeights !== null) list.push("keras.callbacks.SwapEMAWeights(swap_on_epoch=True)");
  if (earlyStopping) {
    const { patience, minDelta, after, restoreBest } = earlyStopping;
    const args = [
      `patience=${patience}`,
      ...(minDelta ? [`min_delta=${minDelta}`] : []),
      ...(after ? [`start_from_epoch=${after}`] : []),
      ...(restoreBest ? ["restore_best_weights=True"] : []),
    ];
    list.push(`keras.callbacks.EarlyStopping(${watched}${args.join(", ")})`);
  }
  return list;
}

function fitting(facts: Facts): string {
  const { data, training } = facts.plan;
  const list = callbacks(facts);
  const args = [
    "x_train, y_train,",
    ...(data.validation === null ? [] : ["validation_data=(x_val, y_val),"]),
    `batch_size=${training.batchSize},`,
    `epochs=${training.epochs},`,
    `shuffle=${python(training.shuffle)},`,
    ...(data.classWeights === "balanced" ? ["class_weight=class_weight,"] : []),
    ...(list.length > 0 ? [`callbacks=[\n        ${list.join(",\n        ")},\n    ],`] : []),
  ];
  const math = list.some((callback) => callback.includes("math.")) ? "import math\n" : "";
  return `${math}model.fit(\n    ${args.join("\n    ")}\n)`;
}

type Made = { facts: Facts; sound: boolean };
// A sound is shifted and stretched along its frames, the first axis. An augmentation that is missing here has no layer in Keras.
const AUGMENTATIONS: Record<AugmentationName, (amount: number, made: Made) => string[]> = {
  flip: () => ['RandomFlip("horizontal")'],
  shift: (amount, { sound }) => [`RandomTranslation(${amount}, ${sound ? 0 : amount})`],
  rotate: (amount) => [`RandomRotation(${amount})`],
  zoom: (amount) => [`RandomZoom(${amount})`],
  brightness: (amount) => [`RandomBrightness(${amount}, value_range=(float(x_train.min()), float(x_train.max())))`],
  cutout: (amount, { facts }) => {
    const blank = blankOf(facts);
    const range = blank === "0.0" ? "" : `, value_range=(${blank}, ${blank})`;
    return [`RandomErasing(scale=(${square(amount)}, ${square(amount)}), fill_value=${blank}${range})`];
  },
  noise: (amount, { facts, sound }) =>
    facts.images || sound
      ? [`GaussianNoise(${amount} * float(x_train.std()))`]
      : ["Rescaling(1 / std)", `GaussianNoise(${amount})`, "Rescaling(std)"],
  stretch: (amount) => [`RandomZoom(${amount}, (0.0, 0.0))`],
  mixup: (amount) => [`MixUp(alpha=${amount})`],
};

/** Keras' cutout takes a share of the area, the plan a share of the side. */
const square = (amount: number): number => Number((amount * amount).toPrecision(3));

function augment(facts: Facts): string {
  const list = facts.plan.data.augment;
  const sound = list.some(({ name }) => name === "stretch");
  const calls = (one: (typeof list)[number]) =>
    AUGMENTATIONS[one.name](amountOf(one), { facts, sound }).map((call) => `keras.layers.${call}`);
  const layers = list.filter(({ name }) => name !== "mixup").flatMap(calls);
  const mixed = list.filter(({ name }) => name === "mixup").flatMap(calls);
  const lines = [
    ...(layers.some((call) => call.includes("(std)"))
      ? [`std = np.maximum(${STD(facts)}, 1e-7)  # of each column`]
      : []),
    ...(layers.length > 0
      ? [
          "augment = keras.Sequential([  # in front of the network, in training only",
          ...layers.map((call) => `    ${call},`),
          "])",
        ]
      : []),
    ...mixed.map((call) => `mix = ${call}  # of batches: {"images": x, "labels": one-hot y}`),
  ];
  return lines.length > 0 ? lines.join("\n") : "# no augmentation";
}

export const keras: Idiom = {
  comment: "#",
  parts: {
    ...dataParts,
    augment,
    classWeights: (facts) =>
      facts.plan.data.classWeights === "none"
        ? fitting(facts)
        : `${BALANCED}\nclass_weight = dict(enumerate(weights))\n${fitting(facts)}`,
    network,
    loss: compile,
    optimizer: compile,
    clipNorm: compile,
    averageWeights: (facts) => `${compile(facts)}\n${fitting(facts)}`,
    metric: (facts) =>
      !facts.plan.metric || metric(facts) ? compile(facts) : `output = model.predict(x_val)\n${scored(facts)}`,
    batchSize: fitting,
    epochs: fitting,
    shuffle: fitting,
    schedule: fitting,
    earlyStopping: fitting,
  },
};
