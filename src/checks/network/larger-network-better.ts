/** The network twice as wide or deep scores better. */
import { defineCheck } from "../check.ts";
import { better, gainThreshold } from "../sizes.ts";

export const largerNetworkBetter = defineCheck({
  id: "larger-network-better",
  title: "A larger network scores better",
  thresholds: [gainThreshold],
  needs: ["capacity", "metric"],
  detect: ({ capacity, metric }) =>
    better(
      metric,
      capacity.find(({ change }) => change === "as it is")?.score,
      capacity
        .filter(({ change }) => change.startsWith("twice"))
        .map(({ change, score }) => ({ name: `A network ${change}`, score })),
    ),
});
