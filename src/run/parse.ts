/** Parses what the files of a run hold: what has the wrong form is no event and no checkpoint. */
import { z } from "zod";
import type { Checkpoint, TrainEvent } from "../engine/events.ts";
import { readJson } from "../json.ts";

/** Weights and checkpoints have files of their own. */
type LineEvent = Exclude<TrainEvent, { type: "weights" | "checkpoint" }>;

// NaN and the infinities are numbers here, which z.number() refuses. A list is tested in one go, since zod takes a microsecond an entry.
const isNumber = (value: unknown): value is number => typeof value === "number";
const number = z.custom<number>(isNumber, "expected a number");
const numbers = z.custom<number[]>((value) => Array.isArray(value) && value.every(isNumber), "expected numbers");
const whole = z.int().min(0);
// A layer may be called NaN, which our JSON reads as a number.
const text = z.union([z.string(), number.transform(String)]);

const scored = z.object({ loss: number, score: number }).nullable();
const epochOf = { epoch: whole, train: scored, validation: scored };
const layerStats = z.object({
  name: text,
  activation: z.object({ mean: number, std: number, zeros: number, saturated: number, deadUnits: number }).optional(),
  gradient: number.optional(),
  weight: number.optional(),
  update: number.optional(),
});
const REASONS = ["finished", "early-stopping", "diverged", "stopped"] as const;

const pairs = ({ loss, rate }: { loss: unknown[]; rate: unknown[] }) => loss.length === rate.length;
const rectangle = ({ rows, units, outputs }: { rows: unknown[]; units: number; outputs: unknown[] }) =>
  outputs.length === rows.length * units;

const base = { version: z.literal(1), seed: whole };
const event: z.ZodType<LineEvent> = z.discriminatedUnion("type", [
  z.object({ ...base, type: z.literal("steps"), first: whole, loss: numbers, rate: numbers }).refine(pairs),
  z.object({ ...base, type: z.literal("layers"), step: whole, epoch: whole, layers: z.array(layerStats) }),
  z.object({
    ...base,
    type: z.literal("epoch"),
    ...epochOf,
    step: whole,
    running: number,
    rate: number,
    seconds: number,
  }),
  z.object({
    ...base,
    type: z.literal("start"),
    epochs: whole,
    stepsPerEpoch: whole,
    parameters: whole,
    rows: z.object({ train: whole, validation: whole }),
    metric: z.string(),
    loss: z.string(),
    constantLoss: number,
    layers: z.array(z.object({ name: text, kind: z.string(), shape: numbers, parameters: whole })),
  }),
  z
    .object({ ...base, type: z.literal("predictions"), rows: numbers, units: whole, outputs: numbers })
    .refine(rectangle),
  z.object({
    ...base,
    type: z.literal("end"),
    ...epochOf,
    reason: z.enum(REASONS),
    bestEpoch: whole,
    divergedAt: z.object({ step: whole, epoch: whole }).optional(),
    score: number,
    test: number.optional(),
  }),
]);

/** A checkpoint without its numbers: their names and lengths in the order in which they follow. */
type CheckpointHead = Omit<Checkpoint, "state"> & { tensors: [name: string, length: number][] };
const checkpointHead: z.ZodType<CheckpointHead> = z.object({
  version: z.literal(1),
  epoch: whole,
  tensors: z.array(z.tuple([z.string(), whole])),
  stopping: z.object({ best: number, bestEpoch: whole, waited: whole }),
  plateau: z.object({ factor: number, best: number, waited: whole }),
  ended: z.enum(REASONS).optional(),
});

const parsed = <T>(schema: z.ZodType<T>, text: string): T | null => {
  try {
    return schema.safeParse(readJson(text)).data ?? null;
  } catch {
    // No JSON: cut short, or not ours.
    return null;
  }
};

/** null: the line is no event. */
export const parseEvent = (line: string): LineEvent | null => parsed(event, line);
export const parseCheckpointHead = (line: string): CheckpointHead | null => parsed(checkpointHead, line);
