/** How a program ends, and how its parts are put together. */

import { type Subject, units } from "./subject.ts";

/** Lines that print the score of the plan's metric on the validation rows. */
export function evaluated(subject: Subject, predict: string, score: string): string {
  const { plan, encoding } = subject;
  const name = plan.metric?.name ?? "loss";
  if (name === "loss" || !score.includes("score =")) return predict;
  const back = plan.data.scaleTarget === "none" ? [] : ["output = target_scaler.inverse_transform(output)"];
  // One output unit gives a column of predictions, while the true values are one-dimensional.
  const single = encoding !== "numbers" && units(subject) === 1 ? ["output = output.ravel()"] : [];
  const call = score.replaceAll("y_val", "truth");
  const [first, last] = [call.slice(0, call.indexOf("score =")), call.slice(call.indexOf("score ="))];
  return [
    predict,
    ...back,
    ...single,
    `${first}${last.replace("score = ", "score = np.nan if np.isnan(output).any() else ")}`,
    `print(f"${name} on the validation rows: {score:.4f}")`,
  ].join("\n");
}

/** The imports of all parts at the head, each once. */
export function assembled(imports: readonly string[], blocks: readonly string[]): string {
  const head = new Set(imports);
  const bodies = blocks.map((block) =>
    block
      .split("\n")
      .filter((line) => {
        const own = /^(?:import|from) /.test(line);
        if (own) head.add(line.trimEnd());
        return !own;
      })
      .join("\n"),
  );
  const order = [...head].toSorted(
    (a, b) => Number(a.startsWith("from")) - Number(b.startsWith("from")) || (a < b ? -1 : 1),
  );
  return `${[order.join("\n"), ...bodies.filter((body) => body.trim() !== "")].join("\n\n")}\n`;
}
