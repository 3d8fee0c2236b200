/** The preparation of data in Python: the same for Keras and PyTorch. */

import type { Plan } from "../../plan/plan.ts";
import type { Facts, Idiom } from "./facts.ts";

export const python = (value: unknown): string => {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(python).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const key = (text: string) => (text.trim() !== "" && Number.isFinite(Number(text)) ? text : JSON.stringify(text));
  return `{${Object.entries(value)
    .map(([name, inner]) => `${key(name)}: ${python(inner)}`)
    .join(", ")}}`;
};

/** A longer list is not printed in the snippet, which reads it from the plan instead. */
const MANY = 30;
const entries = (value: object, field: string) =>
  Object.keys(value).length <= MANY ? python(value) : `json.load(open("plan.json"))["data"]["${field}"]`;

/** Applies the same expression to every part: x_train, x_val = f(x_train), f(x_val). */
const each = (plan: Plan, letter: string, f: (part: string) => string) => {
  const parts = plan.data.validation === null ? [`${letter}_train`] : [`${letter}_train`, `${letter}_val`];
  return `${parts.join(", ")} = ${parts.map(f).join(", ")}`;
};

function fitted(plan: Plan, name: string, made: string, from: string, letter = "x"): string {
  const steps = plan.data.window !== null && letter === "x";
  const column = (part: string) =>
    letter === "y" ? `${part}.reshape(len(${part}), -1)` : steps ? `${part}.reshape(-1, ${part}.shape[-1])` : part;
  return [
    `from sklearn.${from} import ${made.slice(0, made.indexOf("("))}`,
    `${name} = ${made}.fit(${column(`${letter}_train`)})  # the training part only${steps ? ", every step" : ""}`,
    each(plan, letter, (part) => `${name}.transform(${column(part)})${steps ? `.reshape(${part}.shape)` : ""}`),
  ].join("\n");
}

function scale({ plan, images }: Facts): string {
  const how = plan.data.scale;
  if (how === "none") return "# take the inputs as they are in the file: remove the scaling";
  if (typeof how === "object") return each(plan, "x", (part) => `${part} / ${how.divideBy}`);
  if (!images)
    return fitted(plan, "scaler", how === "standard" ? "StandardScaler()" : "MinMaxScaler()", "preprocessing");
  const [shift, factor] =
    how === "standard"
      ? ["x_train.mean()", "x_train.std() + 1e-8"]
      : ["x_train.min()", "x_train.max() - x_train.min()"];
  return `shift, factor = ${shift}, ${factor}  # of the training part\n${each(plan, "x", (part) => `(${part} - shift) / factor`)}`;
}

function scaleTarget({ plan }: Facts): string {
  const how = plan.data.scaleTarget;
  if (how === "none") return "# take the target as it is in the file: remove its scaling";
  const made = how === "standard" ? "StandardScaler()" : "MinMaxScaler()";
  return `${fitted(plan, "target_scaler", made, "preprocessing", "y")}
# in the units of the file: target_scaler.inverse_transform(predictions)`;
}

function missing({ plan }: Facts): string {
  const how = plan.data.missing;
  if (how === "none") return "# keep missing values as they are";
  if (how === "drop")
    return `keep = ~np.isnan(x).any(axis=${plan.data.window ? "(1, 2)" : 1})\nx, y = x[keep], y[keep]`;
  return fitted(plan, "imputer", `SimpleImputer(strategy="${how}")`, "impute");
}

function part(given: Plan["data"]["validation"], name: string): string {
  if (given === null) return `# no ${name} part: all rows are for training`;
  if ("source" in given) return `# ${name} on the rows of ${JSON.stringify(given.source)}`;
  const { fraction, split } = given;
  const halves = `x_train, x_${name}, y_train, y_${name}`;
  const cut = (how: string) =>
    `from sklearn.model_selection import train_test_split\n${halves} = train_test_split(x, y, test_size=${fraction}, ${how})`;
  const rows = `x_train, x_${name} = x[train], x[${name}]\ny_train, y_${name} = y[train], y[${name}]`;
  if (split === "random") return cut("random_state=1");
  if (split === "stratified") return cut("stratify=y, random_state=1");
  if (split === "tail") return cut("shuffle=False");
  if ("time" in split)
    return `order = np.argsort(pd.to_datetime(df[${python(split.time)}]).to_numpy(), kind="stable")
cut = round(len(order) * ${1 - fraction})
train, ${name} = order[:cut], order[cut:]
${rows}`;
  return `from sklearn.model_selection import GroupShuffleSplit
splitter = GroupShuffleSplit(n_splits=1, test_size=${fraction}, random_state=1)
train, ${name} = next(splitter.split(x, y, groups=df[${python(split.group)}]))
${rows}`;
}

