/** Remedies that change which rows and labels are used, and in which order. */
import { isEven } from "../checks/data/sure-rows-contradicted.ts";
import { CLEAR } from "../checks/data/suspect-labels.ts";
import { type Context, defineRemedy, type Edit } from "./remedy.ts";

const fill = (how: "mean" | "median" | "drop") => ({ path: "data.missing", value: how });

export const imputeMedian = defineRemedy({
  id: "impute-median",
  title: "Fill missing values with the median of the column",
  cured: "With imputation",
  size: 1,
  edits: ({ plan }) => (plan.data.missing === "none" ? [fill("median")] : null),
});

export const imputeMean = defineRemedy({
  id: "impute-mean",
  title: "Fill missing values with the mean of the column",
  cured: "With imputation",
  size: 1,
  edits: ({ plan }) => (plan.data.missing === "none" ? [fill("mean")] : null),
});

export const dropMissing = defineRemedy({
  id: "drop-missing",
  title: "Drop the rows with missing values",
  cured: "Without the rows with missing values",
  size: 1,
  edits: ({ plan }) => (plan.data.missing === "none" ? [fill("drop")] : null),
});

/** A text column is several features, "column=value" each. */
const columnOf = (feature: string): string => feature.split("=")[0];

/** The columns to use when some are left out; null where none is, none would be left, or the profile does not name all. */
function without(columns: readonly string[], { plan, known: { profile } }: Context): Edit[] | null {
  if (!profile || profile.images || (!plan.data.features && profile.columns.length < profile.features)) return null;
  const all = plan.data.features ?? [...new Set(profile.columns.map(({ name }) => columnOf(name)))];
  const kept = all.filter((name) => !columns.includes(name));
  return kept.length > 0 && kept.length < all.length ? [{ path: "data.features", value: kept }] : null;
}

export const leaveOutConstant = defineRemedy({
  id: "leave-out-constant",
  title: "Drop the constant columns",
  cured: "Without the constant columns",
  size: 1,
  edits: (context) => without(context.known.profile?.inputs.constant ?? [], context),
});

export const leaveOutTelltale = defineRemedy({
  id: "leave-out-telltale",
  title: "Drop the column that leaks the target",
  cured: "Without the leaking column",
  size: 1,
  edits: (context) => {
    const { singleFeature, targetCopies } = context.known;
    const copies = targetCopies?.columns ?? [];
    const columns = copies.length > 0 ? copies : singleFeature ? [singleFeature.column] : [];
    return columns.length > 0 ? without(columns.map(columnOf), context) : null;
  },
});

export const numberFromZero = defineRemedy({
  id: "number-from-zero",
  title: "Number the classes from 0",
  cured: "With classes numbered from 0",
  size: 1,
  edits: ({ plan, known: { profile } }) => {
    if (profile?.target?.kind !== "classes") return null;
    const classes = [...profile.target.classes].sort((a, b) => a.value - b.value);
    if (classes.every((one, i) => one.value === i)) return null;
    const number = new Map(classes.map((one, i) => [one.value, i]));
    const old = plan.data.labels;
    // What the user maps already is mapped on; else the value in the file is the label itself.
    const entries = old
      ? Object.entries(old).map(([key, value]) => [key, number.get(value) ?? value])
      : classes.map((one, i) => [String(one.value), i]);
    return [{ path: "data.labels", value: Object.fromEntries(entries) }];
  },
});

export const shuffle = defineRemedy({
  id: "shuffle",
  title: "Shuffle the rows every epoch",
  cured: "With shuffling",
  size: 1,
  edits: ({ plan }) => (plan.training.shuffle ? null : [{ path: "training.shuffle", value: true }]),
});

export const splitAtRandom = defineRemedy({
  id: "split-at-random",
  title: "Choose the validation rows at random",
  cured: "With a random split",
  size: 1,
  edits: ({ plan: { data } }) => {
    const { validation } = data;
    // In a time series, future rows must not be evaluated between their neighbours.
    if (!validation || data.window) return null;
    if ("source" in validation) return [{ path: "data.validation", value: { fraction: 0.2, split: "random" } }];
    if (typeof validation.split === "object" && "time" in validation.split) return null;
    return validation.split === "random" || validation.split === "stratified"
      ? null
      : [{ path: "data.validation", value: { fraction: validation.fraction, split: "random" } }];
  },
});

export const splitByClass = defineRemedy({
  id: "split-by-class",
  title: "Stratify the split by class",
  cured: "With a stratified split",
  size: 1,
  edits: ({ plan: { data }, known }) => {
    const { validation } = data;
    if (!validation || known.profile?.target?.kind !== "classes") return null;
    if ("source" in validation) return null;
    return validation.split === "stratified"
      ? null
      : [{ path: "data.validation", value: { fraction: validation.fraction, split: "stratified" } }];
  },
});

export const dropDuplicates = defineRemedy({
  id: "drop-duplicates",
  title: "Drop duplicate rows",
  cured: "Without duplicate rows",
  size: 1,
  edits: ({ plan, known: { profile } }) =>
    plan.data.drop === null && profile && profile.duplicates.within + profile.duplicates.across > 0
      ? [{ path: "data.drop", value: "duplicates" }]
      : null,
});

