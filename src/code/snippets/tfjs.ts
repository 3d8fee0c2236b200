/** The code of a plan's parts in TensorFlow.js 4. */

import type { Initialiser, Layer } from "../../plan/layers.ts";
import { compact, parametersOf } from "../../plan/terse.ts";
import { type Facts, type Idiom, initialiserForm, layerLines, learningRateOf } from "./facts.ts";
import { dataParts, each, js } from "./tfjs-data.ts";

const INITIALISERS: Record<string, (n: number) => string> = {
  constant: (n) => `constant({ value: ${n} })`,
  normal: (n) => `randomNormal({ stddev: ${n} })`,
  truncatedNormal: (n) => `truncatedNormal({ stddev: ${n} })`,
  uniform: (n) => `randomUniform({ minval: ${-n}, maxval: ${n} })`,
};
function initialiser(init: Initialiser): string {
  const form = initialiserForm(init);
  // TensorFlow.js spells LeCun as leCun.
  if (typeof form === "string") return js(form.replace("lecun", "leCun"));
  return `tf.initializers.${INITIALISERS[form[0]](form[1])}`;
}

const ARGUMENTS: Record<string, string> = {
  kernelInit: "kernelInitializer",
  biasInit: "biasInitializer",
  dilation: "dilationRate",
  std: "stddev",
  of: "layer",
};
const NORMALIZATION = { kernelInit: "gammaInitializer", biasInit: "betaInitializer", useBias: "center" };
const OWN: Partial<Record<Layer["layer"], Record<string, string>>> = {
  embedding: { kernelInit: "embeddingsInitializer" },
  batchNormalization: NORMALIZATION,
  layerNormalization: NORMALIZATION,
};

function argument(layer: Layer, name: string, value: unknown): string {
  const keyword = OWN[layer.layer]?.[name] ?? ARGUMENTS[name] ?? name;
  if (name === "kernelInit" || name === "biasInit") return `${keyword}: ${initialiser(value as Initialiser)}`;
  if (name === "of") return `${keyword}: ${layerCode(value as Layer)}`;
  return `${keyword}: ${js(name === "targetShape" ? value : compact(value))}`;
}

function layerCode(layer: Layer, first = false): string {
  if (layer.layer === "multiHeadAttention") return "/* TensorFlow.js has no multi-head attention */";
  const { required, optional } = parametersOf(layer);
  const { l1, l2 } = { l1: 0, l2: 0, ...layer };
  // In TensorFlow.js this activation is a layer of its own.
  const leaky = "activation" in layer && layer.activation === "leakyRelu";
  const left = ["l1", "l2", "weights", "layer", "from", ...(leaky ? ["activation"] : [])];
  const penalty =
    l1 && l2 ? `l1l2({ l1: ${l1}, l2: ${l2} })` : l1 ? `l1({ l1: ${l1} })` : l2 ? `l2({ l2: ${l2} })` : "";
  const args = [
    ...(first ? ["inputShape: xTrain.shape.slice(1)"] : []),
    ...[...required, ...optional]
      .filter(([name]) => !left.includes(name))
      .map(([name, value]) => argument(layer, name, value)),
    ...(penalty ? [`kernelRegularizer: tf.regularizers.${penalty}`] : []),
  ];
  const alone = leaky && layer.layer === "activation";
  const own = alone ? "" : `tf.layers.${layer.layer}(${args.length > 0 ? `{ ${args.join(", ")} }` : "{}"})`;
  return [own, leaky ? "tf.layers.leakyReLU({ alpha: 0.2 })" : ""].filter(Boolean).join(", ");
}

function network(facts: Facts): string {
  if (typeof facts.plan.network === "string")
    return `const model = await tf.loadLayersModel(${js(facts.plan.network)});`;
  const lines = layerLines(facts, "//", (layer, i) => `    ${layerCode(layer, i === 0)},`);
  const whole = lines.length === facts.layers.length && !facts.layers.some((layer) => layer.from);
  return whole
    ? `const model = tf.sequential({\n  layers: [\n${lines.join("\n")}\n  ],\n});`
    : `const layers = [\n${lines.join("\n")}\n];`;
}

