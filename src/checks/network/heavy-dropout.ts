/** Dropout leaves few of the units. */
import { largest } from "../../lists.ts";
import { defineCheck } from "../check.ts";
import { outputIndex } from "../facts.ts";
import { count, percent, ramp } from "../words.ts";

const [NONE, FULL] = [0.45, 0.05];
const [HIGH, HIGHEST] = [0.55, 0.9];

export const heavyDropout = defineCheck({
  id: "heavy-dropout",
  title: "Much dropout",
  plain: true,
  thresholds: [
    {
      of: "share of the units that all dropout layers leave",
      value: [NONE, FULL],
      origin: "published",
      source: "UMLAUT warns above a rate of 0.5; a twentieth is full",
    },
    { of: "the largest rate", value: [HIGH, HIGHEST], origin: "published", source: "UMLAUT warns above 0.5" },
  ],
  needs: ["network"],
  detect({ network }) {
    const out = outputIndex(network);
    const drops = network.filter((layer, i) => layer.layer === "dropout" && i < out && (layer.rate ?? 0) > 0);
    if (drops.length === 0) return;
    const left = drops.reduce((part, layer) => part * (1 - (layer.rate ?? 0)), 1);
    const strength = Math.max(
      ramp(left, NONE, FULL),
      ramp(largest(drops.map((layer) => layer.rate ?? 0)), HIGH, HIGHEST),
    );
    if (strength === 0) return;
    return {
      strength,
      says: `${count(drops.length, "dropout layer")} keep${drops.length === 1 ? "s" : ""} ${percent(left)} of the units${drops.length === 1 ? "" : " together"}.`,
      values: { left, layers: drops.length },
    };
  },
});
