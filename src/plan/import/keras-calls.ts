/** Which layers those of a Functional model are called with: Keras 2 and TensorFlow.js list them, Keras 3 writes the calls. */

import { isObject } from "../../json.ts";
import { nameOf } from "./keras-values.ts";
import { unsupported } from "./model.ts";

type Fields = Record<string, unknown>;

/** What a layer of a configuration is called. */
export const nameIn = (layer: Fields, i: number): string => {
  const config = isObject(layer["config"]) ? layer["config"] : {};
  const name = layer["name"] ?? config["name"];
  return typeof name === "string" && name !== "" ? name : `${nameOf(layer) ?? "layer"}_${i + 1}`;
};

type Source = [name: string, tensor: number];

/** [[name, node, tensor], …], or one such alone. */
export function listed(value: unknown): [string, number, number][] {
  if (!Array.isArray(value)) return [];
  const list = typeof value[0] === "string" ? [value] : value;
  return list.flatMap((one): [string, number, number][] =>
    Array.isArray(one) && typeof one[0] === "string" ? [[one[0], Number(one[1]) || 0, Number(one[2]) || 0]] : [],
  );
}

/** Where a layer of a Functional model takes from: Keras 2 and TensorFlow.js list it, Keras 3 writes the arguments of the call. */
export function sources(layer: Fields): Source[] {
  const kind = String(layer["class_name"]);
  const nodes = Array.isArray(layer["inbound_nodes"]) ? layer["inbound_nodes"] : [];
  const name = nameIn(layer, 0);
  if (nodes.length > 1)
    throw unsupported(name, kind, "is used more than once (shared weights), which is not supported");
  if (nodes.length === 0) return [];
  const [node] = nodes;
  if (isObject(node)) return [...tensors(node["args"], 0), ...tensors(Object.values(node["kwargs"] ?? {}), 0)];
  const named = Array.isArray(node) ? node.flatMap((one) => (isObject(one?.[3]) ? Object.values(one[3]) : [])) : [];
  return [...listed(node), ...listed(named.filter(Array.isArray))].map(([source, , tensor]) => [source, tensor]);
}

/** The tensors among the arguments of a call, in their order. */
function tensors(value: unknown, depth: number): Source[] {
  if (depth > 10) return [];
  if (Array.isArray(value)) return value.flatMap((inner) => tensors(inner, depth + 1));
  if (!isObject(value)) return [];
  const config = isObject(value["config"]) ? value["config"] : {};
  const history = config["keras_history"];
  if (value["class_name"] === "__keras_tensor__" && Array.isArray(history))
    return [[String(history[0]), Number(history[2]) || 0]];
  return [];
}

/** Whether no step of an attention sees a later one: an argument of its call. */
export function causal(layer: Fields): boolean {
  const [node] = Array.isArray(layer["inbound_nodes"]) ? layer["inbound_nodes"] : [];
  const given = isObject(node) ? node["kwargs"] : Array.isArray(node) ? node[0]?.[3] : undefined;
  return isObject(given) && given["use_causal_mask"] === true;
}
