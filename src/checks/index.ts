/** The catalogue of checks: a plain array, one entry a file. */
import type { Case } from "../case/case.ts";
import { type AnyCheck, type Finding, type Present, runCheck } from "./check.ts";
import { baselinesAtChance } from "./data/baselines-at-chance.ts";
import { blankRows } from "./data/blank-rows.ts";
import { classCounts } from "./data/class-counts.ts";
import { columnDrift } from "./data/column-drift.ts";
import { conflictingLabels } from "./data/conflicting-labels.ts";
import { constantColumn } from "./data/constant-column.ts";
import { copiesFlatter } from "./data/copies-flatter.ts";
import { dependentInputs } from "./data/dependent-inputs.ts";
import { farOutCells } from "./data/far-out-cells.ts";
import { fewRows } from "./data/few-rows.ts";
import { groupsInBoth } from "./data/groups-in-both.ts";
import { identifierColumn } from "./data/identifier-column.ts";
import { labelsOutsideOutput } from "./data/labels-outside-output.ts";
import { missingValues } from "./data/missing-values.ts";
import { mixedInTime } from "./data/mixed-in-time.ts";
import { orderedRows } from "./data/ordered-rows.ts";
import { preparedApart } from "./data/prepared-apart.ts";
import { rowsInBoth } from "./data/rows-in-both.ts";
import { separateSources } from "./data/separate-sources.ts";
import { sortedRows } from "./data/sorted-rows.ts";
import { splitClassMissing } from "./data/split-class-missing.ts";
import { splitDrift } from "./data/split-drift.ts";
import { squeezedInputs } from "./data/squeezed-inputs.ts";
import { strayText } from "./data/stray-text.ts";
import { strongColumn } from "./data/strong-column.ts";
import { sureRowsContradicted } from "./data/sure-rows-contradicted.ts";
import { suspectLabels } from "./data/suspect-labels.ts";
import { tailSplit } from "./data/tail-split.ts";
import { targetCopy } from "./data/target-copy.ts";
import { targetDrift } from "./data/target-drift.ts";
import { telltaleColumn } from "./data/telltale-column.ts";
import { unevenInputs } from "./data/uneven-inputs.ts";
import { unscaledInputs } from "./data/unscaled-inputs.ts";
import { unscaledTargets } from "./data/unscaled-targets.ts";
import { unshuffledBatches } from "./data/unshuffled-batches.ts";
import { wideInterval } from "./data/wide-interval.ts";
import { deadAtStart } from "./layers/dead-at-start.ts";
import { deadUnits } from "./layers/dead-units.ts";
import { gradientFades } from "./layers/gradient-fades.ts";
import { gradientGrows } from "./layers/gradient-grows.ts";
import { noGradient } from "./layers/no-gradient.ts";
import { saturatedUnits } from "./layers/saturated-units.ts";
import { startSpread } from "./layers/start-spread.ts";
import { unitsDie } from "./layers/units-die.ts";
import { updatesLarge } from "./layers/updates-large.ts";
import { updatesTiny } from "./layers/updates-tiny.ts";
import { deepNetwork } from "./network/deep-network.ts";
import { dropoutOnOutput } from "./network/dropout-on-output.ts";
import { fewImages } from "./network/few-images.ts";
import { frozenLayer } from "./network/frozen-layer.ts";
import { heavyDropout } from "./network/heavy-dropout.ts";
import { largerNetworkBetter } from "./network/larger-network-better.ts";
import { linearHidden } from "./network/linear-hidden.ts";
import { lossMismatchCheck } from "./network/loss-mismatch.ts";
import { manyParameters } from "./network/many-parameters.ts";
import { muchAugmentation } from "./network/much-augmentation.ts";
import { narrowHidden } from "./network/narrow-hidden.ts";
import { noRestraint } from "./network/no-restraint.ts";
import { normalisedOutput } from "./network/normalised-output.ts";
import { outputActivationMismatch } from "./network/output-activation-mismatch.ts";
import { pooledToNothing } from "./network/pooled-to-nothing.ts";
import { smallerNetworkBetter } from "./network/smaller-network-better.ts";
import { softmaxTwice } from "./network/softmax-twice.ts";
import { squashingHidden } from "./network/squashing-hidden.ts";
import { startWidth } from "./network/start-width.ts";
import { strongPenalty } from "./network/strong-penalty.ts";
import { symmetricStart } from "./network/symmetric-start.ts";
import { targetOutOfReach } from "./network/target-out-of-reach.ts";
import { belowBaseline } from "./training/below-baseline.ts";
import { countsRows } from "./training/counts-rows.ts";
import { diverges } from "./training/diverges.ts";
import { fewEpochs } from "./training/few-epochs.ts";
import { fewUpdates } from "./training/few-updates.ts";
import { initialLossHigh } from "./training/initial-loss-high.ts";
import { inputsIgnored } from "./training/inputs-ignored.ts";
import { labelsIgnored } from "./training/labels-ignored.ts";
import { largeBatch } from "./training/large-batch.ts";
import { largerBatchBetter } from "./training/larger-batch-better.ts";
import { learnsSlowly } from "./training/learns-slowly.ts";
import { lossAtChance } from "./training/loss-at-chance.ts";
import { lossClipped } from "./training/loss-clipped.ts";
import { lossFlat } from "./training/loss-flat.ts";
import { lossJumpsWithRate } from "./training/loss-jumps-with-rate.ts";
import { lossOscillates } from "./training/loss-oscillates.ts";
import { lossSummed } from "./training/loss-summed.ts";
import { metricMismatch } from "./training/metric-mismatch.ts";
import { moreRowsHelp } from "./training/more-rows-help.ts";
import { nanAtStart } from "./training/nan-at-start.ts";
import { nanFromCalm } from "./training/nan-from-calm.ts";
import { noRoom } from "./training/no-room.ts";
import { oneAnswer } from "./training/one-answer.ts";
import { oneBatchUnfit } from "./training/one-batch-unfit.ts";
import { optimizerOdd } from "./training/optimizer-odd.ts";
import { plainSgd } from "./training/plain-sgd.ts";
import { rareClassMissed } from "./training/rare-class-missed.ts";
import { rateFades } from "./training/rate-fades.ts";
import { rateHigh } from "./training/rate-high.ts";
import { rateInValley } from "./training/rate-in-valley.ts";
import { rateLeftOfValley } from "./training/rate-left-of-valley.ts";
import { rateLow } from "./training/rate-low.ts";
import { rateRightOfValley } from "./training/rate-right-of-valley.ts";
import { rateScheduled } from "./training/rate-scheduled.ts";
import { scoreSwings } from "./training/score-swings.ts";
import { seedsDisagree } from "./training/seeds-disagree.ts";
import { smallBatch } from "./training/small-batch.ts";
import { smallerBatchBetter } from "./training/smaller-batch-better.ts";
import { stillImproving } from "./training/still-improving.ts";
import { sweepNowhere } from "./training/sweep-nowhere.ts";
import { trainGap } from "./training/train-gap.ts";
import { trainingModeWorse } from "./training/training-mode-worse.ts";
import { trainingUnfit } from "./training/training-unfit.ts";
import { validationTurns } from "./training/validation-turns.ts";