function optimizer({ plan }: Facts): string {
  const { name, learningRate, momentum, nesterov, beta1, beta2, rho, epsilon, decay } = plan.training.optimizer;
  const adam = `${learningRate}, ${beta1}, ${beta2}, ${epsilon}`;
  const plain = beta1 === 0.9 && beta2 === 0.999 && epsilon === 1e-7;
  const made: Record<string, string> = {
    sgd: momentum ? `momentum(${learningRate}, ${momentum}${nesterov ? ", true" : ""})` : `sgd(${learningRate})`,
    adam: `adam(${plain ? learningRate : adam})`,
    adamax: `adamax(${adam}, ${decay})`,
    rmsprop: `rmsprop(${learningRate}, ${rho}, ${momentum}, ${epsilon})`,
    adagrad: `adagrad(${learningRate})`,
    adadelta: `adadelta(${learningRate}, ${rho}, ${epsilon})`,
  };
  // TensorFlow.js has neither AdamW nor Nadam; Adam is the nearest.
  return `tf.train.${made[name] ?? `adam(${plain ? learningRate : adam})`}`;
}

function loss({ plan }: Facts): string {
  const given = plan.training.loss;
  if (!given) return "loss";
  const { name, fromLogits, reduction, labelSmoothing: smooth } = given;
  const sum = reduction === "sum";
  const rest = sum ? `, undefined, ${smooth}, tf.Reduction.SUM` : smooth ? `, undefined, ${smooth}` : "";
  if (name === "huber")
    return `(labels, output) => tf.losses.huberLoss(labels, output, undefined, 1${sum ? ", tf.Reduction.SUM" : ""})`;
  if (fromLogits && name !== "binaryCrossentropy")
    return `(labels, output) => tf.losses.softmaxCrossEntropy(labels, output${rest})`;
  if (fromLogits) return `(labels, output) => tf.losses.sigmoidCrossEntropy(labels, output${rest})`;
  const keyword = name === "cosineSimilarity" ? "cosineProximity" : name;
  const ofRow: Record<string, string> = {
    meanSquaredError: "output.sub(labels).square().mean(-1)",
    meanAbsoluteError: "output.sub(labels).abs().mean(-1)",
    categoricalCrossentropy: "tf.metrics.categoricalCrossentropy(labels, output)",
    sparseCategoricalCrossentropy: "tf.metrics.categoricalCrossentropy(labels, output)",
    binaryCrossentropy: "tf.metrics.binaryCrossentropy(labels, output)",
  };
  return sum && ofRow[name] ? `(labels, output) => ${ofRow[name]}.sum()` : js(keyword);
}

function compile(facts: Facts): string {
  const known: Record<string, string> = {
    accuracy: "accuracy",
    binaryAccuracy: "binaryAccuracy",
    mae: "mae",
    mse: "mse",
  };
  const metric = facts.plan.metric && known[facts.plan.metric.name];
  const args = [
    `optimizer: ${optimizer(facts)},`,
    `loss: ${loss(facts)},`,
    ...(metric ? [`metrics: [${js(metric)}],`] : []),
  ];
  const decay = facts.plan.training.optimizer.decay;
  const given = facts.plan.training.loss;
  // TensorFlow.js passes a custom loss the labels in the shape of the output.
  const own = given?.name === "sparseCategoricalCrossentropy" && (given.fromLogits || given.reduction === "sum");
  const units = "model.outputs[0].shape.at(-1)";
  const labels = own
    ? `${each(facts.plan, "y", (part) => `tf.oneHot(${part}.flatten().toInt(), ${units}).toFloat()`)}\n`
    : "";
  const lacks = decay
    ? `\n// TensorFlow.js has no decay: set the learning rate yourself, divided by 1 + ${decay} * step`
    : "";
  return `${labels}model.compile({\n  ${args.join("\n  ")}\n});${lacks}`;
}