function drop({ plan, images }: Facts): string {
  const rows = plan.data.drop;
  if (rows === null) return "# keep all rows";
  if (rows === "duplicates")
    return images
      ? "keep = np.sort(np.unique(x.reshape(len(x), -1), axis=0, return_index=True)[1])\nx, y = x[keep], y[keep]"
      : "df = df.drop_duplicates()";
  const list = entries(rows, "drop");
  return images
    ? `rows = ${list}\nx, y = np.delete(x, rows, axis=0), np.delete(y, rows, axis=0)`
    : `df = df.drop(index=${list})`;
}

function relabel({ plan, images }: Facts): string {
  if (plan.data.relabel === null) return "# keep the labels of the file";
  const set = images ? "y[int(row)]" : `df.loc[int(row), ${python(plan.data.target)}]`;
  return `for row, label in ${entries(plan.data.relabel, "relabel")}.items():\n    ${set} = label`;
}

function resample({ plan }: Facts): string {
  const how = plan.data.resample;
  if (how === "none") return "# train on the rows as they are";
  const [size, replace] = how === "over" ? ["counts.max()", "True"] : ["counts.min()", "False"];
  return `rng = np.random.default_rng(1)
classes, counts = np.unique(y_train, return_counts=True)
rows = np.concatenate([rng.choice(np.flatnonzero(y_train == c), ${size}, replace=${replace}) for c in classes])
x_train, y_train = x_train[rows], y_train[rows]`;
}

function window({ plan }: Facts): string {
  if (plan.data.window === null) return "# one row at a time";
  const { steps, ahead } = plan.data.window;
  return `x = np.stack([x[i : i + ${steps}] for i in range(len(x) - ${steps + ahead - 1})])\ny = y[${steps + ahead - 1} :]`;
}

export const BALANCED = `from sklearn.utils.class_weight import compute_class_weight
classes = np.unique(y_train)
weights = compute_class_weight("balanced", classes=classes, y=y_train)`;

/** The standard deviation of each input column over the training rows, and over all steps of sequences. */
export const STD = ({ plan }: Facts): string =>
  plan.data.window ? "np.sqrt(np.nanvar(x_train, axis=0).mean(axis=0))" : "np.nanstd(x_train, axis=0)";

/** The input value of a raw 0, which is black in a picture. */
export const blankOf = ({ plan }: Facts): string =>
  plan.data.scale === "standard" || plan.data.scale === "minmax" ? "float(-shift / factor)" : "0.0";

export const dataParts: Idiom["parts"] = {
  missing,
  scale,
  scaleTarget,
  drop,
  relabel,
  resample,
  window,
  validation: ({ plan }) => part(plan.data.validation, "val"),
  test: ({ plan }) => part(plan.data.test, "test"),
  labels: ({ plan }) =>
    plan.data.labels === null
      ? "# take the labels as they are in the file"
      : `labels = ${entries(plan.data.labels, "labels")}\ny = np.array([labels[value] for value in y])`,
  features: ({ plan }) =>
    plan.data.features
      ? `x = df[${python(plan.data.features)}].to_numpy()`
      : `x = df.drop(columns=${python([plan.data.target].flat())}).to_numpy()`,
};

/** The plan's metric as computed by scikit-learn from the outputs of the network. */
export function scored({ plan, layers }: Facts): string {
  const { name, k } = plan.metric ?? { name: "loss", k: 0 };
  const last = layers.at(-1);
  const single = last !== undefined && "units" in last && last.units === 1;
  const guess = single || name === "binaryAccuracy" ? "output > 0.5" : "output.argmax(axis=1)";
  const calls: Record<string, [string, string]> = {
    accuracy: ["accuracy_score", guess],
    binaryAccuracy: ["accuracy_score", guess],
    exactMatch: ["accuracy_score", guess],
    balancedAccuracy: ["balanced_accuracy_score", guess],
    f1: ["f1_score", `${guess}${single ? "" : ', average="macro"'}`],
    auc: ["roc_auc_score", `output${single ? "" : ', multi_class="ovr"'}`],
    topKAccuracy: ["top_k_accuracy_score", `output, k=${k}`],
    r2: ["r2_score", "output"],
    mae: ["mean_absolute_error", "output"],
    mse: ["mean_squared_error", "output"],
    rmse: ["root_mean_squared_error", "output"],
  };
  if (!calls[name]) return "# use the loss as the metric";
  const [call, args] = calls[name];
  return `from sklearn.metrics import ${call}\nscore = ${call}(y_val, ${args})`;
}
