/** A plan as a whole program in PyTorch 2. */

import { traitsOf } from "../../plan/layer-traits.ts";
import type { Initialiser, Layer } from "../../plan/layers.ts";
import { UserError } from "../../user-error.ts";
import type { Facts } from "../snippets/facts.ts";
import { BALANCED, scored } from "../snippets/python.ts";
import { pytorch } from "../snippets/pytorch.ts";
import { initialised, softmaxInLoss } from "../snippets/pytorch-network.ts";
import { isAugmented, pytorchAugmentation } from "./augment.ts";
import { dataCode } from "./data.ts";
import { assembled, evaluated } from "./evaluation.ts";
import { variable } from "./keras.ts";
import { type Emitted, emitted } from "./pytorch-layers.ts";
import { decoded, evaluatedTokens, isSequence, isTeacherForced, SHIFTED, sequenceCode } from "./sequence.ts";
import { factsOf, type Subject, units } from "./subject.ts";

const ofLayers = (subject: Subject): Emitted[] => {
  const bare = softmaxInLoss(factsOf(subject));
  return subject.layers.map((placed, i) => emitted(placed, bare && i === subject.layers.length - 1));
};

/** Whether the layers follow one another and each consists of modules only, so that a Sequential is enough. */
const isChain = ({ layers }: Subject, made: readonly Emitted[]): boolean =>
  layers.every(({ inputs }, i) => inputs.length === 1 && inputs[0] === i - 1 && made[i].plain);

function network(subject: Subject, made: readonly Emitted[]): string {
  if (!isChain(subject, made)) return branches(subject, made);
  const lines = made.filter(({ modules }) => modules.length > 0).map(({ modules }) => `    ${modules.join(", ")},`);
  return `model = nn.Sequential(\n${lines.join("\n")}\n)`;
}

/** A module with a name for each layer, applied one after the other. */
function branches(subject: Subject, made: readonly Emitted[]): string {
  const { layers, shape } = subject;
  const result = (i: number) => (i < -1 ? "given" : i < 0 ? "x" : `x_${variable(layers[i].name)}`);
  const makes = made.flatMap(({ modules }, i) => {
    const one = modules.length > 1 ? `nn.Sequential(${modules.join(", ")})` : modules[0];
    return one ? [`        self.${variable(layers[i].name)} = ${one}`] : [];
  });
  const calls = made.map(({ call }, i) => {
    const from = layers[i].inputs.map(result);
    const text = call
      .replaceAll("{m}", `self.${variable(layers[i].name)}`)
      .replaceAll("{*}", `(${from.join(", ")},)`)
      .replaceAll("{1}", from[1] ?? from[0])
      .replaceAll("{0}", from[0]);
    return `        ${result(i)} = ${text}`;
  });
  const body = [
    "class Network(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...makes,
    "",
    "    def forward(self, x):",
    ...(isTeacherForced(subject) ? [`        x, given = x[:, :${shape[0]}], x[:, ${shape[0]}:]`] : []),
    ...calls,
    `        return ${result(layers.length - 1)}`,
  ];
  return `${body.join("\n")}\n\n\nmodel = Network()`;
}

/** Where the weights of a layer are: the first of its modules. */
function place(subject: Subject, made: readonly Emitted[], i: number): string {
  if (isChain(subject, made)) return `model[${made.slice(0, i).flatMap(({ modules }) => modules).length}]`;
  const name = `model.${variable(subject.layers[i].name)}`;
  return made[i].modules.length > 1 ? `${name}[0]` : name;
}

type Weighty = Extract<Layer, { kernelInit: Initialiser }>;

/** Lines that initialise the weights as Keras does and freeze what is not trainable; and the weight penalties as expressions. */
function start(subject: Subject, made: readonly Emitted[]): { lines: string[]; penalties: string[] } {
  const lines: string[] = [];
  const penalties: string[] = [];
  subject.layers.forEach(({ layer: outer }, i) => {
    const layer = "of" in outer ? outer.of : outer;
    if (!("kernelInit" in layer)) return;
    const { kernelInit, biasInit, useBias, trainable, l1, l2 }: Weighty = layer;
    const at = place(subject, made, i);
    if (!trainable) lines.push(`${at}.requires_grad_(False)`);
    if (traitsOf(outer.layer).recurrent || outer.layer === "multiHeadAttention") {
      lines.push(`initialise(${at})`);
      return;
    }
    if (!outer.layer.endsWith("Normalization")) lines.push(initialised(kernelInit, `${at}.weight`));
    if (useBias && outer.layer !== "embedding") lines.push(initialised(biasInit, `${at}.bias`));
    if (l1) penalties.push(`${l1} * ${at}.weight.abs().sum()`);
    if (l2) penalties.push(`${l2} * ${at}.weight.square().sum()`);
  });
  return { lines: lines.some((line) => line.startsWith("initialise(")) ? [INITIALISE, ...lines] : lines, penalties };
}

const INITIALISE = `def initialise(layer):  # as Keras does, for layers with several matrices
    for name, weight in layer.named_parameters():
        if "bias" in name:
            nn.init.zeros_(weight)
        elif "weight_hh" in name:
            nn.init.orthogonal_(weight)
        else:
            nn.init.xavier_uniform_(weight)

`;

/** The targets in the type and shape that the loss expects. */
function targets(subject: Subject): string {
  const name = subject.plan.training.loss?.name ?? "";
  const classes = subject.encoding !== "numbers";
  const width = units(subject);
  const cross = /ategoricalCrossentropy$/.test(name);
  if (classes && cross && width > 1) return "torch.as_tensor(y).long()";
  if (classes && width > 1) return `nn.functional.one_hot(torch.as_tensor(y).long(), ${width}).float()`;
  return "torch.as_tensor(y).float().reshape(len(y), -1)";
}

