/** An input column only numbers the rows. */
import { defineCheck } from "../check.ts";
import { form, list } from "../words.ts";

const ALONE = 0.3;

export const identifierColumn = defineCheck({
  id: "identifier-column",
  title: "An input column only numbers the rows",
  thresholds: [
    {
      of: "strength where the order of the rows is unrelated to the target",
      value: ALONE,
      origin: "by hand",
      source:
        "then the column carries no information and does little harm; the rule itself, c … c + n without a gap, is cleanlab's",
    },
  ],
  needs: ["columnFacts", "profile"],
  also: ["rowOrder"],
  detect({ columnFacts: { columns }, profile, rowOrder }) {
    const found = columns.filter(({ type }) => type === "identifier").map(({ name }) => name);
    if (found.length === 0) return;
    // Where the target is a number that grows with the row number, as over time, the column may be a legitimate input.
    const classes = profile.target.kind === "classes";
    const ordered =
      profile.order.sorted || (rowOrder !== undefined && rowOrder.explained >= Math.max(ALONE, rowOrder.chance * 2));
    const leaks = classes && ordered;
    const one = form(found.length, "", "s");
    const tail = leaks
      ? `, and the rows are ordered by target, so the column${one} ${form(found.length, "leaks", "leak")} it`
      : "";
    return {
      strength: leaks ? 1 : ALONE,
      says: `Column${one} ${list(found)} only ${form(found.length, "numbers", "number")} the rows (a different whole number in every row, without gaps)${tail}.`,
      where: found,
      values: { told: leaks, explained: rowOrder?.explained },
    };
  },
});
