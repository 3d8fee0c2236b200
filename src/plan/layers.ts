/** The layers of a network: what each takes, and Keras' value where the user is silent. */

import * as z from "zod";
import { quoted } from "../text.ts";
import { didYouMean } from "../user-error.ts";
import { ACTIVATIONS, INITIALISERS } from "./names.ts";

export const count = (what: string) => z.int().min(1).describe(`a whole number of 1 or more: ${what}`);
const positive = (what: string) => z.number().gt(0).describe(`a number above 0: ${what}`);
const notNegative = (what: string) => z.number().min(0).describe(`a number of 0 or more: ${what}`);
const share = (what: string) => z.number().min(0).lt(1).describe(`a number from 0 to below 1: ${what}`);
const yes = (what: string) => z.boolean().default(true).describe(`true or false: ${what}`);
const no = (what: string) => z.boolean().default(false).describe(`true or false: ${what}`);

const activation = (silent: (typeof ACTIVATIONS)[number] = "linear") =>
  z
    .enum(ACTIVATIONS)
    .meta({ title: "activation" })
    .nullable()
    .transform((name) => name ?? "linear")
    .prefault(silent)
    .describe("the name of an activation, or null for linear");

const initialiser = z
  .union([
    z.enum(INITIALISERS).meta({ title: "initialiser" }),
    z.strictObject({ constant: z.number() }),
    z.strictObject({ normal: notNegative("the standard deviation") }),
    z.strictObject({ truncatedNormal: notNegative("the standard deviation") }),
    z.strictObject({ uniform: notNegative("the limit") }),
  ])
  .describe('the name of an initialiser, or one with its number: { "normal": 0.05 }');
export type Initialiser = z.output<typeof initialiser>;

// A list may come in the length that the framework of the user wants: 3, [3] and, in the plane, [3, 3].
const along = (what: string, least = 1) =>
  z
    .union([z.int().min(least), z.tuple([z.int().min(least)]).transform(([n]) => n)])
    .describe(`a whole number of ${least} or more: ${what}`);
const across = (what: string, least = 1) =>
  z
    .union([
      z
        .int()
        .min(least)
        .transform((n): [number, number] => [n, n]),
      z.tuple([z.int().min(least), z.int().min(least)]),
    ])
    .describe(`a whole number of ${least} or more, or a pair: ${what}`);

const common = {
  name: z.string().min(1).optional().describe("a name of its own for the layer"),
  from: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'a list of names of earlier layers; "input" is the data; "target", in a sequence task, is the target one step late (0 first): a decoder is trained on it, and exactMatch evaluates its own predictions; absent: the layer before',
    ),
};

const kernel = <Init extends z.input<typeof initialiser>, Bias extends boolean>(init: Init, bias: Bias) => ({
  kernelInit: initialiser.prefault(init),
  biasInit: initialiser.prefault("zeros"),
  useBias: z.boolean().default(bias).describe("true or false: adds a bias"),
  l1: notNegative("the penalty on absolute weights").default(0),
  l2: notNegative("the penalty on squared weights").default(0),
  trainable: yes("the weights are trained"),
  weights: z
    .string()
    .min(1)
    .optional()
    .describe("the path of a safetensors file, or of a Keras, TensorFlow.js or ONNX model, to start from"),
});
const weights = kernel("glorotUniform", true);

const layer = <Name extends string, Shape extends z.core.$ZodLooseShape>(name: Name, shape: Shape) =>
  z.strictObject({ layer: z.literal(name), ...common, ...shape });

const padding = z.enum(["valid", "same"]).meta({ title: "padding" }).default("valid");

const convolution1d = {
  kernelSize: along("the size of the kernel"),
  strides: along("the steps of the kernel").prefault(1),
  padding,
  dilation: along("the gaps in the kernel").prefault(1),
  activation: activation(),
  ...weights,
};
const convolution2d = {
  kernelSize: across("the size of the kernel"),
  strides: across("the steps of the kernel").prefault(1),
  padding,
  dilation: across("the gaps in the kernel").prefault(1),
  activation: activation(),
  ...weights,
};

const pooling1d = <Name extends string>(name: Name) =>
  layer(name, {
    poolSize: along("the size of the window").prefault(2),
    padding,
    strides: along("the steps of the window; absent: its size").optional(),
  }).transform((pool) => ({ ...pool, strides: pool.strides ?? pool.poolSize }));
const pooling2d = <Name extends string>(name: Name) =>
  layer(name, {
    poolSize: across("the size of the window").prefault(2),
    padding,
    strides: across("the steps of the window; absent: its size").optional(),
  }).transform((pool) => ({ ...pool, strides: pool.strides ?? pool.poolSize }));

