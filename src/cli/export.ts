/** Writes a trained network for other programs: as an ONNX model that takes raw rows, or its weights as safetensors. */
import { extname } from "node:path";
import type { Dataset } from "../data/dataset.ts";
import { inferenceModel } from "../engine/export/onnx.ts";
import type { Lane } from "../engine/lane.ts";
import { UserError } from "../user-error.ts";
import { type NamedWeights, writeSafetensors } from "../weights.ts";
import { save } from "./files.ts";

type Trained = { lane: Lane; dataset: Dataset; weights: NamedWeights };

const FORMATS: Record<string, (trained: Trained) => Uint8Array> = {
  ".onnx": ({ lane, dataset, weights }) => inferenceModel(lane, dataset, weights),
  ".safetensors": ({ weights }) => writeSafetensors(weights),
};
const formatOf = (path: string) => FORMATS[extname(path).toLowerCase()];

/** Refused before an hour of training. */
export function refuseEndings(paths: readonly string[]): void {
  const unknown = paths.find((path) => !formatOf(path));
  if (unknown !== undefined)
    throw new UserError(
      `${unknown} does not end in the name of a format.`,
      "End it in .onnx (a model to run) or .safetensors (the weights alone).",
      "--export",
    );
}

/** The paths that were written. */
export const writeNetwork = (paths: readonly string[], trained: Trained): string[] =>
  paths.map((path) => save(path, formatOf(path)(trained), "Name another file with --export."));
