/** Sequences of tokens in a program: tokens are numbered as in the plan, padding does not count in the loss, and a decoder trained with teacher forcing decodes greedily. */

import { UserError } from "../../user-error.ts";
import { dataParts, python } from "../snippets/python.ts";
import { call, readTable, split } from "./data.ts";
import { factsOf, type Subject } from "./subject.ts";

export const isSequence = ({ plan }: Subject): boolean => plan.data.task === "sequence";

/** Whether a decoder receives the target as an input (teacher forcing). */
export const isTeacherForced = ({ layers }: Subject): boolean =>
  layers.some(({ inputs }) => inputs.some((at) => at < -1));

/** Lines up to x_train, y_train, x_val and y_val: rows × steps of numbers, 0 where a row has ended. */
export function sequenceCode(subject: Subject): { imports: string[]; lines: string[] } {
  const { plan, features, target } = subject;
  const { data } = plan;
  const cells = data.tokens === "word" ? "str.split" : "list";
  const [input, output] = [features, target].map(([first]) => python(first.replace(/ 1$/, "")));
  const numbered = `tokens = ${cells}


def numbered(column):  # from 1 in sorted order; 0 pads to the longest
    rows = [tokens(cell) for cell in df[column]]
    number = {token: i + 1 for i, token in enumerate(sorted({token for row in rows for token in row}))}
    length = max(map(len, rows))

    def encoded(cells):
        rows = [[number.get(token, 0) for token in tokens(cell)[:length]] for cell in cells]
        return np.array([row + [0] * (length - len(row)) for row in rows])

    return encoded


number_x, number_y = numbered(${input}), numbered(${output})


def columns(df):
    return number_x(df[${input}]), number_y(df[${output}])`;
  const blocks = [
    [readTable(subject, true)],
    [`df = ${call(data.source)}`, ...(data.drop ? [dataParts["drop"](factsOf(subject))] : [])],
    [numbered],
    ["x, y = columns(df)"],
    split(subject),
  ];
  return { imports: ["import numpy as np", "import pandas as pd"], lines: blocks.map((block) => block.join("\n")) };
}

/** The decoder's input: the token before each step, 0 before the first. */
export const SHIFTED = `def shifted(y):
    return np.pad(y, ((0, 0), (1, 0)))[:, :-1]`;

/** Greedy decoding, token by token; `predict` is the Python expression of the outputs (rows × steps × classes) of x_val and `given`. */
export const decoded = (predict: string): string => `given = np.zeros_like(y_val)
for step in range(given.shape[1]):
    predicted = ${predict}.argmax(-1)
    given[:, step + 1 :] = predicted[:, step : step + 1]`;

/** The score of the predicted tokens; padding does not count. */
export function evaluatedTokens({ plan }: Subject): string {
  const name = plan.metric?.name;
  const scores: Partial<Record<string, string>> = {
    accuracy: "(predicted == y_val)[y_val > 0].mean()",
    exactMatch: "((predicted == y_val) | (y_val == 0)).all(axis=1).mean()",
  };
  const score = name && scores[name];
  return score ? `score = ${score}\nprint(f"${name} on the validation rows: {score:.4f}")` : "";
}

/** @throws UserError for a plan that needs another loss than the usual one. */
export function refuseOddLoss({ plan }: Subject): void {
  const { loss } = plan.training;
  if (loss && (!/ategoricalCrossentropy$/.test(loss.name) || loss.reduction === "sum" || loss.labelSmoothing))
    throw new UserError(
      "programs for the sequence task do not support this loss.",
      "Use sparseCategoricalCrossentropy with mean reduction and without label smoothing.",
      "training.loss",
    );
}
