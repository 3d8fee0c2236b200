/** An input column only numbers the rows. */
import { defineCheck } from "../check.ts";
import { list } from "../words.ts";

const ALONE = 0.3;

export const identifierColumn = defineCheck({
  id: "identifier-column",
  title: "An input column only numbers the rows",
  thresholds: [
    {
      of: "strength where the rows are in no order of their target",
      value: ALONE,
      origin: "by hand",
      source:
        "then it tells nothing, and costs a network little; the rule itself, c … c + n without a gap, is cleanlab's",
    },
  ],
  needs: ["columnFacts", "profile"],
  also: ["rowOrder"],
  detect({ columnFacts: { columns }, profile, rowOrder }) {
    const found = columns.filter(({ type }) => type === "identifier").map(({ name }) => name);
    if (found.length === 0) return;
    // Numbers that grow with a number to be told may be what tells it.
    const classes = profile.target.kind === "classes";
    const ordered =
      profile.order.sorted || (rowOrder !== undefined && rowOrder.explained >= Math.max(ALONE, rowOrder.chance * 2));
    const told = classes && ordered;
    const tail = told ? ", and the rows are sorted by the target: it leaks the target" : "";
    return {
      strength: told ? 1 : ALONE,
      says: `${list(found)} has a different whole number in every row, without gaps${tail}.`,
      where: found,
      values: { told, explained: rowOrder?.explained },
    };
  },
});
