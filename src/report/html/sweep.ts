/** The learning-rate sweep: the loss after a few steps at each learning rate, that of the plan marked. */
import { smallest } from "../../lists.ts";
import { count, number } from "../../words.ts";
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
  const best = finite.length > 0 ? rates[losses.indexOf(smallest(finite))] : undefined;
  const place = best === undefined ? "training diverges at every learning rate" : `lowest at ${number(best)}`;
  return figure(
    {
      caption: `Training loss after ${count(steps, "step")} at each learning rate${log ? ", log scale" : ""}: ${place}; the plan uses ${number(own)}`,
      legend: [
        key("validation now", "training loss"),
        key("own", "learning rate of the plan"),
        lost.length > 0 && crossKey("diverged"),
      ],
      table: table(
        "Learning-rate sweep",
        ["learning rate", `training loss after ${count(steps, "step")}`],
        rates.map((rate, i) => [number(rate), number(losses[i])]),
      ),
    },
    frame(
      {
        label: `Training loss by learning rate: ${place}; the plan uses ${number(own)}.`,
        height: best === undefined ? 90 : 220,
        x,
        // Where training diverges at every learning rate there is no loss to show.
        ...(best !== undefined && { y }),
        xTitle: "learning rate, log scale",
        notes: note(x.at(own), lost.length > 0 ? "30px" : "4px", "own", `plan: ${number(own)}`),
      },
      rule(`${x.at(own)}%`, "own"),
      line(
        rates.map((rate, i) => [x.at(rate), y.at(losses[i])]),
        "validation now",
      ),
      rates.map((rate, i) =>
        Number.isFinite(losses[i])
          ? h("circle", { class: "dot now", cx: `${x.at(rate)}%`, cy: `${y.at(losses[i])}%`, r: 3.5 })
          : cross(`${x.at(rate)}%`, 18, "nan"),
      ),
    ),
  );
}
