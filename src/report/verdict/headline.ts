/** The one sentence that says everything, from the verdict, the top causes and what was measured. */
import { count, list } from "../../words.ts";
import { scoreFormat } from "../format.ts";
import type { ReportMetric, Verdict } from "../report.ts";

/** How a cause words itself: `short` is a clause ("the inputs are not scaled"), `cured` opens one ("Scaled"). */
export type CauseWords = { short: string; cured?: string };

export type HeadlineParts = {
  verdict: Verdict;
  metric: ReportMetric;
  /** The causes that are told, first the likeliest; for stuck, those that the prescription undoes. */
  causes?: CauseWords[];
  /** The training of the plan as it was given ended in NaN or Infinity. */
  diverged?: boolean;
  /** How many remedies were tried. */
  tried?: number;
  /** For slow: epochs trained, epochs the forecast asks for, and the score it expects. */
  forecast?: { epochs: number; more: number; score?: number };
  /** For a limit of the data where nothing beats the constant answer: the simple predictors that were asked. */
  simple?: readonly { name: string; value: number }[];
  /** For a limit of the data: hidden layers, where they are plainly more than that takes. */
  deep?: number;
  /** For a limit of the data that more rows would move: the score that so many would give, with its 95 % interval. */
  more?: { rows: number; score: number; low: number; high: number };
  /** Any other sentence that belongs at the end, as it is. */
  also?: string;
};

/** The sentence; it claims no more than the parts hold. */
export function headline(parts: HeadlineParts): string {
  return [...sentences[parts.verdict](parts), parts.also ?? ""].filter(Boolean).join(" ");
}

// A sentence holds no more.
const MOST_NAMED = 3;

const sentences: Record<Verdict, (parts: HeadlineParts) => string[]> = {
  stuck(parts) {
    const { before } = shown(parts, true);
    const why = reasons(parts);
    const fact = parts.diverged ? "The training ends in NaN" : before && `Stuck at ${before}`;
    if (!fact) return [sentence(why || "something holds it back")];
    return [why ? `${fact}: ${why}.` : `${fact}.`, cured(parts)];
  },
  healthy(parts) {
    const { before } = shown(parts);
    const found = before ? `Nothing holds it back at ${before}` : "Nothing is wrong that could be seen";
    const tried = parts.tried ?? 0;
    if (tried === 0) return [`${found}.`];
    const none = tried === 1 ? "the one remedy tried gains nothing" : `none of ${count(tried)} remedies gains anything`;
    return [`${found}: ${none} worth having.`];
  },
  slow(parts) {
    const { before, show } = shown(parts);
    const { forecast } = parts;
    const state = forecast ? `after ${count(forecast.epochs, "epoch")}` : "when it ends";
    const fact = `Slow, not stuck: ${before ? `at ${before} ` : ""}${state} it is still improving.`;
    if (!forecast) return [fact, cured(parts)];
    const goal = forecast.score === undefined ? "settle it" : `bring it to ${show(forecast.score)}`;
    return [fact, `${count(forecast.more, "more epoch")} should ${goal}.`];
  },
  "data-limit"(parts) {
    const { before, show } = shown(parts);
    const { ceiling, baseline } = parts.metric;
    const deep = parts.deep ? `${upper(count(parts.deep))} hidden layers are too deep for what there is to learn.` : "";
    if (parts.simple && baseline) {
      const others = list(parts.simple.map(({ name, value }) => `${name} ${show(value)}`));
      const none = `none beats the ${baseline.name}, ${show(baseline.value)} (${others})`;
      return [`${before ? upper(before) : "It"} is at the limit of its data: ${none}.`, cured(parts), deep];
    }
    const fact = before ? `${upper(before)} is near what the data allow` : "It is near what the data allow";
    const why = reasons(parts) || (ceiling ? `${ceiling.name} reaches ${show(ceiling.value)}` : "");
    const { more } = parts;
    const rows = more
      ? `${upper(count(more.rows))} training rows would give about ${show(more.score)} (${show(more.low)} to ${show(more.high)}).`
      : "";
    return [why ? `${fact}: ${why}.` : `${fact}.`, rows, deep];
  },
  misleading(parts) {
    const { before } = shown(parts);
    const why = reasons(parts);
    const fact = before ? `The ${before} cannot be believed` : "The score cannot be believed";
    return [why ? `${fact}: ${why}.` : `${fact}.`, cured(parts)];
  },
  unknown(parts) {
    const { before } = shown(parts);
    const fact = parts.diverged ? "The training ends in NaN" : before ? `It stays at ${before}` : "";
    const why = reasons(parts);
    const trained = parts.metric.after?.values.length ?? 0;
    const better = trained > 0 && `${cured(parts).slice(0, -1)} in ${count(trained, "training")}`;
    if (why)
      return [
        `${fact ? `${fact}, perhaps` : "Perhaps"} because ${why}${better ? "" : "; that is not proven"}.`,
        better ? `${better}; that is no proof yet.` : "",
      ];
    return [
      fact ? `${fact}, and what could be looked at does not say why.` : "What could be looked at does not say why.",
    ];
  },
};

/** The score before and after, as far as they are known and finite. */
function shown({ metric }: HeadlineParts, own = false) {
  const among = [metric.before?.mean, metric.after?.mean].filter((mean) => mean !== undefined);
  const show = scoreFormat(metric.name, among);
  const word = show(0).endsWith("%") ? "" : `${wordOf(metric.name)} `;
  const place = metric.split === "training" ? " of the training rows" : "";
  const told = (mean: number | undefined) =>
    mean === undefined || !Number.isFinite(mean) ? "" : `${word}${show(mean)}${place}`;
  return {
    before: told(own && metric.own ? metric.own.mean : metric.before?.mean),
    after: told(metric.after?.mean),
    show,
  };
}

/** "Scaled, it reaches 91 %." when there is something to reach. */
function cured(parts: HeadlineParts): string {
  const { before: was, after } = shown(parts);
  if (!after) return "";
  const { before } = parts.metric;
  const words = (parts.causes ?? []).map((cause) => cause.cured ?? "").filter(Boolean);
  const how =
    words.length > 0 ? list(words.slice(0, MOST_NAMED).map((word, i) => (i === 0 ? word : lower(word)))) : "Changed";
  if (parts.metric.own) return `${how}, it goes from ${was} to ${after} on the rows that nothing contradicts.`;
  const falls = parts.metric.better === "lower" && before !== null && parts.metric.after!.mean < before.mean;
  return `${how}, it ${falls ? "comes down to" : "reaches"} ${after}.`;
}

function reasons({ causes = [] }: HeadlineParts): string {
  const named = causes.length > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED;
  const more = causes.length > named ? [`${count(causes.length - named)} more`] : [];
  return list([...causes.slice(0, named).map((cause) => cause.short), ...more]);
}

/** r2 → r², mse → MSE: how people write them. */
export function wordOf(metric: string): string {
  const words: Record<string, string> = { r2: "R²", mae: "MAE", mse: "MSE", rmse: "RMSE", auc: "AUC", f1: "F1" };
  return words[metric] ?? metric.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const sentence = (text: string): string => `${upper(text)}.`;