const recurrent = {
  units: count("the units of the layer"),
  returnSequences: no("gives the output of every step"),
  activation: activation("tanh"),
  dropout: share("the share of the inputs that is dropped").default(0),
  ...weights,
};
const gated = { ...recurrent, recurrentActivation: activation("sigmoid") };
const recurrents = [layer("simpleRNN", recurrent), layer("lstm", gated), layer("gru", gated)] as const;

const join = <Name extends string>(name: Name) =>
  z.strictObject({
    layer: z.literal(name),
    ...common,
    from: z.array(z.string().min(1)).min(2).describe("a list of the names of two or more layers"),
  });

const single = [
  layer("dense", { units: count("the units of the layer"), activation: activation(), ...weights }),
  layer("conv1d", { filters: count("the filters"), ...convolution1d }),
  layer("conv2d", { filters: count("the filters"), ...convolution2d }),
  layer("depthwiseConv2d", convolution2d),
  pooling1d("maxPooling1d"),
  pooling2d("maxPooling2d"),
  pooling1d("averagePooling1d"),
  pooling2d("averagePooling2d"),
  layer("globalMaxPooling1d", {}),
  layer("globalMaxPooling2d", {}),
  layer("globalAveragePooling1d", {}),
  layer("globalAveragePooling2d", {}),
  layer("flatten", {}),
  layer("reshape", {
    targetShape: z
      .array(z.int().min(-1))
      .min(1)
      .describe("a list of whole numbers: the shape of one row, with -1 for what follows from the rest"),
  }),
  layer("dropout", { rate: share("the share of the units that is dropped") }),
  layer("gaussianNoise", { std: notNegative("the standard deviation of the noise") }),
  layer("batchNormalization", {
    momentum: z.number().min(0).max(1).default(0.99).describe("a number from 0 to 1: the share of the past"),
    epsilon: positive("what keeps a division by 0 away").default(1e-3),
    ...kernel("ones", true),
  }),
  layer("layerNormalization", {
    epsilon: positive("what keeps a division by 0 away").default(1e-3),
    ...kernel("ones", true),
  }),
  layer("activation", { activation: activation().unwrap() }),
  layer("embedding", {
    inputDim: count("how many tokens there are"),
    outputDim: count("the numbers for each token"),
    maskZero: no("token 0 is padding"),
    ...kernel({ uniform: 0.05 }, false),
  }),
  ...recurrents,
  layer("repeatVector", { n: count("how often the row is repeated") }),
  layer("multiHeadAttention", {
    heads: count("the heads"),
    keyDim: count("the size of a key"),
    causal: no("no step sees a later one"),
    ...weights,
  }),
  join("add"),
  join("concatenate"),
] as const;

// Only layers that Keras wraps: a wrapper in a wrapper would make the type recursive and means nothing.
const inner = z.discriminatedUnion("layer", single).meta({ title: "layer" }).describe("a layer");
const innerRecurrent = z.discriminatedUnion("layer", recurrents).meta({ title: "layer" }).describe("a recurrent layer");

export const layerSchema = z
  .discriminatedUnion("layer", [
    ...single,
    layer("bidirectional", {
      of: innerRecurrent,
      mergeMode: z.enum(["concat", "sum"]).meta({ title: "mergeMode" }).default("concat"),
    }),
    layer("timeDistributed", { of: inner }),
  ])
  .meta({ title: "layer" })
  .describe('a layer, as in { "layer": "dense", "units": 8 }');

/** A list of layers whose names are its own and lead back, never forward. */
export const chainSchema = z
  .array(layerSchema)
  .min(1)
  .superRefine((layers, context) => {
    const earlier = new Set(["input", "target"]);
    for (const [i, { name, from }] of layers.entries()) {
      for (const [j, other] of (from ?? []).entries())
        if (!earlier.has(other))
          refuse(
            [i, "from", j],
            `no earlier layer is named ${quoted(other)}${didYouMean(other, [...earlier]) || "."}`,
            'Name one with "name".',
          );
      if (name && earlier.has(name))
        refuse([i, "name"], `the name ${quoted(name)} is taken.`, "Give each layer its own name.");
      if (name) earlier.add(name);
    }
    function refuse(path: (string | number)[], message: string, todo: string) {
      context.addIssue({ code: "custom", path, message, params: { todo }, input: layers });
    }
  });

export type Layer = z.output<typeof layerSchema>;
export type LayerKind = Layer["layer"];
