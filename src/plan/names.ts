/** Every name that a plan may use, what belongs to it, and the other names that people know it by. */

export const TASKS = ["classification", "multilabel", "regression", "sequence"] as const;

export const LAYERS = [
  "dense",
  "conv1d",
  "conv2d",
  "depthwiseConv2d",
  "maxPooling1d",
  "maxPooling2d",
  "averagePooling1d",
  "averagePooling2d",
  "globalMaxPooling1d",
  "globalMaxPooling2d",
  "globalAveragePooling1d",
  "globalAveragePooling2d",
  "flatten",
  "reshape",
  "dropout",
  "gaussianNoise",
  "batchNormalization",
  "layerNormalization",
  "activation",
  "embedding",
  "simpleRNN",
  "lstm",
  "gru",
  "bidirectional",
  "timeDistributed",
  "repeatVector",
  "multiHeadAttention",
  "add",
  "concatenate",
] as const;

export const ACTIVATIONS = [
  "linear",
  "relu",
  "leakyRelu",
  "elu",
  "selu",
  "gelu",
  "swish",
  "sigmoid",
  "hardSigmoid",
  "tanh",
  "softplus",
  "softsign",
  "softmax",
] as const;

export const INITIALISERS = [
  "zeros",
  "ones",
  "glorotUniform",
  "glorotNormal",
  "heUniform",
  "heNormal",
  "lecunUniform",
  "lecunNormal",
  "orthogonal",
] as const;

export const LOSSES = [
  "categoricalCrossentropy",
  "sparseCategoricalCrossentropy",
  "binaryCrossentropy",
  "meanSquaredError",
  "meanAbsoluteError",
  "huber",
  "hinge",
  "kullbackLeiblerDivergence",
  "poisson",
  "cosineSimilarity",
] as const;

export const OPTIMIZERS = ["sgd", "adam", "adamw", "rmsprop", "adagrad", "adadelta", "adamax", "nadam"] as const;

export const METRICS = [
  "accuracy",
  "balancedAccuracy",
  "binaryAccuracy",
  "auc",
  "f1",
  "topKAccuracy",
  "exactMatch",
  "r2",
  "mae",
  "mse",
  "rmse",
  "loss",
] as const;

export const SCHEDULES = [
  "exponential",
  "step",
  "cosine",
  "warmup",
  "oneCycle",
  "cosineRestarts",
  "reduceOnPlateau",
] as const;

export const AUGMENTATIONS = [
  "flip",
  "shift",
  "rotate",
  "zoom",
  "brightness",
  "cutout",
  "noise",
  "stretch",
  "mixup",
] as const;

export type Activation = (typeof ACTIVATIONS)[number];
export type LossName = (typeof LOSSES)[number];
export type OptimizerName = (typeof OPTIMIZERS)[number];
export type MetricName = (typeof METRICS)[number];

/** What an optimizer has beside its learning rate, and Keras' values where they are not the common ones. */
export const COMMON_OPTIMIZER = {
  learningRate: 0.001,
  momentum: 0,
  nesterov: false as boolean,
  decay: 0,
  beta1: 0.9,
  beta2: 0.999,
  rho: 0.9,
  epsilon: 1e-7,
  weightDecay: 0,
};

const ADAM = ["beta1", "beta2", "epsilon"];
export const OPTIMIZER_FIELDS: Record<OptimizerName, readonly string[]> = {
  sgd: ["momentum", "nesterov"],
  adam: ADAM,
  adamw: ADAM,
  rmsprop: ["rho", "momentum", "epsilon"],
  adagrad: ["epsilon"],
  adadelta: ["rho", "epsilon"],
  adamax: ADAM,
  nadam: ADAM,
};

export const OPTIMIZER_DEFAULTS: Partial<Record<OptimizerName, Partial<typeof COMMON_OPTIMIZER>>> = {
  sgd: { learningRate: 0.01 },
  adamw: { weightDecay: 0.004 },
  adadelta: { rho: 0.95 },
};

export const LOSS_FIELDS: Partial<Record<LossName, readonly string[]>> = {
  categoricalCrossentropy: ["fromLogits", "labelSmoothing"],
  sparseCategoricalCrossentropy: ["fromLogits"],
  binaryCrossentropy: ["fromLogits", "labelSmoothing"],
};

