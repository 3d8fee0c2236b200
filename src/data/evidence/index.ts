/** Evidence: faults that the data alone show, beyond the Profile, without any training. */
import type { Metric } from "../../plan/plan.ts";
import type { Dataset } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { blankRows } from "./blank-rows.ts";
import { columnFacts } from "./column-facts.ts";
import { conflictingLabels } from "./conflicting-labels.ts";
import { groups } from "./groups.ts";
import { inputDependence } from "./input-dependence.ts";
import { nearCopies } from "./near-copies.ts";
import { partDrift } from "./part-drift.ts";
import { rowOrder } from "./row-order.ts";
import { singleFeature } from "./single-feature.ts";
import { suspectLabels } from "./suspect-labels.ts";
import { targetCopies } from "./target-copies.ts";
import { targetDrift } from "./target-drift.ts";

const ofNumbers = (dataset: Dataset, prepared: Prepared, metric: Metric) => ({
  blankRows: blankRows(dataset, prepared),
  nearCopies: nearCopies(dataset, prepared),
  groups: groups(dataset, prepared, metric),
  singleFeature: singleFeature(dataset, prepared, metric),
  suspectLabels: suspectLabels(dataset, prepared),
  inputDependence: inputDependence(dataset, prepared),
  targetDrift: targetDrift(dataset, prepared),
  columnFacts: columnFacts(dataset, prepared),
  conflictingLabels: conflictingLabels(dataset, prepared),
  targetCopies: targetCopies(dataset, prepared),
  rowOrder: rowOrder(dataset, prepared),
  partDrift: partDrift(dataset, prepared),
});

/** Parts of a Case; one that cannot be told of these data is absent. What compares the size of inputs says nothing of tokens. */
export const evidence = (
  dataset: Dataset,
  prepared: Prepared,
  metric: Metric,
): Partial<ReturnType<typeof ofNumbers>> => (prepared.tokens ? {} : ofNumbers(dataset, prepared, metric));
