/** Input dependence: whether the columns are correlated, as those of real measurements are and those of noise are not. */
import type { Dataset } from "../dataset.ts";
import { isImages } from "../dataset.ts";
import type { Prepared } from "../prepare.ts";
import { featureGroups, levelled, momentsOf, picked, sampled, trainingRows } from "../rows.ts";

type InputDependence = { value: number };

/** The most rows: by chance a squared correlation is 1 / rows, here a tenth of the check's threshold. */
const MOST_ROWS = 1000;
/** The most columns: eight thousand pairs take some tenths of a second. */
const MOST_COLUMNS = 128;
/** Images are reduced to this many squares: distant points of a fine image have little in common and would lower the mean. */
const SQUARES = 16;

/** The mean squared correlation of pairs of columns, minus 1 / rows, the value of independent columns by chance. */
export function inputDependence(dataset: Dataset, prepared: Prepared): InputDependence | undefined {
  const rows = sampled(trainingRows(prepared), MOST_ROWS, 11);
  const matrix = picked(dataset, rows, SQUARES * (dataset.table.shape[2] ?? 1));
  const of = momentsOf(matrix);
  levelled(of, [matrix], false);
  const { values, columns } = matrix;
  const groups = isImages(dataset.table) ? [] : featureGroups(dataset);
  const groupOf = new Int32Array(columns);
  for (let c = 0; c < columns; c++) groupOf[c] = c;
  groups.forEach((group, g) => {
    for (const c of group.columns) groupOf[c] = g;
  });
  const varied = Array.from({ length: columns }, (_, c) => c).filter((c) => of.std[c] > 1e-6 * Math.abs(of.mean[c]));
  const stride = Math.max(1, varied.length / MOST_COLUMNS);
  const used = varied.filter((_, i) => Math.floor(i / stride) !== Math.floor((i - 1) / stride));
  const series = used.map((c) => Float64Array.from(rows, (_, r) => values[r * columns + c]));
  let [sum, pairs] = [0, 0];
  for (let a = 0; a < used.length; a++)
    for (let b = 0; b < a; b++) {
      // The one-hot columns of one category always exclude each other.
      if (groupOf[used[a]] === groupOf[used[b]]) continue;
      let product = 0;
      for (let r = 0; r < rows.length; r++) product += series[a][r] * series[b][r];
      sum += (product / rows.length) ** 2;
      pairs++;
    }
  return pairs === 0 ? undefined : { value: sum / pairs - 1 / rows.length };
}
