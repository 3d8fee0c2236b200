/** Outputs of bounded activations stick to their ends. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.4, 0.8];

export const saturatedUnits = defineCheck({
  id: "saturated-units",
  title: "Hidden outputs stick to the ends of their range",
  thresholds: [
    {
      of: "share of a layer's outputs",
      value: [NONE, FULL],
      origin: "published",
      source: "DeepDiagnosis and DEFault: half of the outputs",
    },
  ],
  needs: ["initial"],
  also: ["network", "layers"],
  detect({ initial, layers, network }) {
    // Early saturation is the cause of trouble; late saturation of a trained network can be its answer.
    const record = initial.layers.length > 0 ? initial.layers : layers?.[0]?.layers;
    const hidden = record?.slice(0, -1).filter((layer) => layer.activation);
    if (!hidden || hidden.length === 0) return unknown("hidden layers before the first step");
    const share = (layer: (typeof hidden)[number]) => layer.activation?.saturated ?? 0;
    const stuck = hidden.filter((layer) => share(layer) > NONE);
    if (stuck.length === 0) return;
    const worst = largest(stuck.map(share));
    return {
      strength: ramp(worst, NONE / 2, FULL),
      says: `Before the first step ${percent(worst)} of the outputs of ${list(stuck.map((layer) => layerAt(network, layer.name)))} are at the ends of their range.`,
      where: stuck.map((layer) => layer.name),
      values: { share: worst },
    };
  },
});
