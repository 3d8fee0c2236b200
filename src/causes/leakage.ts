/** The score is too good: validation rows, or the target itself, are known from training. */
import type { Seen } from "../checks/index.ts";
import { dropDuplicates, leaveOutTelltale, splitByGroup, splitByTime } from "../remedies/rows.ts";
import { defineCause, sentences } from "./cause.ts";

// When a twelfth of the validation rows is known from training, the score moves by points. Chosen by hand.
const SHARE = 0.08;

/** Rows are sorted and their numbers are an input: the number predicts the target of every row. */
const numbered = (seen: Seen): boolean => seen["identifier-column"]?.values?.told === true;

export const leakage = defineCause({
  id: "leakage",
  class: "data",
  title: "Data leak",
  stage: "data",
  short: "a data leak inflates the score",
  prior: -3.57,
  fitted: true,
  signs: {
    "rows-in-both": [6, -1.37],
    "groups-in-both": 6,
    "copies-flatter": [3.01, -6.01],
    "telltale-column": 5.5,
    "target-copy": 6,
    "strong-column": 0.5,
    "identifier-column": 1,
    "mixed-in-time": 0.5,
    "train-gap": -0.54,
  },
  means: "misleading",
  proof: "evidence",
  evident: (seen, { withoutCopies }) => {
    const rows = seen["rows-in-both"]?.values;
    const [equal, near] = [Number(rows?.equal ?? 0), Number(rows?.near ?? 0)];
    // Equal rows that do not raise the score (a game whose every position was seen) are no fault; the probe knows nothing of near copies.
    const known = withoutCopies === undefined ? Math.max(equal, near) : near - equal;
    const copies = known >= SHARE || seen["copies-flatter"] !== undefined;
    return (
      copies ||
      seen["telltale-column"] !== undefined ||
      seen["target-copy"] !== undefined ||
      seen["groups-in-both"] !== undefined ||
      numbered(seen)
    );
  },
  says: (seen) =>
    sentences(
      seen,
      "rows-in-both",
      "groups-in-both",
      "target-copy",
      "telltale-column",
      ...(numbered(seen) ? (["identifier-column"] as const) : []),
      "copies-flatter",
      "strong-column",
    ) || "There may be a data leak.",
  remedies: [dropDuplicates, splitByGroup, leaveOutTelltale, splitByTime],
  probes: ["without-copies", "near-copies", "groups", "single-feature"],
});
