/** A network half as wide or deep scores better. */
import { defineCheck } from "../check.ts";
import { betterNetwork, gainThreshold } from "../sizes.ts";

export const smallerNetworkBetter = defineCheck({
  id: "smaller-network-better",
  title: "A smaller network scores better",
  thresholds: [gainThreshold],
  needs: ["capacity", "metric"],
  also: ["baselines"],
  detect: (parts) => betterNetwork(parts, "half"),
});
