/** Remedies of the network's size. */
import { layersOf } from "../case/from-plan.ts";
import { hiddenIndices, outputIndex } from "../checks/facts.ts";
import type { Plan } from "../plan/plan.ts";
import { defineRemedy, type Edit } from "./remedy.ts";

const orNull = (edits: Edit[]): Edit[] | null => (edits.length > 0 ? edits : null);

/** Hidden layers with the field that holds their width. */
const widths = (plan: Plan) =>
  hiddenIndices(layersOf(plan)).flatMap((i) => {
    const { units, filters } = layersOf(plan)[i];
    if (units !== undefined) return [{ path: `network[${i}].units`, now: units }];
    return filters !== undefined ? [{ path: `network[${i}].filters`, now: filters }] : [];
  });

export const wider = defineRemedy({
  id: "wider",
  title: "Make the hidden layers four times as wide",
  cured: "With wider layers",
  size: 3,
  edits: ({ plan }) =>
    orNull(
      widths(plan)
        .filter(({ now }) => now < 512)
        .map(({ path, now }) => ({ path, value: Math.max(32, now * 4) })),
    ),
});

export const narrower = defineRemedy({
  id: "narrower",
  title: "Make the hidden layers a quarter as wide",
  cured: "With narrower layers",
  size: 3,
  edits: ({ plan }) =>
    orNull(
      widths(plan)
        .filter(({ now }) => now > 8)
        .map(({ path, now }) => ({ path, value: Math.max(8, Math.round(now / 4)) })),
    ),
});

export const hiddenLayer = defineRemedy({
  id: "hidden-layer",
  title: "Add a hidden layer",
  cured: "With one more hidden layer",
  size: 3,
  edits: ({ plan }) => {
    const out = outputIndex(layersOf(plan));
    if (layersOf(plan)[out]?.layer !== "dense" || layersOf(plan).some((layer) => layer.from)) return null;
    const before = widths(plan).at(-1)?.now ?? 0;
    return [
      {
        insert: { at: out, layer: { layer: "dense", units: Math.min(128, Math.max(32, before)), activation: "relu" } },
      },
    ];
  },
});

// Two or three hidden layers learn whatever a table holds; the rest is in the way.
const KEPT = 3;

export const shallower = defineRemedy({
  id: "shallower",
  title: "Keep only three hidden layers",
  cured: "With three hidden layers",
  size: 3,
  edits: ({ plan }) => {
    const layers = layersOf(plan);
    if (layers.some((layer) => layer.from)) return null;
    const dense = hiddenIndices(layersOf(plan)).filter((i) => layers[i].layer === "dense");
    if (dense.length <= KEPT) return null;
    // From the first dense layer too many to the output layer all goes, with the dropout and the like between them.
    const [first, out] = [dense[KEPT], outputIndex(layersOf(plan))];
    if (
      layers.slice(first, out).some((layer) => /^(conv|depthwise|flatten|reshape|simpleRNN|lstm|gru)/.test(layer.layer))
    )
      return null;
    return Array.from({ length: out - first }, (_, k) => ({ remove: out - 1 - k }));
  },
});
