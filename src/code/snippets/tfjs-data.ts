/** The preparation of data in JavaScript with TensorFlow.js 4. */

import { amountOf } from "../../plan/augmentation.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Facts, Idiom } from "./facts.ts";

export const js = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(js).join(", ")}]` : (JSON.stringify(value) ?? "undefined");

const MANY = 30;
const entries = (value: object, field: string) =>
  Object.keys(value).length <= MANY ? js(value) : `JSON.parse(fs.readFileSync("plan.json", "utf8")).data.${field}`;

export const each = (plan: Plan, letter: string, f: (part: string) => string) =>
  (plan.data.validation === null ? ["Train"] : ["Train", "Val"])
    .map((part) => `${letter}${part} = ${f(letter + part)};`)
    .join("\n");

/** Both kinds of scaling subtract a shift and divide by a factor. */
function scaled({ plan, images }: Facts, letter: "x" | "y"): string {
  const how = letter === "x" ? plan.data.scale : plan.data.scaleTarget;
  if (how === "none")
    return `// take ${letter === "x" ? "the inputs" : "the target"} as in the file: remove the scaling`;
  if (typeof how === "object") return each(plan, letter, (part) => `${part}.div(${how.divideBy})`);
  const [shift, factor] = [`${letter}Shift`, `${letter}Factor`];
  const all = `${letter}Train`;
  const axis = images && letter === "x" ? "" : "0";
  const fit =
    how === "standard"
      ? `const { mean: ${shift}, variance: ${letter}Variance } = tf.moments(${axis ? `${all}, ${axis}` : all}); // of the training part
const ${factor} = ${letter}Variance.sqrt().add(1e-8);`
      : `const ${shift} = ${all}.min(${axis}); // of the training part\nconst ${factor} = ${all}.max(${axis}).sub(${shift});`;
  const back = letter === "y" ? `\n// in the units of the file: prediction.mul(${factor}).add(${shift})` : "";
  return `${fit}\n${each(plan, letter, (part) => `${part}.sub(${shift}).div(${factor})`)}${back}`;
}

function missing({ plan }: Facts): string {
  const how = plan.data.missing;
  if (how === "none") return "// keep missing values as they are";
  if (how === "drop") return "rows = rows.filter((row) => Object.values(row).every((cell) => !Number.isNaN(cell)));";
  const fill =
    how === "mean"
      ? "const fill = tf.where(known, xTrain, 0).sum(0).div(known.toFloat().sum(0));"
      : `const columns = await xTrain.transpose().array();
const fill = tf.tensor1d(columns.map((column) => {
  const cells = column.filter((cell) => !Number.isNaN(cell)).sort((a, b) => a - b);
  return (cells[(cells.length - 1) >> 1] + cells[cells.length >> 1]) / 2;
}));`;
  const known = how === "mean" ? "const known = xTrain.isNaN().logicalNot(); // of the training part\n" : "";
  return `${known}${fill}\n${each(plan, "x", (part) => `tf.where(${part}.isNaN(), fill, ${part})`)}`;
}

function part(given: Plan["data"]["validation"], plan: Plan, name: "val" | "test"): string {
  if (given === null) return `// no ${name} part: all rows are for training`;
  if ("source" in given) return `// ${name} on the rows of ${js(given.source)}`;
  const { fraction, split } = given;
  const cut = `const cut = Math.round(rows.length * ${1 - fraction});\nconst [train, ${name}] = [rows.slice(0, cut), rows.slice(cut)];`;
  if (split === "tail") return `${cut} // the last rows`;
  if (split === "random") return `tf.util.shuffle(rows);\n${cut}`;
  if (split !== "stratified" && "time" in split)
    return `rows.sort((a, b) => (a[${js(split.time)}] < b[${js(split.time)}] ? -1 : 1));\n${cut}`;
  const column = js(split === "stratified" ? [plan.data.target].flat()[0] : split.group);
  const groups = `const groups = Object.values(Object.groupBy(rows, (row) => row[${column}]));`;
  if (split !== "stratified")
    return `${groups}\ntf.util.shuffle(groups);\nconst cut = Math.round(groups.length * ${1 - fraction});
const [train, ${name}] = [groups.slice(0, cut).flat(), groups.slice(cut).flat()];`;
  return `tf.util.shuffle(rows);\n${groups}
const train = groups.flatMap((group) => group.slice(0, Math.round(group.length * ${1 - fraction})));
const ${name} = groups.flatMap((group) => group.slice(Math.round(group.length * ${1 - fraction})));`;
}

