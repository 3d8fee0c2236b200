/** The head of a run: what it was of, written by unstuck itself or by a recorder that watched another program. */
import { z } from "zod";
import { TASKS } from "../plan/names.ts";

const whole = z.int().min(0);

/** What unstuck trained itself: enough to repeat it. */
const ours = z.object({
  version: z.literal(1),
  unstuck: z.string(),
  plan: z.string().describe("The file of the plan; its paths are relative to it."),
  given: z.record(z.string(), z.unknown()).describe("The plan as it was given."),
  seed: whole,
  threads: z.int().min(1).describe("As many threads again give the same bits again."),
  task: z.enum(TASKS),
  data: z.string().describe("Fingerprint of the rows that were trained on and evaluated."),
  weights: z
    .string()
    .optional()
    .describe("Fingerprint of the weights that layers started from, where the plan names files of them."),
});

/** What a recorder saw of a training that it did not start: all but its name may be unknown. */
const recorded = ours
  .partial()
  .required({ version: true })
  .extend({
    recorder: z.object({
      name: z.string().describe("What recorded the run, such as the observer in Python."),
      version: z.string().optional(),
      framework: z.string().optional().describe("What trained, with its version: torch 2.15."),
      command: z.array(z.string()).optional().describe("How the training was started."),
    }),
  });

export const anyHead = z.union([recorded, ours]);

export type RunHead = z.infer<typeof ours>;
export type RecorderHead = z.infer<typeof recorded>;

export const isRecorded = (head: RunHead | RecorderHead): head is RecorderHead => "recorder" in head;