function callbacks(facts: Facts): string[] {
  const { earlyStopping: stop, optimizer: own, schedule } = facts.plan.training;
  const learningRate = learningRateOf(facts, "Math");
  const list: string[] = [];
  const set = (value: string) =>
    own.name === "sgd" ? `model.optimizer.setLearningRate(${value})` : `model.optimizer.learningRate = ${value}`;
  if (learningRate) list.push(`new tf.CustomCallback({ onEpochBegin: async (epoch) => { ${set(learningRate)}; } })`);
  if (schedule?.name === "reduceOnPlateau") {
    const watched = facts.plan.data.validation === null ? "loss" : "val_loss";
    list.push(`new tf.CustomCallback({
      onEpochEnd: async (epoch, { ${watched}: value }) => {
        if (value < best) [best, waited] = [value, 0];
        else if (++waited >= ${schedule.patience}) {
          waited = 0;
          ${set(`(learningRate *= ${schedule.factor})`)};
        }
      },
    })`);
  }
  if (stop) {
    const monitor = facts.plan.data.validation === null ? "loss" : "val_loss";
    const lacks = stop.restoreBest || stop.after ? " /* restoreBest and after are not in TensorFlow.js */" : "";
    const delta = stop.minDelta ? `, minDelta: ${stop.minDelta}` : "";
    list.push(`tf.callbacks.earlyStopping({ monitor: "${monitor}", patience: ${stop.patience}${delta} })${lacks}`);
  }
  return list;
}

function fitting(facts: Facts): string {
  const { data, training } = facts.plan;
  const list = callbacks(facts);
  const args = [
    ...(data.validation === null ? [] : ["validationData: [xVal, yVal],"]),
    `batchSize: ${training.batchSize},`,
    `epochs: ${training.epochs},`,
    `shuffle: ${training.shuffle},`,
    ...(data.classWeights === "balanced" ? ["classWeight,"] : []),
    ...(list.length > 0 ? [`callbacks: [\n    ${list.join(",\n    ")},\n  ],`] : []),
  ];
  const state =
    training.schedule?.name === "reduceOnPlateau"
      ? `let [best, waited, learningRate] = [Infinity, 0, ${training.optimizer.learningRate}];\n`
      : "";
  return `${state}await model.fit(xTrain, yTrain, {\n  ${args.join("\n  ")}\n});`;
}

function classWeights(facts: Facts): string {
  if (facts.plan.data.classWeights === "none") return fitting(facts);
  const target = js([facts.plan.data.target].flat()[0]);
  return `const counts = {};
for (const row of train) counts[row[${target}]] = (counts[row[${target}]] ?? 0) + 1;
const classes = Object.keys(counts);
const classWeight = Object.fromEntries(classes.map((name) => [name, train.length / (classes.length * counts[name])]));
${fitting(facts)}`;
}

export const tfjs: Idiom = {
  comment: "//",
  parts: {
    ...dataParts,
    classWeights,
    network,
    loss: compile,
    optimizer: compile,
    metric: compile,
    clipNorm: ({
      plan,
    }) => `const clipped = (gradients) => { // model.fit cannot clip: with tf.variableGrads and optimizer.applyGradients
  const norm = tf.addN(Object.values(gradients).map((gradient) => gradient.square().sum())).sqrt();
  const factor = tf.minimum(1, tf.div(${plan.training.clipNorm}, norm));
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, gradient.mul(factor)]));
};`,
    averageWeights: ({ plan }) => `const average = model.getWeights().map((weight) => weight.clone());
const afterBatch = () => tf.tidy(() => model.getWeights().forEach((weight, i) => {
  average[i] = tf.keep(average[i].mul(${plan.training.averageWeights}).add(weight.mul(1 - ${plan.training.averageWeights})));
})); // in onBatchEnd; evaluate after model.setWeights(average)`,
    batchSize: fitting,
    epochs: fitting,
    shuffle: fitting,
    schedule: fitting,
    earlyStopping: fitting,
  },
};
