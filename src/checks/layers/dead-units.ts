/** Units that are 0 for every row. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.25, 0.7];

export const deadUnits = defineCheck({
  id: "dead-units",
  title: "Units that never fire",
  thresholds: [
    {
      of: "share of a layer's units",
      value: [NONE, FULL],
      origin: "published",
      source: "SageMaker Debugger's DeadRelu: half of the units; healthy ReLU networks lie below a quarter",
    },
  ],
  needs: ["layers"],
  also: ["network"],
  detect({ layers, network }) {
    const known = layers
      .at(-1)
      ?.layers.filter((layer) => layer.activation && Number.isFinite(layer.activation.deadUnits));
    if (!known || known.length === 0) return unknown("layers");
    const share = (layer: (typeof known)[number]) => layer.activation?.deadUnits ?? 0;
    const dead = known.filter((layer) => share(layer) > NONE);
    if (dead.length === 0) return;
    const worst = largest(dead.map(share));
    return {
      strength: ramp(worst, NONE / 2, FULL),
      says: `${percent(worst)} of the units of ${list(dead.filter((layer) => share(layer) === worst).map((layer) => layerAt(network, layer.name)))} are 0 for every row.`,
      where: dead.map((layer) => layer.name),
      values: { share: worst, layers: dead.length },
    };
  },
});
