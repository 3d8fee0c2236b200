/** Inputs have been squeezed until they hardly vary. */
import { defineCheck } from "../check.ts";
import { mean } from "../series.ts";
import { logRamp, number, percent } from "../words.ts";

// Scaled columns span at least 1; a span of 0.2 is 5 times less, 0.01 is lost. Chosen by hand.
const [NONE, FULL] = [0.25, 0.03];

export const squeezedInputs = defineCheck({
  id: "squeezed-inputs",
  title: "Inputs hardly vary",
  needs: ["profile"],
  detect({ profile }) {
    const columns = profile.columns.filter((column) => column.std > 0 && (profile.images || column.distinct > 2));
    if (columns.length === 0) return;
    const spans = columns.map((column) => column.max - column.min);
    const squeezed = columns.filter((_, i) => spans[i] < NONE);
    // Beside columns that are wide, a narrow one is uneven, not squeezed.
    const wide = Math.max(...spans) > 10 ? 0.3 : 1;
    const strength = wide * mean(spans.map((span) => logRamp(Math.max(span, 1e-12), NONE, FULL)));
    if (strength < 0.2) return;
    const widest = Math.max(...squeezed.map((column) => column.max - column.min));
    return {
      strength,
      says: `${profile.images ? "The pixels span" : `${percent(squeezed.length / columns.length)} of the varying input columns span`} no more than ${number(widest)} from lowest to highest.`,
      where: squeezed.map((column) => column.name),
      values: { share: squeezed.length / columns.length, span: mean(spans) },
    };
  },
});