/** From this share of clear contradictions on it is no overlap of classes (no healthy entry of the zoo passes 0.07). */
export const NO_CHANCE = 0.1;

/**
 * The suspect rows, where they are too many for an overlap of classes: a score without rows that others contradict is better whether they
 * are wrong or not, so a trial alone proves nothing.
 */
function suspects({ plan, known: { suspectLabels } }: Context) {
  // Of rows in time order none can be left out without a gap.
  if (plan.data.window) return [];
  const rows = suspectLabels?.rows ?? [];
  const clear = rows.filter((one) => one.confidence >= CLEAR).length;
  const many = rows.length > 0 && (suspectLabels!.share * clear) / rows.length >= NO_CHANCE;
  return many || (suspectLabels?.surest && isEven(suspectLabels.surest)) ? rows : [];
}

export const dropSuspects = defineRemedy({
  id: "drop-suspects",
  title: "Drop the rows whose labels are in doubt",
  cured: "Without the rows whose labels are in doubt",
  size: 2,
  edits: (context) => {
    const rows = suspects(context).map((one) => one.row);
    return rows.length > 0 && context.plan.data.drop === null
      ? [{ path: "data.drop", value: rows.toSorted((a, b) => a - b) }]
      : null;
  },
});

export const relabelSuspects = defineRemedy({
  id: "relabel-suspects",
  title: "Replace the labels in doubt with the likeliest ones",
  cured: "With the labels in doubt corrected",
  size: 2,
  edits: (context) => {
    const rows = suspects(context);
    return rows.length > 0 && context.plan.data.relabel === null
      ? [{ path: "data.relabel", value: Object.fromEntries(rows.map((one) => [String(one.row), one.likely])) }]
      : null;
  },
});

export const splitByGroup = defineRemedy({
  id: "split-by-group",
  title: "Keep all rows of a group on one side of the split",
  cured: "With the groups kept apart",
  size: 1,
  edits: ({ plan: { data }, known: { groups } }) => {
    const { validation } = data;
    if (!groups || !validation || "source" in validation || typeof validation.split === "object") return null;
    return [{ path: "data.validation", value: { fraction: validation.fraction, split: { group: groups.column } } }];
  },
});

export const splitByTime = defineRemedy({
  id: "split-by-time",
  title: "Use the latest rows for validation",
  cured: "With the latest rows for validation",
  size: 1,
  edits: ({ plan: { data }, known: { profile } }) => {
    const { validation } = data;
    const inTime = profile?.inTime;
    if (!inTime || !validation || "source" in validation) return null;
    if (validation.split !== "random" && validation.split !== "stratified") return null;
    // Sequences follow the order of the file, unless a column gives another.
    const split = inTime.column === null ? "tail" : { time: inTime.column };
    return [{ path: "data.validation", value: { fraction: validation.fraction, split } }];
  },
});

export const weighClasses = defineRemedy({
  id: "weigh-classes",
  title: "Weight the classes by how rare they are",
  cured: "With class weights",
  size: 1,
  edits: ({ plan, known }) =>
    known.profile?.target?.kind === "classes" && plan.data.classWeights === "none"
      ? [{ path: "data.classWeights", value: "balanced" }]
      : null,
});

export const repeatRare = defineRemedy({
  id: "repeat-rare",
  title: "Oversample the rare classes",
  cured: "With the rare classes oversampled",
  size: 1,
  edits: ({ plan, known }) =>
    known.profile?.target?.kind === "classes" && plan.data.resample === "none"
      ? [{ path: "data.resample", value: "over" }]
      : null,
});

/** With fewer rows of a class, dropping rows costs more than balance brings. Chosen by hand. */
const ENOUGH = 200;

export const thinCommon = defineRemedy({
  id: "thin-common",
  title: "Undersample the frequent classes",
  cured: "With the frequent classes undersampled",
  size: 2,
  edits: ({ plan, known }) =>
    known.profile?.target?.kind === "classes" &&
    known.profile.target.classes.every(({ train }) => train === 0 || train >= ENOUGH) &&
    plan.data.resample === "none"
      ? [{ path: "data.resample", value: "under" }]
      : null,
});

export const scoreAsRegression = defineRemedy({
  id: "score-as-regression",
  title: "Score the regression by R²",
  cured: "With R² as metric",
  size: 1,
  edits: ({ known }) =>
    (known.task ?? known.profile?.task) === "regression" && known.metric?.name !== "r2"
      ? [{ path: "metric", value: "r2" }]
      : null,
});

export const scoreAsClasses = defineRemedy({
  id: "score-as-classes",
  title: "Score the classes by accuracy",
  cured: "With accuracy as metric",
  size: 1,
  edits: ({ known }) =>
    (known.task ?? known.profile?.task) === "classification" && known.metric?.name !== "accuracy"
      ? [{ path: "metric", value: "accuracy" }]
      : null,
});
