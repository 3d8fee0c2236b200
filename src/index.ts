/** unstuck as a library: all that runs anywhere, without files and without Node; what needs Node is in "unstuck/node".
 *
 * The story in ten words: a **Dataset** and a **Plan** go into an **Engine**; what it tells folds into a **Run**; all that is
 * known of an attempt is a **Case**; **Checks** see symptoms in it, **Causes** explain them, **Remedies** edit the Plan,
 * **Trials** prove what helps, and a **Report** says it.
 */

// Dataset: rows with a target; a Profile is what was measured of them.

export type { Dataset } from "./data/dataset.ts";
export { type Prepared, prepare } from "./data/prepare.ts";
export { type Profile, profile } from "./data/profile.ts";
export { type Proposal, propose } from "./data/propose.ts";

// Plan: data, network and training as the user has them. A remedy is an edit of it, a prescription the difference of two.

export { difference } from "./plan/edit.ts";
export { normalise, type Plan, type PlanInput, parsePlan, planJsonSchema } from "./plan/plan.ts";

// Engine: carries out a Plan and tells what happens. Ours compiles it into a graph, for a Runtime to run.

export type { Engine, TrainOptions } from "./engine/engine.ts";
export type { Checkpoint, TrainEvent } from "./engine/events.ts";
export { inferenceModel } from "./engine/export/onnx.ts";
export { graphEngine, makeLane } from "./engine/graph-engine.ts";
export { interpreter } from "./engine/interpreter.ts";
export type { Runtime } from "./engine/runtime.ts";

// Weights by name, in Keras' layouts.

export { type NamedWeights, readSafetensors, writeSafetensors } from "./weights.ts";

// Run: those events, folded.

export { type Errors, errorsOf } from "./errors/errors.ts";
export { emptyRun, type Run, record } from "./run/run.ts";

// Case, Checks and Causes: what is known, what is seen in it, and what may explain it. Nothing is trained.

export type { Case } from "./case/case.ts";
export { fromPlan } from "./case/from-plan.ts";
export type { Cause } from "./causes/cause.ts";
export { type Diagnosis, diagnose } from "./causes/diagnose.ts";
export { type CauseId, causes } from "./causes/index.ts";
export type { Suspect } from "./causes/rank.ts";
export type { Finding } from "./checks/check.ts";
export { type CheckId, checks } from "./checks/index.ts";

// Trials: the plan and its edits on paired seeds, as a stream of events that ends in an Outcome of plain values. Jobs carry out the trainings: worker threads in "unstuck/node".

export type { Job, JobEvent, Jobs } from "./jobs/jobs.ts";
export { type FixEvent, follow, outcomeOf, type Progress } from "./trials/events.ts";
export { type FixInput, fix } from "./trials/fix.ts";
export type { Outcome } from "./trials/outcome.ts";
export type { Settings } from "./trials/terms.ts";
export { why } from "./trials/why.ts";

// Report: the one value that terminal, page and `--json` show.

export { renderHtml } from "./report/html/page.ts";
export { parseReport, type Report, toJson } from "./report/report.ts";
export { renderText, type TextOptions } from "./report/text/text.ts";
export { type Origin, reportOf } from "./report/verdict/assemble.ts";

// What a user can repair: one sentence of fact, one of what to do.

export { UserError } from "./user-error.ts";