/**
 * Another name (lower case, letters and digits only) and ours. Case and underscores need no entry. One name may stand for
 * several of ours: the one that is possible at its place is meant.
 */
export const ALIASES: readonly (readonly [string, string | Record<string, number>])[] = [
  ["lr", "learningRate"],
  ["batch", "batchSize"],
  ["nbepoch", "epochs"],
  ["numepochs", "epochs"],
  ["nepochs", "epochs"],
  ["lossfunction", "loss"],
  ["metrics", "metric"],
  ["layers", "network"],
  ["model", "network"],
  ["kernelinitializer", "kernelInit"],
  ["biasinitializer", "biasInit"],
  ["stride", "strides"],
  ["dilationrate", "dilation"],
  ["stddev", "std"],
  ["numheads", "heads"],
  ["classweight", "classWeights"],
  ["restorebestweights", "restoreBest"],
  ["startfromepoch", "after"],
  ["gradientclipping", "clipNorm"],
  ["bias", "useBias"],

  ["convolution1d", "conv1d"],
  ["convolution2d", "conv2d"],
  ["maxpool1d", "maxPooling1d"],
  ["maxpool2d", "maxPooling2d"],
  ["avgpool1d", "averagePooling1d"],
  ["avgpool2d", "averagePooling2d"],
  ["averagepool1d", "averagePooling1d"],
  ["averagepool2d", "averagePooling2d"],
  ["globalmaxpool1d", "globalMaxPooling1d"],
  ["globalmaxpool2d", "globalMaxPooling2d"],
  ["globalavgpool1d", "globalAveragePooling1d"],
  ["globalavgpool2d", "globalAveragePooling2d"],
  ["batchnorm", "batchNormalization"],
  ["layernorm", "layerNormalization"],
  ["concat", "concatenate"],

  ["silu", "swish"],
  ["none", "linear"],
  ["identity", "linear"],

  ["zero", "zeros"],
  ["one", "ones"],
  ["xavier", "glorotUniform"],
  ["xavieruniform", "glorotUniform"],
  ["xaviernormal", "glorotNormal"],
  ["kaiminguniform", "heUniform"],
  ["kaimingnormal", "heNormal"],
  // Keras' spreads where its initialiser is given by name alone.
  ["normal", { normal: 0.05 }],
  ["randomnormal", { normal: 0.05 }],
  ["uniform", { uniform: 0.05 }],
  ["randomuniform", { uniform: 0.05 }],
  ["truncatednormal", { truncatedNormal: 0.05 }],

  ["mse", "meanSquaredError"],
  ["mae", "meanAbsoluteError"],
  ["bce", "binaryCrossentropy"],
  ["cce", "categoricalCrossentropy"],
  ["huberloss", "huber"],
  ["kld", "kullbackLeiblerDivergence"],
  ["kldivergence", "kullbackLeiblerDivergence"],
  ["sumoverbatchsize", "mean"],

  ["acc", "accuracy"],
  ["categoricalaccuracy", "accuracy"],
  ["sparsecategoricalaccuracy", "accuracy"],
  ["topkcategoricalaccuracy", "topKAccuracy"],
  ["sparsetopkcategoricalaccuracy", "topKAccuracy"],
  ["f1score", "f1"],
  ["r2score", "r2"],
  ["rocauc", "auc"],
  ["meansquarederror", "mse"],
  ["meanabsoluteerror", "mae"],
  ["rootmeansquarederror", "rmse"],

  ["standardize", "standard"],
  ["standardise", "standard"],
  ["zscore", "standard"],
  ["char", "character"],
];

/** What to do about words of Keras that a plan has no field for. */
export const HINTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    input: "Leave it out: the shape of the input follows from the data.",
    inputlayer: "Leave it out: the shape of the input follows from the data.",
    inputshape: "Leave it out: the shape of the input follows from the data.",
    kernelregularizer: 'Write "l1" or "l2" with a number instead.',
    callbacks: 'Write "schedule" or "earlyStopping" instead.',
    validationdata: 'Write it as data.validation: { "source": … }.',
    metrics: 'Name one metric, as in "metric": "accuracy".',
  }),
);
