/** unstuck train: trains a plan with live progress and keeps the run; an interrupted one is resumed. */
import { availableParallelism } from "node:os";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import type { Dataset } from "../data/dataset.ts";
import { digest, fingerprint } from "../data/node/fingerprint.ts";
import type { Checkpoint, TrainEvent } from "../engine/events.ts";
import { graphEngine, makeLane } from "../engine/graph-engine.ts";
import type { Lane } from "../engine/lane.ts";
import { runsAlone } from "../engine/layers/index.ts";
import { onnxRuntime } from "../engine/node/onnxruntime.ts";
import { VERSION } from "../files/node/version.ts";
import { writeJson } from "../json.ts";
import { loadPlan } from "../plan/node/load.ts";
import { parsePlan } from "../plan/plan.ts";
import { accept } from "../readers/node/recognise.ts";
import type { RunHead } from "../run/head.ts";
import { Keeper, leftAt } from "../run/node/keeper.ts";
import { RunWriter, readRun, readRunWeights } from "../run/node/store.ts";
import { emptyRun, type Run, record } from "../run/run.ts";
import { UserError } from "../user-error.ts";
import { count } from "../words.ts";
import { quoted } from "./command-line.ts";
import { EXIT, interruption, note, ProgressLine, print, printData } from "./console.ts";
import { EpochTable } from "./epochs.ts";
import { refuseEndings, writeNetwork } from "./export.ts";
import { attempt } from "./files.ts";
import type { TrainOptions } from "./options.ts";
import { loadTold } from "./reading.ts";

type Training = {
  lane: Lane;
  dataset: Dataset;
  head: RunHead;
  writer: RunWriter;
  run: Run;
  from?: Checkpoint;
  /** Of its files, where it is resumed. */
  notes: readonly string[];
};

export async function runTrain(what: string, options: TrainOptions): Promise<number> {
  refuseEndings(options.export ?? []);
  const { id, files } = accept(what, "train");
  const folder = id === "run" ? files.path : null;
  if (folder && options.export && readRunWeights(folder)) return exported(folder, options.export);
  const training = folder ? await left(folder, options) : await begun(what, options);
  const stop = await interruption(Boolean(options.quiet));
  const { lane, dataset, head, writer, from } = training;
  const shown = !options.json && !options.quiet;
  const place = relative(".", writer.folder) || ".";
  const table = new EpochTable(lane, training.run);
  const show = (lines: readonly string[]) => shown && lines.length > 0 && print(`${lines.join("\n")}\n`);
  const progressLine = new ProgressLine(!shown);
  const keeper = new Keeper(writer);
  const keep = (event: TrainEvent) => attempt(writer.folder, () => keeper.keep(event), todoAfter(run, place));
  const written: string[] = [];
  let { run } = training;
  if (!options.quiet) for (const sentence of training.notes) note(sentence);
  show([...(folder ? [] : dataset.notes), ...table.head(basename(head.plan), from?.epoch)]);
  const events = graphEngine(onnxRuntime(head.threads)).train(lane.plan, dataset, {
    seeds: [head.seed],
    signal: stop.signal,
    snapshots: SNAPSHOTS,
    predictions: true,
    weights: true,
    checkpoints: 1,
    from,
  });
  const secondsBefore = training.run.epochs.at(-1)?.seconds ?? 0;
  try {
    for await (const one of events) {
      const event = one.type === "epoch" ? { ...one, seconds: one.seconds + secondsBefore } : one;
      keep(event);
      if (event.type === "weights" && options.export)
        written.push(...writeNetwork(options.export, { lane, dataset, weights: event.weights }));
      run = record(run, event);
      const lines = table.lines(event);
      if (lines.length > 0) progressLine.clear();
      show(lines);
      if (event.type === "steps") progressLine.say(() => table.progress());
    }
  } finally {
    progressLine.clear();
    writer.close();
  }
  const stopped = run.end?.reason === "stopped";
  if (options.json) printData(`${writeJson(run)}\n`);
  else {
    if (written.length > 0) print(`The network was written to ${written.join(" and ")}.\n`);
    else if (options.export && !stopped) print("Nothing was exported: the training diverged.\n");
    const next = stopped ? `Resume it: unstuck train ${quoted(place)}` : `Diagnose it: unstuck why ${quoted(place)}`;
    print(`The run is kept in ${place}. ${next}\n`);
  }
  return stopped ? EXIT.interrupted : EXIT.done;
}

