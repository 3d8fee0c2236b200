/** The gradient is huge, or grows without bound. */
import { defineCheck, unknown } from "../check.ts";
import { logRamp, number } from "../words.ts";

const [NONE, FULL] = [30, 3000];

export const gradientGrows = defineCheck({
  id: "gradient-grows",
  title: "Gradients are huge",
  thresholds: [
    {
      of: "norm of the gradient",
      value: [NONE, FULL],
      origin: "published",
      source:
        "DEFault calls 70 exploding; norms of a network whose inputs and targets are of size 1 lie about 0.01 to 10",
    },
  ],
  needs: ["layers"],
  detect({ layers }) {
    const norms = layers.map(({ layers: all }) => Math.hypot(...all.map((layer) => layer.gradient ?? 0)));
    if (!layers.some(({ layers: all }) => all.some((layer) => layer.gradient !== undefined)))
      return unknown("gradients");
    const finite = norms.filter(Number.isFinite);
    const broken = finite.length < norms.length;
    const largest = Math.max(0, ...finite);
    const strength =
      broken && finite.length === 0
        ? 0
        : Math.max(logRamp(Math.max(largest, 1e-12), NONE, FULL), broken && largest > NONE ? 1 : 0);
    if (strength === 0) return;
    return {
      strength,
      says: `The gradient norm reaches ${number(largest)}${broken ? " and then becomes NaN" : ""}.`,
      values: { largest, broken },
    };
  },
});
