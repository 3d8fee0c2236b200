/** The code of a plan's parts in PyTorch 2. */

import { type AugmentationName, amountOf } from "../../plan/augmentation.ts";
import { snake } from "../../words.ts";
import { type Facts, type Idiom, settings } from "./facts.ts";
import { BALANCED, blankOf, dataParts, python, scored } from "./python.ts";
import { network, softmaxInLoss } from "./pytorch-network.ts";

const OPTIMIZERS: Record<string, string> = {
  sgd: "SGD",
  adam: "Adam",
  adamw: "AdamW",
  rmsprop: "RMSprop",
  adagrad: "Adagrad",
  adadelta: "Adadelta",
  adamax: "Adamax",
  nadam: "NAdam",
};

function optimizer({ plan }: Facts): string {
  const own = plan.training.optimizer;
  const betas = own.beta1 !== 0.9 || own.beta2 !== 0.999 ? [`betas=(${own.beta1}, ${own.beta2})`] : [];
  const names: Record<string, string> = { rho: own.name === "rmsprop" ? "alpha" : "rho", epsilon: "eps" };
  const rest = settings(own).filter(([name]) => !name.startsWith("beta"));
  // Where PyTorch's own value differs from Keras'.
  if (own.name === "rmsprop" && own.rho === 0.9) rest.push(["rho", 0.9]);
  if (own.name === "adamw" && own.weightDecay === 0.004) rest.push(["weightDecay", 0.004]);
  const args = [
    `lr=${own.learningRate}`,
    ...betas,
    ...rest.map(([name, value]) => `${names[name] ?? snake(name)}=${python(value)}`),
  ];
  const lines = [`optimizer = torch.optim.${OPTIMIZERS[own.name]}(model.parameters(), ${args.join(", ")})`];
  if (own.decay)
    lines.push(
      `decay = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 / (1 + ${own.decay} * step))  # decay.step() after every batch`,
    );
  return lines.join("\n");
}

function loss(facts: Facts): string {
  const given = facts.plan.training.loss;
  if (!given) return "criterion = criterion  # the loss stays";
  const options = [
    ...(given.labelSmoothing && given.name.endsWith("ategoricalCrossentropy")
      ? [`label_smoothing=${given.labelSmoothing}`]
      : []),
    ...(given.reduction === "sum" ? ['reduction="sum"'] : []),
  ];
  const weighted = facts.plan.data.classWeights === "balanced";
  const made = (name: string, ...own: string[]) => `nn.${name}(${[...own, ...options].join(", ")})`;
  const cross = made("CrossEntropyLoss", ...(weighted ? ["weight=class_weight"] : []));
  const binary = made("BCEWithLogitsLoss", ...(weighted ? ["pos_weight=class_weight[1] / class_weight[0]"] : []));
  const together = given.reduction;
  const of: Record<string, string> = {
    categoricalCrossentropy: cross,
    sparseCategoricalCrossentropy: cross,
    binaryCrossentropy: given.fromLogits ? binary : made("BCELoss"),
    meanSquaredError: made("MSELoss"),
    meanAbsoluteError: made("L1Loss"),
    huber: made("HuberLoss"),
    hinge: `lambda output, target: (1 - (2 * target - 1) * output).clamp(min=0).${together}()  # target: 0 or 1`,
    kullbackLeiblerDivergence: `lambda output, target: nn.functional.kl_div(output.log(), target, reduction="${
      together === "sum" ? "sum" : "batchmean"
    }")`,
    poisson: made("PoissonNLLLoss", "log_input=False"),
    cosineSimilarity: `lambda output, target: -nn.functional.cosine_similarity(output, target, dim=-1).${together}()`,
  };
  const logits = softmaxInLoss(facts) ? "  # takes logits: no softmax at the end of the network" : "";
  return `criterion = ${of[given.name]}${logits}`;
}

function scheduler({ plan }: Facts): string | undefined {
  const { schedule, epochs } = plan.training;
  const made = (name: string, args: string) => `torch.optim.lr_scheduler.${name}(optimizer, ${args})`;
  switch (schedule?.name) {
    case "exponential":
      return made("ExponentialLR", `gamma=${schedule.factor}`);
    case "step":
      return made("StepLR", `step_size=${schedule.every}, gamma=${schedule.factor}`);
    case "cosine":
      return made("CosineAnnealingLR", `T_max=${epochs}`);
    case "cosineRestarts":
      return made("CosineAnnealingWarmRestarts", `T_0=${schedule.every}`);
    case "warmup":
      return made("LinearLR", `start_factor=${1 / schedule.epochs}, total_iters=${schedule.epochs}`);
    case "oneCycle":
      return made("OneCycleLR", `max_lr=${plan.training.optimizer.learningRate}, total_steps=${epochs}`);
    case "reduceOnPlateau":
      return made("ReduceLROnPlateau", `factor=${schedule.factor}, patience=${schedule.patience}`);
    default:
      return undefined;
  }
}

