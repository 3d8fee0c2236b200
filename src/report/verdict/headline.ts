/** The headline: one sentence of cause and one of remedy, from the verdict, the top causes and what was measured. */
import { count, list } from "../../words.ts";
import { scoreFormat, scoreName } from "../format.ts";
import type { ReportMetric, Verdict } from "../report.ts";

/** How a cause words itself: `short` is a clause ("the inputs are not scaled"), `cured` opens one ("With scaling"). */
type CauseWords = { short: string; cured?: string };

export type HeadlineParts = {
  verdict: Verdict;
  metric: ReportMetric;
  /** The causes that are reported, the likeliest first; for stuck, those that the prescription undoes. */
  causes?: CauseWords[];
  /** The training of the plan as it was given ended in NaN or Infinity. */
  diverged?: boolean;
  /** How many remedies were tried. */
  tried?: number;
  /** For slow: epochs trained, epochs the forecast asks for, and the score it expects. */
  forecast?: { epochs: number; more: number; score?: number };
  /** For a limit of the data where nothing beats the constant prediction: the baselines that see the inputs. */
  simple?: readonly { name: string; value: number }[];
  /** For a limit of the data: hidden layers, where they are plainly more than that takes. */
  deep?: number;
  /** For a limit of the data that more rows would move: the score that so many would give, with its 95 % interval. */
  more?: { rows: number; score: number; low: number; high: number };
  /** For unknown: what is proved does no better than this. */
  noBetter?: { name: string; value: number };
  /** Any other sentence that belongs at the end, as it is. */
  also?: string;
};

/** Search engines, window titles and tired readers cut what is longer. */
export const LONGEST = 200;
/** A sentence names no more causes, or baselines. */
const MOST_NAMED = 3;

/** The headline; it claims no more than the parts hold. Where it would be too long it names fewer causes, and at last leaves sentences out. */
export function headline(parts: HeadlineParts): string {
  const all = (named: number) => [...sentences[parts.verdict](parts, named), parts.also ?? ""].filter(Boolean);
  for (let named = MOST_NAMED; named > 1; named--) {
    const text = all(named).join(" ");
    if (text.length <= LONGEST) return text;
  }
  return shortened(all(1));
}

/** The sentences as far as they fit; the first always stands. */
export const shortened = ([first, ...rest]: readonly string[]): string =>
  rest.reduce((text, one) => (text.length + 1 + one.length <= LONGEST ? `${text} ${one}` : text), first);

/** The sentences of each verdict, the most important first, with at most `named` causes. */
const sentences: Record<Verdict, (parts: HeadlineParts, named: number) => string[]> = {
  stuck(parts, named) {
    const { stuckAt } = scores(parts);
    const why = reasons(parts, named);
    const fact = parts.diverged ? "Training ends in NaN" : stuckAt && `Stuck at ${stuckAt}`;
    if (!fact) return [sentence(why || "something keeps the network from improving")];
    return [why ? `${fact}: ${why}.` : `${fact}.`, remedied(parts, named)];
  },
  healthy(parts) {
    const { is } = scores(parts);
    const tried = parts.tried ?? 0;
    if (!is) return ["No problem found."];
    if (tried === 0) return [`No problem found: ${is}.`];
    const none =
      tried === 1 ? "the one change tried does not improve" : `none of the ${count(tried)} changes tried improves`;
    return [`No problem found: ${is}, and ${none} it enough to matter.`];
  },
  slow(parts, named) {
    const { is, show } = scores(parts);
    const { forecast } = parts;
    const when = forecast ? `after ${count(forecast.epochs, "epoch")}` : "when training ends";
    const fact = is ? `${is} and still improving ${when}` : `the network is still improving ${when}`;
    if (!forecast) return [`Slow, not stuck: ${fact}.`, remedied(parts, named)];
    const goal = forecast.score === undefined ? "settle it" : `bring it to ${show(forecast.score)}`;
    return [`Slow, not stuck: ${fact}.`, `${count(forecast.more, "more epoch")} should ${goal}.`];
  },
  "data-limit"(parts, named) {
    const { is, at, show } = scores(parts);
    const { ceiling, baseline } = parts.metric;
    const deep = parts.deep
      ? `${upper(count(parts.deep, "hidden layer"))} ${parts.deep === 1 ? "is" : "are"} more than this data needs.`
      : "";
    if (parts.simple && baseline) {
      const others = parts.simple.slice(0, named).map(({ name, value }) => `${name} ${show(value)}`);
      const all = list([...(at ? [`the network has ${at}`] : []), ...others]);
      const fact = `Limit of the data: no model beats the baseline, ${baseline.name} ${show(baseline.value)}`;
      return [`${fact}${all ? ` (${all})` : ""}.`, remedied(parts, named) || deep];
    }
    const fact = is ? `${upper(is)}, near the limit of this data` : "The score is near the limit of this data";
    const why = reasons(parts, named) || (ceiling ? `${ceiling.name} has ${show(ceiling.value)}` : "");
    const { more } = parts;
    const rows = more
      ? `With ${count(more.rows)} training rows it would be about ${show(more.score)} (${show(more.low)} to ${show(more.high)}).`
      : "";
    return [why ? `${fact}: ${why}.` : `${fact}.`, rows || deep];
  },
  misleading(parts, named) {
    const { at } = scores(parts);
    const why = reasons(parts, named);
    const fact = at ? `The ${at} is not trustworthy` : "The score is not trustworthy";
    return [why ? `${fact}: ${why}.` : `${fact}.`, remedied(parts, named)];
  },
  unknown(parts, named) {
    const { is, show } = scores(parts);
    const fact = parts.diverged ? "training ends in NaN" : is;
    const why = reasons(parts, named);
    const { noBetter } = parts;
    const cure = remedied(parts, named).slice(0, -1);
    if (noBetter && cure)
      return [
        sentence([fact, why].filter(Boolean).join(": ")),
        `${cure}, no better than the baseline, ${noBetter.name} ${show(noBetter.value)}.`,
      ];
    const runs = parts.metric.after?.values.length ?? 0;
    const better = runs > 0 ? cure : "";
    if (why)
      return [
        sentence(`${fact ? `${fact}, ` : ""}possibly because ${why}${better ? "" : "; this is not proved"}`),
        better && `${better} in ${count(runs, "run")}, which is no proof yet.`,
      ];
    return [sentence(`${fact ? `${fact}; ` : ""}the checks that could run do not explain why`)];
  },
};

