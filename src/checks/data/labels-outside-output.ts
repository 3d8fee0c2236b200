/** Labels that no output of the network stands for. */
import { defineCheck, unknown } from "../check.ts";
import { outputActivation, outputUnits } from "../facts.ts";
import { list, percent, ramp } from "../words.ts";

const FULL = 0.2;

export const labelsOutsideOutput = defineCheck({
  id: "labels-outside-output",
  title: "Labels that no output stands for",
  plain: true,
  thresholds: [
    {
      of: "share of the rows",
      value: [0, FULL],
      origin: "by hand",
      source: "a stray label in a few rows is a fault of those rows",
    },
  ],
  needs: ["profile", "network"],
  also: ["training.loss.name", "start.layers", "task"],
  detect({ profile, network, training, start, task }) {
    if (profile.target?.kind !== "classes" || (task ?? profile.task) !== "classification") return;
    const units = outputUnits({ network, task, start });
    if (units === undefined) return unknown("units of the output layer");
    const { classes } = profile.target;
    // One tanh or hinge unit speaks of −1 and 1; every other single unit of 0 and 1.
    const signed = units === 1 && (outputActivation(network) === "tanh" || training?.loss?.name === "hinge");
    const possible = (value: number) =>
      units === 1 ? value === (signed ? -1 : 0) || value === 1 : Number.isInteger(value) && value >= 0 && value < units;
    const outside = classes.filter((one) => !possible(one.value));
    if (outside.length === 0) return;
    const total = classes.reduce((sum, one) => sum + one.train + one.validation, 0);
    const share = outside.reduce((sum, one) => sum + one.train + one.validation, 0) / Math.max(1, total);
    const means = units === 1 ? (signed ? "−1 and 1" : "0 and 1") : `0 to ${units - 1}`;
    return {
      strength: ramp(share, 0, FULL),
      says: `The output can represent the labels ${means}; ${percent(share)} of the rows have the label ${list(outside.map((one) => String(one.value)))}.`,
      where: outside.map((one) => one.name),
      values: { share, units, classes: classes.length },
    };
  },
});
