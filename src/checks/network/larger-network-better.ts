/** A network twice as wide or deep scores better. */
import { defineCheck } from "../check.ts";
import { betterNetwork, gainThreshold } from "../sizes.ts";

export const largerNetworkBetter = defineCheck({
  id: "larger-network-better",
  title: "A larger network scores better",
  thresholds: [gainThreshold],
  needs: ["capacity", "metric"],
  also: ["baselines"],
  detect: (parts) => betterNetwork(parts, "twice"),
});