/** The scores as far as they are known and finite: "52 % validation accuracy", "validation accuracy is 52 %". */
function scores({ metric }: HeadlineParts) {
  const among = [metric.before?.mean, metric.after?.mean].filter((mean) => mean !== undefined);
  const show = scoreFormat(metric.name, among);
  const name = scoreName(metric);
  const known = (mean: number | undefined): mean is number => mean !== undefined && Number.isFinite(mean);
  const at = (mean: number | undefined) =>
    known(mean) ? (show(0).endsWith("%") ? `${show(mean)} ${name}` : `${name} ${show(mean)}`) : "";
  const before = metric.before?.mean;
  return {
    show,
    name,
    at: at(before),
    stuckAt: at(metric.own ? metric.own.mean : before),
    is: known(before) ? `${name} is ${show(before)}` : "",
    after: known(metric.after?.mean) ? show(metric.after.mean) : "",
  };
}

/** "With scaling, validation accuracy is 91 %." when there is a score to name. */
function remedied(parts: HeadlineParts, named: number): string {
  const { metric, causes = [] } = parts;
  const { name, show, after } = scores(parts);
  if (!after) return "";
  const words = causes.map((cause) => cause.cured ?? "").filter(Boolean);
  const how = words.length > 0 && words.length <= named ? together(words) : "With the recommended changes";
  if (metric.own && metric.before)
    return `${how}, ${name} goes from ${show(metric.before.mean)} to ${after} on the rows whose labels are not in doubt.`;
  return `${how}, ${name} is ${after}.`;
}

/** "With scaling", "With dropout" → "With scaling and dropout". */
function together(words: readonly string[]): string {
  const starting = (word: string) => words.filter((one) => one.startsWith(word)).map((one) => one.slice(word.length));
  const [on, off] = [starting("With "), starting("Without ")];
  const other = words.filter((one) => !/^With(out)? /.test(one));
  const all = [
    ...other,
    ...(on.length > 0 ? [`With ${list(on)}`] : []),
    ...(off.length > 0 ? [`Without ${list(off)}`] : []),
  ];
  return list(all.map((one, i) => (i === 0 ? one : lower(one))));
}

function reasons({ causes = [] }: HeadlineParts, most: number): string {
  const named = causes.length > most ? Math.max(1, most - 1) : most;
  const more = causes.length > named ? [`${count(causes.length - named, "more cause")}`] : [];
  return list([...causes.slice(0, named).map((cause) => cause.short), ...more]);
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const sentence = (text: string): string => `${upper(text)}.`;