const loader = ({ plan }: Facts) =>
  `loader = torch.utils.data.DataLoader(train_set, batch_size=${plan.training.batchSize}, shuffle=${python(plan.training.shuffle)})`;

/** The loop over the epochs, with clipping, weight averages, schedule and early stopping in it. */
function loop(facts: Facts): string {
  const { epochs, clipNorm, averageWeights, schedule, earlyStopping: stop } = facts.plan.training;
  const scheduled = scheduler(facts);
  const average = "torch.optim.swa_utils";
  const lines = [
    ...(scheduled ? [`scheduler = ${scheduled}`] : []),
    ...(averageWeights === null
      ? []
      : [
          `averaged = ${average}.AveragedModel(model, multi_avg_fn=${average}.get_ema_multi_avg_fn(${averageWeights}))`,
        ]),
    ...(stop ? ['best, waited = float("inf"), 0'] : []),
    `for epoch in range(${epochs}):`,
    "    model.train()",
    "    for x, y in loader:",
    "        optimizer.zero_grad()",
    "        criterion(model(x), y).backward()",
    ...(clipNorm === null ? [] : [`        nn.utils.clip_grad_norm_(model.parameters(), max_norm=${clipNorm})`]),
    "        optimizer.step()",
    ...(averageWeights === null ? [] : ["        averaged.update_parameters(model)  # evaluate averaged, not model"]),
    ...(stop || schedule?.name === "reduceOnPlateau"
      ? ["    model.eval()", "    with torch.no_grad():", "        val_loss = criterion(model(x_val), y_val).item()"]
      : []),
    ...(scheduled ? [`    scheduler.step(${schedule?.name === "reduceOnPlateau" ? "val_loss" : ""})`] : []),
    ...(stop
      ? [
          ...(stop.after ? [`    if epoch < ${stop.after}:`, "        continue"] : []),
          `    if val_loss < best${stop.minDelta ? ` - ${stop.minDelta}` : ""}:`,
          "        best, waited = val_loss, 0",
          ...(stop.restoreBest ? ["        kept = copy.deepcopy(model.state_dict())"] : []),
          "    else:",
          "        waited += 1",
          `        if waited >= ${Math.max(1, stop.patience)}:`,
          "            break",
          ...(stop.restoreBest ? ["model.load_state_dict(kept)"] : []),
        ]
      : []),
  ];
  return (stop?.restoreBest ? ["import copy", ...lines] : lines).join("\n");
}

// torchvision has no transform that stretches time.
const AUGMENTATIONS: Partial<Record<AugmentationName, (amount: number, facts: Facts) => string>> = {
  flip: (amount) => `RandomHorizontalFlip(${amount})`,
  shift: (amount) => `RandomAffine(0, translate=(${amount}, ${amount}))`,
  rotate: (amount) => `RandomRotation(${amount * 360})`,
  zoom: (amount) => `RandomAffine(0, scale=(${1 - amount}, ${1 + amount}))`,
  brightness: (amount) => `ColorJitter(brightness=${amount})`,
  cutout: (amount, facts) =>
    `RandomErasing(p=1, scale=(${(amount * amount).toPrecision(3)},) * 2, ratio=(1, 1), value=${blankOf(facts)})`,
  noise: (amount) => `GaussianNoise(sigma=${amount} * float(x_train.std()), clip=False)`,
  mixup: (amount) => `MixUp(alpha=${amount}, num_classes=len(np.unique(y_train)))`,
};

function augment(facts: Facts): string {
  const lines = facts.plan.data.augment.map((one) => {
    const call = AUGMENTATIONS[one.name]?.(amountOf(one), facts);
    return call ? `    v2.${call},` : `    # ${one.name}: torchvision has no transform for it`;
  });
  if (lines.length === 0) return "# no augmentation";
  return `from torchvision.transforms import v2\naugment = v2.Compose([  # of the training batches only\n${lines.join("\n")}\n])`;
}

export const pytorch: Idiom = {
  comment: "#",
  parts: {
    ...dataParts,
    augment,
    classWeights: (facts) =>
      facts.plan.data.classWeights === "none"
        ? loss(facts)
        : `${BALANCED}\nclass_weight = torch.tensor(weights, dtype=torch.float32)\n${loss(facts)}`,
    network,
    loss,
    optimizer,
    metric: (facts) => scored(facts),
    batchSize: loader,
    shuffle: loader,
    epochs: loop,
    clipNorm: loop,
    averageWeights: loop,
    schedule: loop,
    earlyStopping: loop,
  },
};
