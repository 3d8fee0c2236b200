/** Inputs have been scaled down until they hardly vary. */
import { mean } from "../../data/statistics.ts";
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { form, logRamp, number } from "../words.ts";

const [NONE, FULL] = [0.25, 0.03];
const [WIDE, UNEVEN, LEAST] = [10, 0.3, 0.2];

export const squeezedInputs = defineCheck({
  id: "squeezed-inputs",
  title: "Inputs hardly vary",
  plain: true,
  thresholds: [
    {
      of: "range of a column",
      value: [NONE, FULL],
      origin: "by hand",
      source: "the range of scaled columns is at least 1: 0.2 is a fifth of it, and 0.01 is lost",
    },
    {
      of: "mean strength of the columns from which it is reported",
      value: LEAST,
      origin: "by hand",
      source: "a single narrow column among many does no harm",
    },
    {
      of: "range of another column from which narrow columns count less, and by how much",
      value: [WIDE, UNEVEN],
      origin: "by hand",
      source: "beside wide columns, a narrow one is uneven rather than scaled twice",
    },
  ],
  needs: ["profile"],
  detect({ profile }) {
    const columns = profile.columns.filter((column) => column.std > 0 && (profile.images || column.distinct > 2));
    if (columns.length === 0) return;
    const spans = columns.map((column) => column.max - column.min);
    const squeezed = columns.filter((_, i) => spans[i] < NONE);
    const wide = largest(spans) > WIDE ? UNEVEN : 1;
    const strength = wide * mean(spans.map((span) => logRamp(Math.max(span, 1e-12), NONE, FULL)));
    if (strength < LEAST) return;
    const widest = largest(squeezed.map((column) => column.max - column.min));
    const subject = profile.images
      ? `The ${columns[0].name} have`
      : columns.length === 1
        ? `Input column ${columns[0].name} has`
        : `${squeezed.length} of ${columns.length} varying input columns ${form(squeezed.length, "has", "have")}`;
    return {
      strength,
      says: `${subject} a range (largest minus smallest value) of at most ${number(widest)} in the training rows.`,
      where: squeezed.map((column) => column.name),
      values: { share: squeezed.length / columns.length, span: mean(spans) },
    };
  },
});
