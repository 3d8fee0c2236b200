/** A plan as a whole program in Keras 3. */

import type { Layer } from "../../plan/layers.ts";
import { keras, layerCode } from "../snippets/keras.ts";
import { BALANCED, scored } from "../snippets/python.ts";
import { isAugmented, kerasAugmentation } from "./augment.ts";
import { dataCode } from "./data.ts";
import { assembled, evaluated } from "./evaluation.ts";
import { decoded, evaluatedTokens, isSequence, isTeacherForced, SHIFTED, sequenceCode } from "./sequence.ts";
import { factsOf, type Subject, units } from "./subject.ts";

/** A chain is a Sequential; with branches, each layer is applied by name. */
function network(subject: Subject): string {
  const { layers } = subject;
  const chain = layers.every(
    ({ inputs, layer }, i) => inputs.length === 1 && inputs[0] === i - 1 && layer.layer !== "multiHeadAttention",
  );
  const input = "keras.Input(x_train.shape[1:])";
  const teacherForced = isTeacherForced(subject);
  if (chain) {
    const lines = [
      ...(isAugmented(subject) ? ["    augment,"] : []),
      ...layers.map(({ layer }) => `    ${code(layer)},`),
    ];
    return `model = keras.Sequential([\n    ${input},\n${lines.join("\n")}\n])`;
  }
  const first = isAugmented(subject) ? "augmented" : "data";
  const result = (i: number) => (i < -1 ? "given" : i < 0 ? first : variable(layers[i].name));
  const lines = layers.map(({ layer, inputs }, i) => {
    const given = inputs.map(result);
    const attends = layer.layer === "multiHeadAttention";
    const args = attends
      ? [...given, ...given].slice(0, 2).join(", ")
      : given.length > 1
        ? `[${given.join(", ")}]`
        : given[0];
    return `${result(i)} = ${code(layer)}(${args}${attends && layer.causal ? ", use_causal_mask=True" : ""})`;
  });
  return [
    `data = ${input}`,
    ...(isAugmented(subject) ? ["augmented = augment(data)"] : []),
    ...(teacherForced ? ["given = keras.Input(y_train.shape[1:])  # the target, one step late"] : []),
    ...lines,
    `model = keras.Model(${teacherForced ? "[data, given]" : "data"}, ${result(layers.length - 1)})`,
  ].join("\n");
}

/** Names have no slashes in Keras, and the causal mask of attention is an argument of its call, not of the layer. */
const code = (layer: Layer): string =>
  layerCode({
    ...layer,
    ...(layer.name !== undefined && { name: variable(layer.name) }),
    ...(layer.layer === "multiHeadAttention" && { causal: false }),
  });

/** The name with characters that Python does not allow replaced. */
export const variable = (name: string): string => name.replace(/\W/g, "_").replace(/^(\d)/, "_$1");

/** The mean loss over the tokens; padding does not count. */
const TOKEN_LOSS = (fromLogits: boolean) => `def loss(y, output):  # padding does not count
    each = keras.losses.sparse_categorical_crossentropy(y, output${fromLogits ? ", from_logits=True" : ""})
    counts = keras.ops.cast(y > 0, each.dtype)
    return keras.ops.sum(each * counts) / keras.ops.sum(counts)`;

function sequenceProgram(subject: Subject): string {
  const facts = factsOf(subject);
  const data = sequenceCode(subject);
  const teacherForced = isTeacherForced(subject);
  const rows = (part: string) => (teacherForced ? `[x_${part}, shifted(y_${part})]` : `x_${part}`);
  const blocks = [
    ...data.lines,
    ...(teacherForced ? [SHIFTED] : []),
    network(subject),
    TOKEN_LOSS(subject.plan.training.loss?.fromLogits ?? false),
    keras.parts["optimizer"](facts)
      .replace(/loss=.*/, "loss=loss,")
      .replace(/ *metrics=.*\n/, ""),
    keras.parts["epochs"](facts)
      .replace("x_train, y_train,", `${rows("train")}, y_train,`)
      .replace("(x_val, y_val)", `(${rows("val")}, y_val)`),
    teacherForced
      ? decoded("model.predict([x_val, given], verbose=0)")
      : "predicted = model.predict(x_val, verbose=0).argmax(-1)",
    evaluatedTokens(subject),
  ];
  return assembled([...data.imports, "import keras"], [`keras.utils.set_random_seed(${subject.seed})`, ...blocks]);
}

export function kerasProgram(subject: Subject): string {
  if (isSequence(subject)) return sequenceProgram(subject);
  const facts = factsOf(subject);
  const { plan, encoding } = subject;
  const data = dataCode(subject);
  // The data number the classes; any cross-entropy but the sparse one needs one-hot columns.
  const sparse = plan.training.loss?.name === "sparseCategoricalCrossentropy";
  const hot = encoding !== "numbers" && !sparse && units(subject) > 1;
  const classWeights = plan.data.classWeights === "balanced";
  const blocks = [
    ...data.lines,
    ...(classWeights ? [`${BALANCED}\nclass_weight = dict(enumerate(weights))`] : []),
    ...(hot ? [`y_train, y_val = (keras.utils.to_categorical(y, ${units(subject)}) for y in (y_train, y_val))`] : []),
    ...(isAugmented(subject) ? [kerasAugmentation(subject)] : []),
    network(subject),
    keras.parts["optimizer"](facts),
    keras.parts["epochs"](facts),
    evaluated(subject, "output = model.predict(x_val, verbose=0)", scored(facts)),
  ];
  return assembled([...data.imports, "import keras"], [`keras.utils.set_random_seed(${subject.seed})`, ...blocks]);
}