function drop({ plan }: Facts): string {
  const rows = plan.data.drop;
  if (rows === null) return "// keep all rows";
  if (rows === "duplicates") return "rows = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()];";
  return `const wrong = new Set(${entries(rows, "drop")});\nrows = rows.filter((_, i) => !wrong.has(i));`;
}

function relabel({ plan }: Facts): string {
  if (plan.data.relabel === null) return "// keep the labels of the file";
  return `for (const [row, label] of Object.entries(${entries(plan.data.relabel, "relabel")})) rows[row][${js(plan.data.target)}] = label;`;
}

function resample({ plan }: Facts): string {
  const how = plan.data.resample;
  if (how === "none") return "// train on the rows as they are";
  const pick = how === "over" ? "group[i % group.length]" : "group[i]";
  return `const groups = Object.values(Object.groupBy(train, (row) => row[${js([plan.data.target].flat()[0])}]));
const size = Math.${how === "over" ? "max" : "min"}(...groups.map((group) => group.length));
train = groups.flatMap((group) => Array.from({ length: size }, (_, i) => ${pick}));`;
}

function window({ plan }: Facts): string {
  if (plan.data.window === null) return "// one row at a time";
  const { steps, ahead } = plan.data.window;
  return `const starts = rows.slice(${steps + ahead - 1}).keys();
const sequences = [...starts].map((i) => ({ inputs: rows.slice(i, i + ${steps}), target: rows[i + ${steps + ahead - 1}] }));`;
}

function augment({ plan }: Facts): string {
  const calls: Record<string, (amount: number) => string> = {
    flip: () => "tf.image.flipLeftRight(images)",
    rotate: (amount) =>
      `tf.image.rotateWithOffset(images, tf.randomUniform([1], -1, 1).arraySync()[0] * ${amount} * 2 * Math.PI)`,
    brightness: (amount) =>
      `images.add(tf.randomUniform([], ${-amount}, ${amount}).mul(xTrain.max().sub(xTrain.min())))`,
    noise: (amount) =>
      `images.add(tf.randomNormal(images.shape, 0, ${amount}).mul(tf.moments(xTrain).variance.sqrt()))`,
  };
  const lines = plan.data.augment.map((one) => {
    const call = calls[one.name]?.(amountOf(one));
    return call ? `  images = ${call};` : `  // ${one.name}: TensorFlow.js has no operation for it`;
  });
  return lines.length > 0
    ? `function augment(images) { // of the training batches only\n${lines.join("\n")}\n  return images;\n}`
    : "// no augmentation";
}

export const dataParts: Idiom["parts"] = {
  missing,
  scale: (facts) => scaled(facts, "x"),
  scaleTarget: (facts) => scaled(facts, "y"),
  validation: ({ plan }) => part(plan.data.validation, plan, "val"),
  test: ({ plan }) => part(plan.data.test, plan, "test"),
  labels: ({ plan }) =>
    plan.data.labels === null
      ? "// take the labels as they are in the file"
      : `const labels = ${entries(plan.data.labels, "labels")};\nfor (const row of rows) row[${js(plan.data.target)}] = labels[row[${js(plan.data.target)}]];`,
  drop,
  relabel,
  resample,
  window,
  features: ({ plan }) =>
    plan.data.features
      ? `const x = tf.tensor2d(rows.map((row) => ${js(plan.data.features)}.map((name) => row[name])));`
      : `const x = tf.tensor2d(rows.map((row) => Object.keys(row).filter((name) => !${js([plan.data.target].flat())}.includes(name)).map((name) => row[name])));`,
  augment,
};
