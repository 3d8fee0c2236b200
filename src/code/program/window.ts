/** A table in time order as sequences in Python: the same steps and targets as in our own windows. */
import type { Split } from "../../plan/plan.ts";
import { python } from "../snippets/python.ts";
import type { Subject } from "./subject.ts";

/** The columns of the table that the plan's splits use. */
export function splitColumns({ plan: { data } }: Subject): { groups: string[]; times: string[] } {
  const splits = [data.validation, data.test].flatMap((part) => (part && "split" in part ? [part.split] : []));
  const named = (key: "group" | "time") => [...new Set(splits.flatMap((split) => columnOf(split, key)))];
  return { groups: named("group"), times: named("time") };
}

const columnOf = (split: Split, key: "group" | "time"): string[] =>
  typeof split === "object" && key in split ? [(split as Record<"group" | "time", string>)[key]] : [];

/** Turns the table into sequences, their targets and the rows of these targets; no sequence crosses a dropped row or the border of a group. */
export function windows(subject: Subject): string {
  const { steps, ahead } = subject.plan.data.window!;
  const { groups, times } = splitColumns(subject);
  const before = steps + ahead - 1;
  const cuts = groups.map((name) => `(df[${python(name)}] != df[${python(name)}].shift()).cumsum().to_numpy()`);
  const lines = [
    `def windows(df, dropped=()):  # ${steps} rows lead to a target ${ahead === 1 ? "in the next one" : `${ahead} rows later`}`,
    ...times.slice(0, 1).map((name) => `    df = df.sort_values(${python(name)}, key=pd.to_datetime, kind="stable")`),
    "    gone = df.index.isin(dropped)",
    `    run = ${["gone.cumsum()", ...cuts].join(" + ")}  # no sequence goes from one run into another`,
    "    df, run = df[~gone], run[~gone]",
    "    x, y = columns(df)",
    `    ends = [i for i in range(${before}, len(df)) if run[i] == run[i - ${before}]]`,
    `    return np.stack([x[i - ${before} : i${ahead === 1 ? "" : ` - ${ahead - 1}`}] for i in ends]), y[ends], df.iloc[ends]`,
  ];
  return lines.join("\n");
}

/** Sequences that repeat an earlier one, target and all. */
export const WITHOUT_REPEATS = `both = np.hstack([x.reshape(len(x), -1), y.reshape(len(y), -1)])
keep = np.sort(np.unique(both, axis=0, return_index=True)[1])
x, y, df = x[keep], y[keep], df.iloc[keep]`;
