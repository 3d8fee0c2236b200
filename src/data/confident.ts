/** Confident learning: which labels out-of-fold probabilities contradict (Northcutt, Jiang and Chuang, JAIR 2021). */

/** The index of a row, its class and the more probable class; `confidence`: probability of the latter minus that of the given one. */
type Contradicted = { at: number; given: number; likely: number; confidence: number };

/** Probabilities that differ by less than this count as equal, as in cleanlab. */
const EQUAL = 1e-6;

/**
 * The rows whose label is probably wrong, the most probable first: `prune_by_noise_rate`, cleanlab's default. A class is confident
 * for a row where its probability reaches its mean over the rows with this label; the counts of given by confident class, calibrated to the
 * counts of the labels, estimate how many rows of each class belong to another one; this many are taken, by margin.
 * @param p rows × classes, each row from a model that was not trained on its label.
 */
export function contradicted(p: Float64Array, given: Uint32Array, classes: number): Contradicted[] {
  const margin = (at: number, j: number): number => p[at * classes + j] - p[at * classes + given[at]];
  const best = new Map<number, Contradicted>();
  for (const [k, counts] of wrongOf(p, given, classes).entries()) {
    const own = [...given.keys()].filter((at) => given[at] === k);
    counts.forEach((count, j) => {
      if (j === k || count === 0) return;
      for (const at of own.toSorted((a, b) => margin(b, j) - margin(a, j)).slice(0, count)) {
        const confidence = margin(at, j);
        if (confidence > (best.get(at)?.confidence ?? EQUAL)) best.set(at, { at, given: k, likely: j, confidence });
      }
    });
  }
  return [...best.values()].sort((a, b) => b.confidence - a.confidence || a.at - b.at);
}

/** The confident joint, calibrated: how many rows of each given class (first index) belong to each class (second). */
function wrongOf(p: Float64Array, given: Uint32Array, classes: number): number[][] {
  const labelled = new Float64Array(classes);
  const sum = new Float64Array(classes);
  given.forEach((k, at) => {
    labelled[k]++;
    sum[k] += p[at * classes + k];
  });
  const joint = Array.from({ length: classes }, () => new Float64Array(classes));
  given.forEach((k, at) => {
    let likely = -1;
    for (let j = 0; j < classes; j++) {
      const own = p[at * classes + j];
      const confident = labelled[j] > 0 && own >= sum[j] / labelled[j] - EQUAL;
      if (confident && (likely < 0 || own > p[at * classes + likely])) likely = j;
    }
    if (likely >= 0) joint[k][likely]++;
  });
  return joint.map((row, k) => {
    row[k] = Math.max(1, row[k]);
    const total = row.reduce((a, b) => a + b, 0);
    return rounded(Array.from(row, (count) => (count / total) * labelled[k]));
  });
}

/** Rounds to integers with the same total: the rest goes to the largest remainders. */
function rounded(values: readonly number[]): number[] {
  const whole = values.map(Math.floor);
  const left = Math.round(values.reduce((a, b) => a + b, 0)) - whole.reduce((a, b) => a + b, 0);
  const order = [...values.keys()].sort((a, b) => values[b] - whole[b] - (values[a] - whole[a]) || a - b);
  for (const i of order.slice(0, left)) whole[i]++;
  return whole;
}

/** The range that is searched for 1 / temperature. */
const [COLDEST, HOTTEST, STEPS] = [4, 0.05, 40];

/**
 * Probabilities raised to the power with the highest likelihood of the labels, and normalised (temperature scaling; Guo et al. 2017): a network
 * that memorizes labels is overconfident. By golden-section search; the likelihood has one maximum.
 */
export function tempered(p: Float64Array, given: Uint32Array, classes: number): Float64Array {
  const logs = p.map((v) => Math.log(Math.max(v, 1e-12)));
  const loss = (power: number): number => {
    let sum = 0;
    given.forEach((k, at) => {
      let total = 0;
      for (let j = 0; j < classes; j++) total += Math.exp(power * logs[at * classes + j]);
      sum += Math.log(total) - power * logs[at * classes + k];
    });
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [HOTTEST, COLDEST];
  for (let i = 0; i < STEPS; i++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  const out = logs.map((v) => Math.exp(((low + high) / 2) * v));
  for (let at = 0; at < given.length; at++) {
    const row = out.subarray(at * classes, (at + 1) * classes);
    const total = row.reduce((a, b) => a + b, 0);
    row.forEach((v, j) => {
      row[j] = v / total;
    });
  }
  return out;
}
