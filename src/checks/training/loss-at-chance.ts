/** The training loss stays where a network is that does not look at its inputs. */
import { mean } from "../../data/statistics.ts";
import { defineCheck, unknown } from "../check.ts";
import { isCrossEntropy, outputUnits } from "../facts.ts";
import { trainLosses } from "../scores.ts";
import { number, ramp } from "../words.ts";

// Signatures: ln C for even answers, the entropy of the class shares for the best constant answer, var(y) and mean(y²)
// for a regression that answers with the mean or with 0.
const [FULL, NONE] = [0.01, 0.04];

const entropy = (shares: number[]): number => -shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0);

export const lossAtChance = defineCheck({
  id: "loss-at-chance",
  title: "The loss is that of a constant answer",
  thresholds: [
    {
      of: "distance from a loss that ignores the inputs, in parts of it",
      value: [NONE, FULL],
      origin: "derived",
      source:
        "the levels are exact (ln C, the entropy of the class shares, var(y), mean(y²)); agreement within 1 % is no accident, beyond 4 % none",
    },
  ],
  needs: ["epochs", "profile", "training.loss.name"],
  also: ["training.loss.labelSmoothing", "network", "task", "start.layers", "start.constantLoss"],
  detect({ epochs, profile, training: { loss }, network, task, start }) {
    const last = trainLosses(epochs).at(-1);
    if (last === undefined) return unknown("epochs");
    if (!Number.isFinite(last)) return;
    const units = outputUnits({ network, task: task ?? profile.task, start });
    if ((loss.labelSmoothing ?? 0) > 0) return;
    const { target } = profile;
    const levels: { kind: string; level: number; means: string }[] = [];
    if (target?.kind === "classes" && isCrossEntropy(loss.name)) {
      const rows = target.classes.reduce((sum, one) => sum + one.train, 0);
      const shares = target.classes.map((one) => one.train / rows).filter((p) => p > 0);
      const h = entropy(shares);
      const even = Math.log(units === 1 ? 2 : (units ?? shares.length));
      levels.push({
        kind: "even",
        level: even,
        means: `the loss of the same chance for every class, ln ${Math.round(Math.exp(even))}`,
      });
      if (shares.length > 1)
        levels.push({ kind: "shares", level: h, means: "the loss of answering with the class shares" });
    }
    if (target?.kind === "numbers" && loss.name === "meanSquaredError") {
      const { columns } = target;
      const average = (f: (c: { mean: number; std: number }) => number) => mean(columns.map(f));
      levels.push({
        kind: "variance",
        level: average((c) => c.std ** 2),
        means: "the variance of the targets: the answer is their mean",
      });
      levels.push({
        kind: "zero",
        level: average((c) => c.std ** 2 + c.mean ** 2),
        means: "the mean square of the targets: the answer is 0",
      });
    }
    if (start?.constantLoss !== undefined && start.constantLoss > 0)
      levels.push({ kind: "constant", level: start.constantLoss, means: "the loss of the best constant answer" });
    const near = levels
      .filter((one) => one.level > 0)
      .map((one) => ({ ...one, off: Math.abs(last - one.level) / one.level }))
      .sort((a, b) => a.off - b.off)[0];
    if (!near) return levels.length === 0 ? unknown("a known level for this loss") : undefined;
    if (near.off >= NONE) return;
    return {
      strength: ramp(near.off, NONE, FULL),
      says: `The training loss ends at ${number(last)}, ${near.means} (${number(near.level)}).`,
      values: { loss: last, level: near.level, kind: near.kind },
    };
  },
});
