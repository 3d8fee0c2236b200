/** The network half as wide or deep scores better. */
import { defineCheck } from "../check.ts";
import { better, gainThreshold } from "../sizes.ts";

export const smallerNetworkBetter = defineCheck({
  id: "smaller-network-better",
  title: "A smaller network scores better",
  thresholds: [gainThreshold],
  needs: ["capacity", "metric"],
  detect: ({ capacity, metric }) =>
    better(
      metric,
      capacity.find(({ change }) => change === "as it is")?.score,
      capacity
        .filter(({ change }) => change.startsWith("half"))
        .map(({ change, score }) => ({ name: `A network ${change}`, score })),
    ),
});
