/** The weights in model files under the names that a plan has for them: `<layer>.<weight>`, in Keras' layouts. */

import { isObject } from "../../json.ts";
import { UserError } from "../../user-error.ts";
import { type NamedWeights, permuted } from "../../weights.ts";
import { layerNames } from "../describe.ts";

import { readNetwork } from "./onnx.ts";
import { type OnnxTensor, valuesOf } from "./onnx-model.ts";
import { product } from "./onnx-values.ts";
import type { Held, Lay } from "./onnx-walk.ts";

/** The bytes of a file beside the model. */
type Beside = (name: string) => Uint8Array;

const size = (shape: readonly number[]): number => shape.reduce((n, side) => n * side, 1);
const lies = (what: string) => new UserError(`the weights are damaged: ${what}.`, "Export the model again.");

type Named = NamedWeights[string];

/** The rows of a kernel after a flattened image, which ONNX counts channels first and a plan channels last. */
function reordered({ shape, values }: Named, { shape: sides, order }: NonNullable<Lay["rows"]>): Named {
  const [inputs, units] = shape;
  if (product(sides) !== inputs) return { shape, values };
  const own = order.map((axis) => sides[axis] as number);
  const perm = sides.map((_, axis) => order.indexOf(axis));
  return { shape, values: permuted(values, [...own, units], [...perm, own.length]) };
}

/** A recurrent layer's weights, [directions, gates · units, …], with its gates in Keras' order. */
function recurrent(named: Named, { part, gates }: NonNullable<Lay["recurrent"]>): Named {
  const [directions, ...sides] = named.shape;
  const each = named.values.length / directions;
  const own = named.values.subarray(part * each, (part + 1) * each);
  // Two biases one after the other: of the inputs, and of the state.
  const biases = sides.length === 1 ? 2 : 1;
  const width = own.length / biases / gates.length;
  const rows = Array.from({ length: biases }, (_, i) =>
    Float32Array.from(
      gates.flatMap((gate) =>
        Array.from(own.subarray((i * gates.length + gate) * width, (i * gates.length + gate + 1) * width)),
      ),
    ),
  );
  if (biases === 1) return { shape: [sides[1], sides[0]], values: permuted(rows[0], sides, [1, 0]) };
  const both = [...rows[0], ...rows[1]];
  if (gates.length === 3) return { shape: [2, rows[0].length], values: Float32Array.from(both) };
  return { shape: [rows[0].length], values: rows[0].map((value, i) => value + rows[1][i]) };
}

function laid(held: Held, beside: Beside): Named {
  const values = numbers(held.tensor, beside);
  const { dims } = held.tensor;
  const { perm, rows, recurrent: own } = held.lay;
  let named: Named = { shape: dims, values: Float32Array.from(values) };
  if (own) named = recurrent(named, own);
  if (perm) named = { shape: perm.map((axis) => dims[axis]), values: permuted(values, dims, perm) };
  return rows && held.weight === "kernel" ? reordered(named, rows) : named;
}

function numbers(tensor: OnnxTensor, beside: Beside): ArrayLike<number> {
  if (!tensor.external) return valuesOf(tensor);
  const { location = "", offset = "0", length } = tensor.external;
  const bytes = beside(location);
  const from = Number(offset);
  const to = length === undefined ? bytes.length : from + Number(length);
  if (!(from >= 0 && to >= from && to <= bytes.length)) throw lies(`${tensor.name} is not in ${location}`);
  return valuesOf(tensor, bytes.subarray(from, to));
}

export function onnxWeights(bytes: Uint8Array, beside: Beside): NamedWeights {
  const { layers, pieces, held } = readNetwork(bytes);
  const names = layerNames(layers as { layer: string; name?: string }[]);
  return Object.fromEntries(
    pieces.flatMap(({ name }, i) =>
      (held.get(name) ?? []).map((one) => [`${names[i]}.${one.weight}`, laid(one, beside)]),
    ),
  );
}

type Spec = { name: string; shape: number[]; dtype: string; quantization?: unknown };

/** @param model the parsed model.json. */
export function tfjsWeights(model: unknown, beside: Beside): NamedWeights {
  const manifest = isObject(model) && Array.isArray(model["weightsManifest"]) ? model["weightsManifest"] : [];
  const weights: NamedWeights = {};
  for (const group of manifest) {
    if (!isObject(group) || !Array.isArray(group["paths"]) || !Array.isArray(group["weights"]))
      throw lies("its manifest is incomplete");
    const shards = group["paths"].map((path) => beside(String(path)));
    let at = 0;
    const all = new Uint8Array(shards.reduce((n, shard) => n + shard.length, 0));
    for (const shard of shards) {
      all.set(shard, at);
      at += shard.length;
    }
    readGroup(group["weights"], all, weights);
  }
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [plain(name, weights), weight]));
}

/** A depthwise kernel is the kernel of its layer; a separable convolution is two layers. */
function plain(name: string, all: NamedWeights): string {
  const layer = name.replace(/\.(?:depthwise|pointwise)_kernel$/, "");
  if (layer === name) return name;
  const first = name.endsWith(".depthwise_kernel") && `${layer}.pointwise_kernel` in all;
  return `${layer}${first ? "/depthwise" : ""}.kernel`;
}

const BYTES: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 };

function readGroup(specs: readonly unknown[], bytes: Uint8Array, into: NamedWeights): void {
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const spec of specs) {
    if (!isSpec(spec)) throw lies("its manifest is incomplete");
    const { name, shape, dtype, quantization } = spec;
    if (quantization) throw new UserError(`${name} is quantized.`, "Convert the model without quantization.");
    const count = size(shape);
    if (at + count * BYTES[dtype] > bytes.length) throw lies(`the files end before ${name}`);
    const start = at;
    if (dtype === "float32")
      into[called(name)] = {
        shape,
        values: Float32Array.from({ length: count }, (_, i) => view.getFloat32(start + 4 * i, true)),
      };
    at += count * BYTES[dtype];
  }
  if (at !== bytes.length) throw lies("bytes are left over");
}

const isSpec = (spec: unknown): spec is Spec =>
  isObject(spec) &&
  typeof spec["name"] === "string" &&
  Object.hasOwn(BYTES, String(spec["dtype"])) &&
  Array.isArray(spec["shape"]) &&
  spec["shape"].every((side) => Number.isSafeInteger(side) && side >= 0);

/** `both/forward_lstm/lstm_cell/kernel` is `both.forward.kernel`. */
function called(path: string): string {
  const parts = path.replace(/:\d+$/, "").split("/");
  const [weight, ...rest] = parts.toReversed();
  const direction = rest.map((part) => part.match(/^(forward|backward)_/)?.[1]).find((word) => word !== undefined);
  const own = rest.toReversed().filter((part) => !/_cell(?:_\d+)?$|^(?:forward|backward)_/.test(part));
  return [own.join("/"), ...(direction ? [direction] : []), weight].join(".");
}
