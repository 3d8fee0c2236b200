/** A smaller batch scores better after as many epochs. */
import { defineCheck } from "../check.ts";
import { better, gainThreshold } from "../sizes.ts";

export const smallerBatchBetter = defineCheck({
  id: "smaller-batch-better",
  title: "A smaller batch scores better",
  thresholds: [gainThreshold],
  needs: ["batchSizes", "metric"],
  detect({ batchSizes, metric }) {
    const own = batchSizes.find((one) => one.own);
    const others = batchSizes.filter(({ size }) => own && size < own.size);
    return better(
      metric,
      own && { ...own, name: `the batch size of the plan, ${own.size}` },
      others.map((one) => ({ ...one, name: `a batch size of ${one.size}` })),
    );
  },
});
