/** The learning-rate sweep: the loss after a few steps at each rate, the plan's own rate marked. */
import { number } from "../../words.ts";
import { wantsLog } from "../curves.ts";
import type { Sweep } from "../report.ts";
import { linearAxis, logAxis } from "./axis.ts";
import { cross, crossKey, figure, frame, key, line, note, rule, table } from "./chart.ts";
import { h, type Node } from "./h.ts";

export function sweepSection({ rates, losses, own, steps }: Sweep): Node {
  const power = (value: number) =>
    value >= 0.001 && value <= 1000 ? number(value) : `1e${Math.round(Math.log10(value))}`;
  const x = logAxis([...rates, own], { show: power });
  const log = wantsLog(losses);
  const y = log
    ? logAxis(losses, { show: number, ticks: 4, down: true })
    : linearAxis(losses, { ticks: 4, down: true });
  const lost = rates.filter((_, i) => !Number.isFinite(losses[i]));
  const finite = losses.filter(Number.isFinite);
  const best = finite.length > 0 ? rates[losses.indexOf(Math.min(...finite))] : undefined;
  const place = best === undefined ? "every rate diverges" : `lowest at ${number(best)}`;
  return figure(
    {
      caption: `Training loss after ${steps} steps at each learning rate${log ? ", logarithmic" : ""}: ${place}; the plan's own is ${number(own)}`,
      legend: [key("judged now", "loss"), key("own", "the plan's own rate"), lost.length > 0 && crossKey("diverged")],
      table: table(
        "Learning-rate sweep",
        ["learning rate", `loss after ${steps} steps`],
        rates.map((rate, i) => [number(rate), number(losses[i])]),
      ),
    },
    frame(
      {
        label: `Loss by learning rate: ${place}; the plan's own rate is ${number(own)}.`,
        height: best === undefined ? 90 : 220,
        x,
        // Where every rate diverges there is no loss to measure.
        ...(best !== undefined && { y }),
        xTitle: "learning rate, logarithmic",
        notes: note(x.at(own), lost.length > 0 ? "30px" : "4px", "own", `yours: ${number(own)}`),
      },
      rule(`${x.at(own)}%`, "own"),
      line(
        rates.map((rate, i) => [x.at(rate), y.at(losses[i])]),
        "judged now",
      ),
      rates.map((rate, i) =>
        Number.isFinite(losses[i])
          ? h("circle", { class: "dot now", cx: `${x.at(rate)}%`, cy: `${y.at(losses[i])}%`, r: 3.5 })
          : cross(`${x.at(rate)}%`, 18, "nan"),
      ),
    ),
  );
}
