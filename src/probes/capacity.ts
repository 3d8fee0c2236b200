/** The network half and twice as wide, half and twice as deep: does the score depend on its size? */
import type { Case } from "../case/case.ts";
import { layersOf } from "../case/from-plan.ts";
import { hiddenIndices } from "../checks/facts.ts";
import type { Layer, Plan } from "../plan/plan.ts";
import { onSeeds, type Probe, type ProbeContext, SEEDS, scoreOf } from "./probe.ts";

type Change = NonNullable<Case["capacity"]>[number]["change"];

/** The network with its hidden layers changed: each layer becomes none, one or several. */
function changed(plan: Plan, edit: (layer: Layer, hidden: number) => Layer[]): Plan | null {
  const hidden = hiddenIndices(layersOf(plan));
  const layers = plan.network as Layer[];
  const network = layers.flatMap((layer, i) => (hidden.includes(i) ? edit(layer, hidden.indexOf(i)) : [layer]));
  return JSON.stringify(network) === JSON.stringify(layers) ? null : { ...plan, network };
}

const widened = (factor: number) => (layer: Layer) => {
  const scaled = (n: number) => Math.max(1, Math.round(n * factor));
  if ("units" in layer) return [{ ...layer, units: scaled(layer.units) }];
  return "filters" in layer ? [{ ...layer, filters: scaled(layer.filters) }] : [layer];
};
// Only dense layers can be added and removed without changing the shape of an image.
const halved = (layer: Layer, hidden: number) => (layer.layer === "dense" && hidden % 2 === 1 ? [] : [layer]);
const doubled = (layer: Layer) => (layer.layer === "dense" ? [layer, { ...layer, name: undefined }] : [layer]);

function sizesOf({ plan }: ProbeContext): { change: Change; plan: Plan }[] {
  if (layersOf(plan).some((layer) => layer.from)) return [];
  const sizes: [Change, Plan | null][] = [
    ["half as wide", changed(plan, widened(0.5))],
    ["twice as wide", changed(plan, widened(2))],
    ["half as deep", changed(plan, halved)],
    ["twice as deep", changed(plan, doubled)],
  ];
  const found = sizes.flatMap(([change, one]) => (one ? [{ change, plan: one }] : []));
  return found.length > 0 ? [{ change: "as it is", plan }, ...found] : [];
}

export const capacity: Probe = {
  id: "capacity",
  whole: true,
  jobs: (context) => sizesOf(context).flatMap(({ plan }) => onSeeds(plan, context.seed)),
  read: (runs, context) => ({
    capacity: sizesOf(context).map(({ change }, k) => ({ change, score: scoreOf(runs, k), seeds: SEEDS })),
  }),
};
