/** Rows of the table: what the layers do. */
import { layer, layers } from "../parts.ts";
import type { Row } from "../pieces.ts";

export const inside: Row[] = [
  [
    "dead-units",
    { layers: layers(layer("a", { deadUnits: 0.9 }), layer("b")) },
    { layers: layers(layer("a", { deadUnits: 0.1 }), layer("b")) },
  ],
  [
    "dead-at-start",
    { initial: { loss: 1, layers: [layer("a", { deadUnits: 0.9 })] } },
    { initial: { loss: 1, layers: [layer("a")] } },
  ],
  [
    "units-die",
    { initial: { loss: 1, layers: [layer("a")] }, layers: layers(layer("a", { deadUnits: 0.9 })) },
    { initial: { loss: 1, layers: [layer("a")] }, layers: layers(layer("a")) },
  ],
  [
    "saturated-units",
    { initial: { loss: 1, layers: [layer("a", { saturated: 0.9 }), layer("b")] } },
    { initial: { loss: 1, layers: [layer("a"), layer("b", { saturated: 1 })] } },
  ],
  [
    "gradient-fades",
    {
      layers: layers(
        layer("a", {}, { gradient: 1e-6 }),
        layer("b", {}, { gradient: 1e-3 }),
        layer("c", {}, { gradient: 1 }),
      ),
    },
    { layers: layers(layer("a", {}, { gradient: 0.2 }), layer("b"), layer("c", {}, { gradient: 1 })) },
  ],
  ["gradient-grows", { layers: layers(layer("a", {}, { gradient: 5000 })) }, { layers: layers(layer("a")) }],
  ["updates-large", { layers: layers(layer("a", {}, { update: 0.6 })) }, { layers: layers(layer("a")) }],
  ["updates-tiny", { layers: layers(layer("a", {}, { update: 1e-7 })) }, { layers: layers(layer("a")) }],
  [
    "no-gradient",
    { layers: layers(layer("a", {}, { gradient: 0 }), layer("b")) },
    { layers: layers(layer("a"), layer("b")) },
  ],
  [
    "start-spread",
    { initial: { loss: 1, layers: [layer("a", { std: 30 }), layer("b", { std: 900 }), layer("c")] } },
    { initial: { loss: 1, layers: [layer("a"), layer("b"), layer("c")] } },
  ],
];
