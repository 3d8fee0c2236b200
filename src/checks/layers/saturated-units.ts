/** Outputs of bounded activations are at the ends of their range. */
import { largest } from "../../lists.ts";
import { defineCheck, unknown } from "../check.ts";
import { layerAt } from "../facts.ts";
import { form, list, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.4, 0.8];

export const saturatedUnits = defineCheck({
  id: "saturated-units",
  title: "Saturated hidden units",
  thresholds: [
    {
      of: "share of saturated outputs of a layer",
      value: [NONE, FULL],
      origin: "published",
      source: "DeepDiagnosis and DEFault: half of the outputs",
    },
  ],
  needs: ["initial"],
  also: ["network", "layers"],
  detect({ initial, layers, network }) {
    // Saturation at the start slows learning; in a trained network it can be the right output.
    const record = initial.layers.length > 0 ? initial.layers : layers?.[0]?.layers;
    const hidden = record?.slice(0, -1).filter((layer) => layer.activation);
    if (!hidden || hidden.length === 0) return unknown("hidden layers before the first step");
    const share = (layer: (typeof hidden)[number]) => layer.activation?.saturated ?? 0;
    const stuck = hidden.filter((layer) => share(layer) > NONE);
    if (stuck.length === 0) return;
    const worst = largest(stuck.map(share));
    const when = initial.layers.length > 0 ? "Before training" : "In the first snapshot";
    return {
      strength: ramp(worst, NONE / 2, FULL),
      says: `${when}, ${form(stuck.length, "", "up to ")}${percent(worst)} of the outputs of ${list(stuck.map((layer) => layerAt(network, layer.name)))} are saturated (at an end of the range of the activation).`,
      where: stuck.map((layer) => layer.name),
      values: { share: worst },
    };
  },
});
