/** Loss and optimizer of a compiled Keras or TensorFlow.js model in a plan's words. */

import { isObject } from "../../json.ts";
import { UserError } from "../../user-error.ts";
import { ours } from "../aliases.ts";
import {
  COMMON_OPTIMIZER,
  LOSS_FIELDS,
  LOSSES,
  OPTIMIZER_DEFAULTS,
  OPTIMIZER_FIELDS,
  OPTIMIZERS,
  type OptimizerName,
} from "../names.ts";

import { nameOf } from "./keras-values.ts";
import { shortest } from "./model.ts";

type Fields = Record<string, unknown>;
/** What a part is named in a plan, so that the user can name it there instead. */
const unknown = (what: string, place: string) =>
  new UserError(`its ${what} is not supported.`, `Set another in ${place} of the plan.`);

/** @param compiled `compile_config`, `training_config` or `trainingConfig`. */
export function training(compiled: unknown, silent: { loss: boolean; optimizer: boolean }, notes: string[]): Fields {
  if (!isObject(compiled)) return {};
  const own = compiled["optimizer_config"] ?? compiled["optimizer"];
  return {
    ...(silent.loss && compiled["loss"] ? { loss: loss(compiled["loss"]) } : {}),
    ...(silent.optimizer && own !== undefined && own !== null ? optimizer(own, notes) : {}),
  };
}

function loss(given: unknown): unknown {
  // One output: the only entry of a list, or under the name of the output.
  if (Array.isArray(given) && given.length === 1) return loss(given[0]);
  if (isObject(given) && !("class_name" in given) && Object.keys(given).length === 1)
    return loss(Object.values(given)[0]);
  const word = nameOf(given);
  const name = word && ours(word, LOSSES);
  if (!name) throw unknown(`loss ${word ?? JSON.stringify(given)}`, "training.loss");
  const config = isObject(given) && isObject(given["config"]) ? given["config"] : {};
  const fields: Fields = { name };
  const has = LOSS_FIELDS[name as keyof typeof LOSS_FIELDS] ?? [];
  if (config["from_logits"] === true && has.includes("fromLogits")) fields["fromLogits"] = true;
  if (config["label_smoothing"] && has.includes("labelSmoothing"))
    fields["labelSmoothing"] = shortest(config["label_smoothing"] as number);
  if (config["reduction"] === "sum") fields["reduction"] = "sum";
  if (name === "huber" && ![undefined, 1].includes(config["delta"] as number))
    throw unknown(`loss ${word} with delta ${config["delta"]}`, "training.loss");
  return Object.keys(fields).length === 1 ? name : fields;
}

const OURS: Record<string, string> = {
  momentum: "momentum",
  nesterov: "nesterov",
  decay: "decay",
  beta_1: "beta1",
  beta1: "beta1",
  beta_2: "beta2",
  beta2: "beta2",
  rho: "rho",
  epsilon: "epsilon",
  weight_decay: "weightDecay",
};

function optimizer(given: unknown, notes: string[]): Fields {
  const word = nameOf(given) ?? "";
  const config = isObject(given) && isObject(given["config"]) ? given["config"] : {};
  const momentum = word.toLowerCase() === "momentum";
  const name = momentum ? "sgd" : (ours(word, OPTIMIZERS) as OptimizerName | undefined);
  if (!name) throw unknown(`optimizer ${word || JSON.stringify(given)}`, "training.optimizer");
  for (const key of ["amsgrad", "centered", "clipnorm", "clipvalue", "gradient_accumulation_steps"])
    if (config[key]) notes.push(`${key} of its optimizer is not supported and is ignored.`);
  const fields: Fields = { name };
  const has = ["decay", "weightDecay", ...OPTIMIZER_FIELDS[name]];
  const usual: Fields = { ...COMMON_OPTIMIZER, ...OPTIMIZER_DEFAULTS[name] };
  // What is decay to TensorFlow.js, which writes camelCase, is rho to Keras.
  const turned = name === "rmsprop" && "learningRate" in config;
  for (const [key, plain] of Object.entries(OURS)) {
    const field = turned && key === "decay" ? "rho" : plain;
    const value = typeof config[key] === "number" ? shortest(config[key]) : config[key];
    const notes = typeof value === "number" || typeof value === "boolean";
    if (has.includes(field) && notes && value !== usual[field]) fields[field] = value;
  }
  const rate = learningRate(config, notes);
  const average = config["use_ema"] === true && typeof config["ema_momentum"] === "number";
  return {
    optimizer: { name, ...rate, ...fields },
    ...(typeof config["global_clipnorm"] === "number" && { clipNorm: config["global_clipnorm"] }),
    ...(average && { averageWeights: shortest(config["ema_momentum"] as number) }),
  };
}

function learningRate(config: Fields, notes: string[]): Fields {
  const given = config["learning_rate"] ?? config["learningRate"] ?? config["lr"];
  if (typeof given === "number") return { learningRate: shortest(given) };
  if (!isObject(given)) return {};
  const inner = isObject(given["config"]) ? given["config"] : {};
  const { initial_learning_rate: first, decay_steps: steps, decay_rate: by } = inner;
  const start = typeof first === "number" ? { learningRate: shortest(first) } : {};
  if (nameOf(given) === "InverseTimeDecay" && inner["staircase"] !== true)
    return { ...start, decay: shortest(Number(by) / Number(steps)) };
  notes.push(`Its learning-rate schedule ${nameOf(given)} is ignored; write training.schedule instead.`);
  return start;
}
