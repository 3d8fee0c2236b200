/** The network of a plan in PyTorch 2. */

import type { Initialiser, Layer } from "../../plan/layers.ts";
import type { Activation } from "../../plan/names.ts";
import { compact } from "../../plan/terse.ts";
import { type Facts, initialiserForm, layerLines } from "./facts.ts";

export const ACTIVATIONS: Record<Activation, string> = {
  linear: "",
  relu: "nn.ReLU()",
  leakyRelu: "nn.LeakyReLU(0.2)",
  elu: "nn.ELU()",
  selu: "nn.SELU()",
  gelu: "nn.GELU()",
  swish: "nn.SiLU()",
  sigmoid: "nn.Sigmoid()",
  hardSigmoid: "nn.Hardsigmoid()",
  tanh: "nn.Tanh()",
  softplus: "nn.Softplus()",
  softsign: "nn.Softsign()",
  softmax: "nn.Softmax(dim=-1)",
};

const size = (value: unknown) => {
  const one = compact(value);
  return Array.isArray(one) ? `(${one.join(", ")})` : String(one);
};

type Convolution = Extract<Layer, { dilation: unknown }>;
type Pool = Extract<Layer, { poolSize: unknown }>;

function convolution(layer: Convolution, name: string, channels: string): string {
  const one = (value: unknown) => compact(value) === 1;
  const args = [
    `${channels}kernel_size=${size(layer.kernelSize)}`,
    ...(one(layer.strides) ? [] : [`stride=${size(layer.strides)}`]),
    ...(layer.padding === "valid" ? [] : [one(layer.strides) ? 'padding="same"' : `padding=${half(layer.kernelSize)}`]),
    ...(one(layer.dilation) ? [] : [`dilation=${size(layer.dilation)}`]),
    ...(layer.useBias ? [] : ["bias=False"]),
  ];
  return `nn.${name}(${args.join(", ")})`;
}

// With strides, PyTorch's convolutions take padding as a number only, not as "same".
const half = (kernel: number | number[]) =>
  size(Array.isArray(kernel) ? kernel.map((n) => Math.floor(n / 2)) : Math.floor(kernel / 2));

const pool = (layer: Pool, name: string) =>
  `nn.${name}(${size(layer.poolSize)}, stride=${size(layer.strides)}${layer.padding === "same" ? ", ceil_mode=True" : ""})`;

/** A layer without its activation; undefined where no single module does the same. */
function moduleOf(layer: Layer, before: Layer[]): string[] | undefined {
  switch (layer.layer) {
    case "dense":
      return [`nn.LazyLinear(${layer.units}${layer.useBias ? "" : ", bias=False"})`];
    case "conv1d":
      return [convolution(layer, "LazyConv1d", `${layer.filters}, `)];
    case "conv2d":
      return [convolution(layer, "LazyConv2d", `${layer.filters}, `)];
    case "depthwiseConv2d":
      return [convolution(layer, "Conv2d", "channels, channels, groups=channels, ")];
    case "maxPooling1d":
      return [pool(layer, "MaxPool1d")];
    case "maxPooling2d":
      return [pool(layer, "MaxPool2d")];
    case "averagePooling1d":
      return [pool(layer, "AvgPool1d")];
    case "averagePooling2d":
      return [pool(layer, "AvgPool2d")];
    case "globalMaxPooling1d":
      return ["nn.AdaptiveMaxPool1d(1)", "nn.Flatten()"];
    case "globalMaxPooling2d":
      return ["nn.AdaptiveMaxPool2d(1)", "nn.Flatten()"];
    case "globalAveragePooling1d":
      return ["nn.AdaptiveAvgPool1d(1)", "nn.Flatten()"];
    case "globalAveragePooling2d":
      return ["nn.AdaptiveAvgPool2d(1)", "nn.Flatten()"];
    case "flatten":
      return ["nn.Flatten()"];
    case "reshape":
      return ["nn.Flatten()", `nn.Unflatten(1, (${layer.targetShape.map((n) => `${n},`).join(" ")}))`];
    case "dropout":
      return [`nn.Dropout(${layer.rate})`];
    case "batchNormalization": {
      const kinds = before.map((other) => other.layer);
      const flat = kinds.some((kind) => kind === "flatten" || kind.startsWith("global"));
      const rank =
        flat || !kinds.some((kind) => kind.startsWith("conv")) ? "1d" : kinds.includes("conv2d") ? "2d" : "1d";
      return [`nn.LazyBatchNorm${rank}(eps=${layer.epsilon}, momentum=${Number((1 - layer.momentum).toPrecision(6))})`];
    }
    case "layerNormalization": {
      const sized = before.findLast((other) => "units" in other);
      return sized && "units" in sized ? [`nn.LayerNorm(${sized.units}, eps=${layer.epsilon})`] : undefined;
    }
    case "activation":
      return [ACTIVATIONS[layer.activation] || "nn.Identity()"];
    case "embedding":
      return [`nn.Embedding(${layer.inputDim}, ${layer.outputDim}${layer.maskZero ? ", padding_idx=0" : ""})`];
    default:
      return undefined;
  }
}

