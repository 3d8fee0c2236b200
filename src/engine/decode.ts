/** Greedy decoding of a network trained with teacher forcing: each token is predicted from those predicted before it. */

/** The network's predictions for some of the rows when `given` are the decoder's input tokens, both [row][step]. */
type Predict = (rows: readonly number[], given: readonly Float32Array[]) => Promise<Float32Array[]>;

/**
 * The decoded tokens of each row. Tokens that the network, given them, predicts again are those of decoding step by step, because no step
 * depends on later ones; and every round settles at least one more step. The first round starts from the predictions with teacher forcing,
 * which settle the correct rows at once.
 *
 * @param truth the targets, 0 where a row has ended.
 */
export async function greedy(predict: Predict, truth: readonly Float32Array[], first: readonly Float32Array[]) {
  const predictedTokens = [...first];
  const given = [...truth];
  const length = (row: number) => truth[row].findLastIndex((token) => token > 0) + 1;
  const settled = (row: number) =>
    predictedTokens[row].subarray(0, length(row)).every((token, k) => token === given[row][k]);
  let open = truth.flatMap((_, row) => (settled(row) ? [] : [row]));
  for (let round = 1; open.length > 0 && round <= truth[0].length; round++) {
    for (const row of open) given[row] = predictedTokens[row];
    const next = await predict(
      open,
      open.map((row) => given[row]),
    );
    for (const [i, row] of open.entries()) predictedTokens[row] = next[i];
    open = open.filter((row) => !settled(row));
  }
  return predictedTokens;
}
