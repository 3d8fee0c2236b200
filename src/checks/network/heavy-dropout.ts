/** Dropout leaves few of the units. */
import { defineCheck } from "../check.ts";
import { layersOf, outputIndex } from "../facts.ts";
import { count, percent, ramp } from "../words.ts";

// UMLAUT warns above 0.5. Told by what is left after all dropout layers together: a half is usual, a twentieth is full.
const [NONE, FULL] = [0.45, 0.05];

export const heavyDropout = defineCheck({
  id: "heavy-dropout",
  title: "Much dropout",
  needs: ["plan"],
  detect({ plan }) {
    const out = outputIndex(plan);
    const drops = layersOf(plan).filter((layer, i) => layer.layer === "dropout" && i < out && (layer.rate ?? 0) > 0);
    if (drops.length === 0) return;
    const left = drops.reduce((part, layer) => part * (1 - (layer.rate ?? 0)), 1);
    const strength = Math.max(
      ramp(left, NONE, FULL),
      ramp(Math.max(...drops.map((layer) => layer.rate ?? 0)), 0.55, 0.9),
    );
    if (strength === 0) return;
    return {
      strength,
      says: `${count(drops.length, "dropout layer")} keep${drops.length === 1 ? "s" : ""} ${percent(left)} of the units${drops.length === 1 ? "" : " together"}.`,
      values: { left, layers: drops.length },
    };
  },
});