/** Keras computes cross-entropy from clipped probabilities; PyTorch has no such loss, so the program defines it. */
function criterion(subject: Subject): string {
  const facts = factsOf(subject);
  const { loss } = subject.plan.training;
  const probabilities = /ategoricalCrossentropy$/.test(loss?.name ?? "") && !loss?.fromLogits && !softmaxInLoss(facts);
  if (!probabilities) return pytorch.parts["loss"](facts);
  return `def criterion(output, target):  # of probabilities, clipped as Keras clips them
    share = output / output.sum(-1, keepdim=True)
    return nn.functional.nll_loss(share.clamp(1e-7, 1 - 1e-7).log(), target)`;
}

/** The loop over the epochs, with the weight penalties in the loss. */
function epochs(facts: Facts, penalties: readonly string[], input = "x"): string {
  const loss = `criterion(model(${input}), y)`;
  return pytorch.parts["epochs"](facts)
    .replace(
      "criterion(model(x), y).backward()",
      penalties.length > 0 ? `(${loss} + penalty()).backward()` : `${loss}.backward()`,
    )
    .replace("        optimizer.step()", facts.plan.training.optimizer.decay ? "$&\n        decay.step()" : "$&");
}

/** The network, the initialisation of its weights, and the weight penalties. */
function model(subject: Subject, made: readonly Emitted[]): { blocks: string[]; penalties: string[] } {
  const { lines, penalties } = start(subject, made);
  const blocks = [
    network(subject, made),
    ...(lines.length > 0 ? [lines.join("\n")] : []),
    ...(penalties.length > 0 ? [`penalty = lambda: ${penalties.join(" + ")}`] : []),
  ];
  return { blocks, penalties };
}

/** A decoder is given the targetshifted by one step, after the inputs of its row. */
function sequenceProgram(subject: Subject): string {
  const facts = factsOf(subject);
  const { training } = subject.plan;
  if (subject.layers.some(({ layer }) => layer.layer === "embedding" && layer.maskZero))
    throw new UserError("masked padding is not supported in PyTorch programs.", "Use the Keras program instead.");
  const data = sequenceCode(subject);
  const { blocks, penalties } = model(subject, ofLayers(subject));
  const teacherForced = isTeacherForced(subject);
  const rows = (part: string) => (teacherForced ? `np.hstack([x_${part}, shifted(y_${part})])` : `x_${part}`);
  const bare = softmaxInLoss(facts) || training.loss?.fromLogits;
  const logits = bare ? "output" : "output.clamp(1e-7, 1 - 1e-7).log()";
  const predict = (x: string) => `predict(${x})`;
  return assembled(
    [...data.imports, "import torch", "from torch import nn"],
    [
      `torch.manual_seed(${subject.seed})`,
      ...data.lines,
      ...(teacherForced ? [SHIFTED] : []),
      `train_set = torch.utils.data.TensorDataset(torch.as_tensor(${rows("train")}), torch.as_tensor(y_train))`,
      ...blocks,
      `def criterion(output, target):  # of every token; padding does not count
    return nn.functional.cross_entropy(${logits}.flatten(0, 1), target.flatten(), ignore_index=0)`,
      pytorch.parts["optimizer"](facts),
      pytorch.parts["batchSize"](facts),
      epochs(facts, penalties)
        .replaceAll("model(x_val)", `model(torch.as_tensor(${rows("val")}))`)
        .replaceAll("y_val", "torch.as_tensor(y_val)"),
      `model.eval()


@torch.no_grad()
def predict(x):
    return ${averaged(training.averageWeights)}(torch.as_tensor(x)).numpy()`,
      teacherForced ? decoded(predict("np.hstack([x_val, given])")) : `predicted = ${predict("x_val")}.argmax(-1)`,
      evaluatedTokens(subject),
    ],
  );
}

export function pytorchProgram(subject: Subject): string {
  if (isSequence(subject)) return sequenceProgram(subject);
  const facts = factsOf(subject);
  const { plan } = subject;
  const data = dataCode(subject);
  const { blocks: built, penalties } = model(subject, ofLayers(subject));
  const bare = softmaxInLoss(facts);
  const blocks = [
    ...data.lines,
    ...(plan.data.classWeights === "balanced"
      ? [`${BALANCED}\nclass_weight = torch.tensor(weights, dtype=torch.float32)`]
      : []),
    ...(isAugmented(subject) ? [pytorchAugmentation(subject)] : []),
    [
      "def tensors(x, y):",
      `    return torch.as_tensor(x).float(), ${targets(subject)}`,
      "\n\n(x_train, y_train), (x_val, y_val) = tensors(x_train, y_train), tensors(x_val, y_val)",
      "train_set = torch.utils.data.TensorDataset(x_train, y_train)",
    ].join("\n"),
    ...built,
    criterion(subject),
    pytorch.parts["optimizer"](facts),
    pytorch.parts["batchSize"](facts),
    epochs(facts, penalties, isAugmented(subject) ? "augmented(x)" : "x"),
    evaluated(
      subject,
      `model.eval()\nwith torch.no_grad():\n    output = ${averaged(plan.training.averageWeights)}(x_val)${bare ? ".softmax(-1)" : ""}.numpy()`,
      scored(facts),
    ),
  ];
  return assembled(
    [...data.imports, "import torch", "from torch import nn"],
    [`torch.manual_seed(${subject.seed})`, ...blocks],
  );
}

const averaged = (average: number | null) => (average === null ? "model" : "averaged.eval()");