export const checks = [
  baselinesAtChance,
  blankRows,
  classCounts,
  columnDrift,
  conflictingLabels,
  constantColumn,
  copiesFlatter,
  dependentInputs,
  farOutCells,
  fewRows,
  groupsInBoth,
  identifierColumn,
  labelsOutsideOutput,
  missingValues,
  mixedInTime,
  orderedRows,
  preparedApart,
  rowsInBoth,
  separateSources,
  sortedRows,
  splitClassMissing,
  splitDrift,
  squeezedInputs,
  strayText,
  strongColumn,
  sureRowsContradicted,
  suspectLabels,
  tailSplit,
  targetCopy,
  targetDrift,
  telltaleColumn,
  unevenInputs,
  unscaledInputs,
  unscaledTargets,
  unshuffledBatches,
  wideInterval,
  deepNetwork,
  dropoutOnOutput,
  frozenLayer,
  heavyDropout,
  linearHidden,
  lossMismatchCheck,
  manyParameters,
  fewImages,
  muchAugmentation,
  narrowHidden,
  smallerNetworkBetter,
  largerNetworkBetter,
  noRestraint,
  normalisedOutput,
  outputActivationMismatch,
  pooledToNothing,
  softmaxTwice,
  squashingHidden,
  startWidth,
  strongPenalty,
  symmetricStart,
  targetOutOfReach,
  belowBaseline,
  countsRows,
  diverges,
  fewEpochs,
  fewUpdates,
  initialLossHigh,
  inputsIgnored,
  labelsIgnored,
  largeBatch,
  smallerBatchBetter,
  largerBatchBetter,
  learnsSlowly,
  lossAtChance,
  lossClipped,
  lossFlat,
  lossJumpsWithRate,
  lossOscillates,
  lossSummed,
  metricMismatch,
  moreRowsHelp,
  nanAtStart,
  nanFromCalm,
  noRoom,
  oneAnswer,
  oneBatchUnfit,
  optimizerOdd,
  plainSgd,
  rareClassMissed,
  rateFades,
  rateHigh,
  rateInValley,
  rateLeftOfValley,
  rateLow,
  rateRightOfValley,
  rateScheduled,
  scoreSwings,
  seedsDisagree,
  smallBatch,
  stillImproving,
  sweepNowhere,
  trainGap,
  trainingModeWorse,
  trainingUnfit,
  validationTurns,
  deadAtStart,
  deadUnits,
  gradientFades,
  gradientGrows,
  noGradient,
  saturatedUnits,
  startSpread,
  unitsDie,
  updatesLarge,
  updatesTiny,
] as const;

export type CheckId = (typeof checks)[number]["id"];

const entries: readonly AnyCheck[] = checks;

export const neutral: ReadonlySet<string> = new Set(entries.filter((check) => check.neutral).map(({ id }) => id));

/** What an audit reports though it is neutral. */
export const overview: ReadonlySet<string> = new Set(entries.filter((check) => check.overview).map(({ id }) => id));

/** The present ones among findings, by check. */
export type Seen = Partial<Record<CheckId, Present<CheckId>>>;

/** Asks every check. */
export const runChecks = (known: Case): Finding<CheckId>[] =>
  checks.map((check: AnyCheck<CheckId>) => runCheck(check, known));

export const seen = (findings: readonly Finding<CheckId>[]): Seen =>
  Object.fromEntries(
    findings.filter((finding) => finding.state === "present").map((finding) => [finding.check, finding]),
  );