// As many as fix takes, so that a kept run can be diagnosed as well.
const SNAPSHOTS = 16;
// Work of one step (parameters × rows) from which a second thread pays: below it, threads wait for each other. Measured on
// multilayer perceptrons of 131 (2 threads: 3 times as long) and 110,000 parameters (as long), batch 32.
const MUCH_WORK = 4e6;

/** What to do when the run cannot be written any more. */
const todoAfter = ({ epochs }: Run, place: string): string =>
  epochs.length > 0
    ? `Resume it when it can be written again: unstuck train ${quoted(place)} (${count(epochs.length, "epoch")} kept).`
    : "Choose another folder with --out.";

async function begun(what: string, options: TrainOptions): Promise<Training> {
  const { plan, given, path, notes } = loadPlan(what);
  const dataset = await loadTold(plan, dirname(path), { notes, quiet: options.quiet });
  const lane = makeLane(plan, dataset, options.seed);
  const { network } = lane.resolved;
  const alone = network.layers.some(({ layer }) => runsAlone(layer));
  const much = alone || network.parameters * plan.training.batchSize > MUCH_WORK;
  const head: RunHead = {
    version: 1,
    unstuck: VERSION,
    plan: resolve(path),
    given,
    seed: options.seed,
    threads: options.threads ?? (much ? availableParallelism() : 1),
    task: dataset.task,
    data: fingerprint(lane.data),
    ...started(lane),
  };
  const parent = join(options.out, ".unstuck");
  const writer = attempt(parent, () => RunWriter.create(parent, basename(path, extname(path)), head));
  return { lane, dataset, head, writer, run: emptyRun(options.seed), notes: [] };
}

/** A run that was interrupted, as it was after its last checkpoint. */
async function left(folder: string, options: TrainOptions): Promise<Training> {
  const { end } = readRun(folder).run;
  if (end && end.reason !== "stopped")
    throw new UserError(
      `this training has ended (${end.reason}, after epoch ${end.epoch}).`,
      `Diagnose it with unstuck why ${quoted(folder)}, or train the plan again.`,
      folder,
    );
  // Taken before it is read, so that no other process goes on with it in between.
  const writer = attempt(folder, () => RunWriter.resume(folder), "Copy the run to a folder that can be written.");
  const { head, ...rest } = leftAt(folder);
  return { ...(await again(folder, head, options.quiet)), head, ...rest, writer };
}

/** Plan and data of a kept run, where they are still the same. */
export async function again(
  folder: string,
  head: RunHead,
  quiet?: boolean,
): Promise<Pick<Training, "lane" | "dataset">> {
  const plan = parsePlan(head.given);
  const dataset = await loadTold(plan, dirname(head.plan), { quiet });
  const lane = makeLane(plan, dataset, head.seed);
  if (fingerprint(lane.data) !== head.data)
    throw new UserError(
      "the data have changed since this run began.",
      `Train again: unstuck train ${quoted(relative(".", head.plan))}`,
      folder,
    );
  if (started(lane).weights !== head.weights)
    throw new UserError(
      "the initial weights have changed since this run began.",
      `Train again: unstuck train ${quoted(relative(".", head.plan))}`,
      folder,
    );
  return { lane, dataset };
}

/** The fingerprint of the weights that were given. */
function started({ resolved: { network } }: Lane): { weights?: string } {
  const given = network.weights.flatMap((weight) => weight.given ?? []);
  return given.length > 0 ? { weights: digest(given) } : {};
}

/** The network of a run that has ended: nothing is trained. */
async function exported(folder: string, paths: readonly string[]): Promise<number> {
  const { lane, dataset } = await again(folder, readRun(folder).head);
  const written = writeNetwork(paths, { lane, dataset, weights: readRunWeights(folder)! });
  print(`The network was written to ${written.join(" and ")}.\n`);
  return EXIT.done;
}
