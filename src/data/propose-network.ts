/** The hidden layers of a proposed plan: dense for a table, convolutions for pictures and sounds. */
import { product, type Table } from "./dataset.ts";

type Layer = Record<string, unknown>;
/** `steps`: the number of training steps, over all epochs. */
type Hidden = { layers: Layer[]; says: string; steps: number };

// All chosen by hand. The dense layers grow with the number of features, as far as the number of rows allows.
const [NARROWEST, WIDEST] = [16, 128];
const UNITS_PER_FEATURE = 8;
const ROWS_PER_UNIT = 8;
// Grey pictures of up to 32 × 32 pixels are learned well enough without convolutions, in a tenth of the time.
const SMALL_PICTURE = 1024;
// Larger pictures are averaged down to about this many pixels along their longer side.
const SIDE = 64;
const FILTERS = [16, 32, 32];
const UNITS = 64;
// A step with convolutions takes ten times as long.
const [STEPS, STEPS_OF_CONVOLUTIONS] = [2000, 600];
// A sound of fewer frames is shorter than the receptive field of two convolutions and a pooling layer.
const FEWEST_STEPS = 16;

export function hiddenLayers(table: Table): Hidden {
  const { shape, rows } = table;
  if (shape.length === 3 && product(shape) > SMALL_PICTURE && Math.min(shape[0], shape[1]) >= 8)
    return ofPicture(shape);
  if (shape.length === 2 && shape[0] >= FEWEST_STEPS) return ofSteps();
  const width = widthFor(rows, product(shape));
  const hidden = [width, width / 2];
  return {
    layers: [...(shape.length > 1 ? [{ layer: "flatten" }] : []), ...hidden.map(dense)],
    says: `layers of ${hidden.join(" and ")} relu units`,
    steps: STEPS,
  };
}

const dense = (units: number): Layer => ({ layer: "dense", units, activation: "relu" });

function ofPicture([height, width]: number[]): Hidden {
  const poolSize = Math.ceil(Math.max(height, width) / SIDE);
  const shorter = Math.floor(Math.min(height, width) / poolSize);
  const filters = FILTERS.slice(0, Math.max(1, Math.floor(Math.log2(shorter / 4))));
  return {
    layers: [
      ...(poolSize > 1 ? [{ layer: "averagePooling2d", poolSize }] : []),
      ...filters.flatMap((count) => [
        { layer: "conv2d", filters: count, kernelSize: 3, padding: "same", activation: "relu" },
        { layer: "maxPooling2d" },
      ]),
      { layer: "flatten" },
      dense(UNITS),
    ],
    says: `${poolSize > 1 ? `squares of ${poolSize} × ${poolSize} pixels averaged, ` : ""}convolutions of ${filters.join(", ")} filters and ${UNITS} relu units`,
    steps: STEPS_OF_CONVOLUTIONS,
  };
}

const ofSteps = (): Hidden => ({
  layers: [
    { layer: "conv1d", filters: 32, kernelSize: 5, activation: "relu" },
    { layer: "maxPooling1d" },
    { layer: "conv1d", filters: 64, kernelSize: 5, activation: "relu" },
    { layer: "globalAveragePooling1d" },
  ],
  says: "convolutions of 32 and 64 filters along the steps, averaged over them,",
  steps: STEPS_OF_CONVOLUTIONS,
});

/** The nearest power of two. */
function widthFor(rows: number, features: number): number {
  const wanted = Math.min(UNITS_PER_FEATURE * features, rows / ROWS_PER_UNIT);
  return Math.max(NARROWEST, Math.min(WIDEST, 2 ** Math.round(Math.log2(Math.max(1, wanted)))));
}
