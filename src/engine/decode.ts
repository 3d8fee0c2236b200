/** Greedy decoding of a taught network: each token is chosen with those chosen before it. */

/** What the network answers for some of the rows when it is given these tokens, both [row][step]. */
type Ask = (rows: readonly number[], given: readonly Float32Array[]) => Promise<Float32Array[]>;

/**
 * The tokens of each row. A guess that the network, given it, answers is what decoding step by step gives, for no step sees later ones; and
 * every round settles at least one more step. It begins with the answers to the truth, which settle the rows that are right at once.
 *
 * @param truth the targets, 0 where a row has ended.
 */
export async function greedy(ask: Ask, truth: readonly Float32Array[], first: readonly Float32Array[]) {
  const predictedTokens = [...first];
  const given = [...truth];
  const length = (row: number) => truth[row].findLastIndex((token) => token > 0) + 1;
  const settled = (row: number) =>
    predictedTokens[row].subarray(0, length(row)).every((token, k) => token === given[row][k]);
  let open = truth.flatMap((_, row) => (settled(row) ? [] : [row]));
  for (let round = 1; open.length > 0 && round <= truth[0].length; round++) {
    for (const row of open) given[row] = predictedTokens[row];
    const next = await ask(
      open,
      open.map((row) => given[row]),
    );
    for (const [i, row] of open.entries()) predictedTokens[row] = next[i];
    open = open.filter((row) => !settled(row));
  }
  return predictedTokens;
}
