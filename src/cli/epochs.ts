/** The lines that a training prints: what it is of, an epoch a line, when it stagnates, and how it ends. */

import type { EndEvent, EpochEvent, Scored, TrainEvent } from "../engine/events.ts";
import type { Lane } from "../engine/lane.ts";
import { duration, isShare, metricWord, scoreFormat } from "../report/format.ts";
import type { Run } from "../run/run.ts";
import { PATIENCE, Stagnation } from "../run/stagnation.ts";
import { count, number } from "../words.ts";

export class EpochTable {
  readonly #lane: Lane;
  readonly #stagnation = new Stagnation();
  readonly #stepsPerEpoch: number;
  readonly #began = performance.now();
  readonly #resumedAt: number;
  #step: number;

  /** @param before what was kept of it, where it is gone on with. */
  constructor(lane: Lane, before: Run) {
    this.#lane = lane;
    const { batchSize } = lane.plan.training;
    const rows = lane.data.train.length;
    this.#stepsPerEpoch = Math.ceil(rows / Math.min(batchSize, rows));
    this.#resumedAt = (before.epochs.at(-1)?.epoch ?? 0) * this.#stepsPerEpoch;
    this.#step = this.#resumedAt;
    for (const event of before.epochs) this.#watch(event);
  }

  /** What is trained, and the titles of the columns. */
  head(plan: string, from?: number): string[] {
    const lane = this.#lane;
    const { network, loss } = lane.resolved;
    const { training } = lane.plan;
    const { train, validation } = lane.data;
    const { optimizer, epochs } = training;
    const what = [
      `${plan}, seed ${lane.seed}: ${count(network.parameters, "parameter")}`,
      `${count(train.length, "training row")}, ${validation.length > 0 ? count(validation.length, "validation row") : "no validation rows"}`,
      `${count(epochs, "epoch")} of ${count(this.#stepsPerEpoch, "step")}`,
      `${loss.name}, ${optimizer.name} ${optimizer.learningRate}.`,
    ].join("; ");
    const metric = this.#metric;
    const titles = [
      "epoch",
      "loss",
      ...(metric ? [metric] : []),
      ...(validation.length > 0 ? ["val. loss", ...(metric ? [`val. ${metric}`] : [])] : []),
      "rate",
      "time",
    ];
    return [what, ...(from ? [`Training resumes after epoch ${from}.`] : []), "", this.#columns(titles)];
  }

  /** What an event adds to the table. */
  lines(event: TrainEvent): string[] {
    if (event.type === "steps") this.#step = event.first + event.loss.length;
    if (event.type === "epoch") return [this.#line(event), ...this.#watch(event)];
    if (event.type === "end") return ["", this.#end(event)];
    return [];
  }

  /** Where it is, for epochs that take long. */
  progress(): string {
    const { epochs } = this.#lane.plan.training;
    const within = this.#step % this.#stepsPerEpoch;
    const epoch = Math.min(epochs, Math.floor(this.#step / this.#stepsPerEpoch) + 1);
    const seconds = (performance.now() - this.#began) / 1000;
    const left = (seconds / Math.max(1, this.#step - this.#resumedAt)) * (epochs * this.#stepsPerEpoch - this.#step);
    return `epoch ${epoch}/${epochs}, step ${within}/${this.#stepsPerEpoch}, about ${duration(left)} left`;
  }

  /** null where the loss itself is the metric. */
  get #metric(): string | null {
    const { name } = this.#lane.resolved.metric;
    return name === "loss" ? null : metricWord(name);
  }

  #line({ epoch, train, validation, rate, seconds }: EpochEvent): string {
    const { name } = this.#lane.resolved.metric;
    const show = isShare(name) ? (value: number) => `${(100 * value).toFixed(1)} %` : scoreFormat(name);
    const scored = (part: Scored | null) => [
      part ? number(part.loss) : "",
      ...(this.#metric ? [part ? show(part.score) : ""] : []),
    ];
    const validated = this.#lane.data.validation.length > 0;
    return this.#columns([
      `${epoch}/${this.#lane.plan.training.epochs}`,
      ...scored(train),
      ...(validated ? scored(validation) : []),
      number(rate),
      duration(seconds),
    ]);
  }

  #columns(cells: readonly string[]): string {
    const metric = (this.#metric ?? "").length;
    const { epochs } = this.#lane.plan.training;
    const widths = [2 * String(epochs).length + 1, 9, ...(metric ? [Math.max(8, metric)] : [])];
    if (this.#lane.data.validation.length > 0) widths.push(9, ...(metric ? [Math.max(8, metric + 5)] : []));
    widths.push(8, 7);
    return cells.map((cell, i) => cell.padStart(Math.max(i === 0 ? 5 : 0, widths[i]))).join("  ");
  }

  #watch({ epoch, train, validation }: EpochEvent): string[] {
    const evaluated = validation ?? train;
    if (!evaluated || !this.#stagnation.note(evaluated.loss, epoch)) return [];
    const { best, bestEpoch } = this.#stagnation;
    const part = validation ? "validation" : "training";
    return [
      `The ${part} loss has not improved for ${PATIENCE} epochs: its minimum is ${number(best)}, in epoch ${bestEpoch}.`,
    ];
  }

  #end({ reason, epoch, bestEpoch, divergedAt, score, validation }: EndEvent): string {
    const { resolved, plan } = this.#lane;
    const part = validation ? "validation" : "training";
    const word = this.#metric ?? "loss";
    const result = `${part} ${word} ${scoreFormat(resolved.metric.name)(score)}`;
    const { best, bestEpoch: lowest } = this.#stagnation;
    const lowestNote =
      lowest > 0 && lowest < epoch ? ` The ${part} loss was lowest in epoch ${lowest}: ${number(best)}.` : "";
    switch (reason) {
      case "diverged":
        return `Diverged in epoch ${divergedAt?.epoch}: after ${count(divergedAt?.step ?? 0, "step")} the loss is NaN or infinite.`;
      case "early-stopping": {
        const patience = Math.max(1, plan.training.earlyStopping?.patience ?? 0);
        const weights = bestEpoch < epoch ? ` The weights of epoch ${bestEpoch} are kept.` : "";
        return `Stopped early after epoch ${epoch}, after ${count(patience, "epoch")} without improvement: ${result}.${weights || lowestNote}`;
      }
      case "stopped":
        return `Interrupted in epoch ${epoch + 1}.`;
      case "finished":
        return `Finished: ${result}.${lowestNote}`;
    }
  }
}