/** The modules of a layer, as in a Sequential. */
function modulesOf(facts: Facts, i: number): string[] | undefined {
  const layer = facts.layers[i];
  const own = moduleOf(layer, facts.layers.slice(0, i));
  if (own === undefined) return undefined;
  // CrossEntropyLoss includes the softmax, so the network ends in logits.
  const inLoss = i === facts.layers.length - 1 && softmaxInLoss(facts);
  if (layer.layer === "activation") return inLoss ? [] : own;
  const activation = "activation" in layer && !inLoss ? ACTIVATIONS[layer.activation] : "";
  return activation ? [...own, activation] : own;
}

export const softmaxInLoss = ({ plan, layers }: Facts) => {
  const last = layers.at(-1);
  const { loss } = plan.training;
  const crossEntropy = loss === undefined || (/[cC]ategoricalCrossentropy$/.test(loss.name) && !loss.fromLogits);
  return last !== undefined && "activation" in last && last.activation === "softmax" && crossEntropy;
};

/** The number of a layer's module in the Sequential. */
const place = (facts: Facts, i: number) => facts.layers.slice(0, i).flatMap((_, j) => modulesOf(facts, j) ?? []).length;

const INITIALISERS: Record<string, (parameter: string, n: number) => string> = {
  zeros: (p) => `zeros_(${p})`,
  ones: (p) => `ones_(${p})`,
  glorotUniform: (p) => `xavier_uniform_(${p})`,
  glorotNormal: (p) => `xavier_normal_(${p})`,
  heUniform: (p) => `kaiming_uniform_(${p}, nonlinearity="relu")`,
  heNormal: (p) => `kaiming_normal_(${p}, nonlinearity="relu")`,
  lecunUniform: (p) => `kaiming_uniform_(${p}, nonlinearity="linear")`,
  lecunNormal: (p) => `kaiming_normal_(${p}, nonlinearity="linear")`,
  orthogonal: (p) => `orthogonal_(${p})`,
  constant: (p, n) => `constant_(${p}, ${n})`,
  normal: (p, n) => `normal_(${p}, std=${n})`,
  truncatedNormal: (p, n) => `trunc_normal_(${p}, std=${n}, a=${-2 * n}, b=${2 * n})`,
  uniform: (p, n) => `uniform_(${p}, ${-n}, ${n})`,
};

export function initialised(init: Initialiser, parameter: string): string {
  const form = initialiserForm(init);
  const [name, n] = typeof form === "string" ? [form, 0] : form;
  return `nn.init.${INITIALISERS[name](parameter, n)}`;
}

/** Initialisation, freezing and weight penalties of the layers that changed. */
function weights(facts: Facts): string[] {
  const penalties: string[] = [];
  const lines: string[] = [];
  for (const [i, fields] of facts.marks) {
    const layer = facts.layers[i];
    if (!("kernelInit" in layer) || modulesOf(facts, i) === undefined) continue;
    const module = `model[${place(facts, i)}]`;
    // A new layer needs a line only where its initialiser is not the default of Keras.
    const starts = (field: "kernelInit" | "biasInit", usual: unknown[]) =>
      fields.includes(field) || (fields.length === 0 && !usual.includes(layer[field]));
    if (starts("kernelInit", ["glorotUniform", "ones"])) lines.push(initialised(layer.kernelInit, `${module}.weight`));
    if (starts("biasInit", ["zeros"]) && layer.useBias) lines.push(initialised(layer.biasInit, `${module}.bias`));
    if (!layer.trainable) lines.push(`${module}.requires_grad_(False)`);
    if (layer.l1) penalties.push(`${layer.l1} * ${module}.weight.abs().sum()`);
    if (layer.l2) penalties.push(`${layer.l2} * ${module}.weight.square().sum()`);
  }
  const shapes = "model(torch.as_tensor(x_train[:2], dtype=torch.float32))  # gives the lazy modules their shapes";
  return [
    ...(lines.length > 0 ? [shapes, ...lines] : []),
    ...(penalties.length > 0
      ? [`penalty = lambda: ${penalties.join(" + ")}`, "# in the loop: (criterion(model(x), y) + penalty()).backward()"]
      : []),
  ];
}

export function network(facts: Facts): string {
  if (typeof facts.plan.network === "string") return `# the network of ${facts.plan.network}`;
  const chain = facts.layers.every((layer, i) => !layer.from && modulesOf(facts, i) !== undefined);
  const lines = layerLines(facts, "#", (layer, i) => {
    const modules = modulesOf(facts, i);
    if (modules === undefined) return `    # ${layer.layer}: in the forward() of a module of your own`;
    const end =
      i === facts.layers.length - 1 && softmaxInLoss(facts) ? "  # logits: the loss includes the softmax" : "";
    return modules.length > 0 ? `    ${modules.join(", ")},${end}` : `   ${end}`;
  });
  const whole = chain && lines.length === facts.layers.length;
  if (!whole) return lines.map((line) => line.trim()).join("\n");
  return [`model = nn.Sequential(\n${lines.join("\n")}\n)`, ...weights(facts)].join("\n");
}
