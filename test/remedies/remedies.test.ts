/** Every remedy alters a plan to which it applies, makes a plan of it, and has no effect twice where it says it is done. */
import { describe, expect, test } from "vitest";
import type { Case } from "../../src/case/case.ts";
import { fromPlan } from "../../src/case/from-plan.ts";
import { causes } from "../../src/causes/index.ts";
import { type Plan, parsePlan } from "../../src/plan/plan.ts";
import { remedies } from "../../src/remedies/index.ts";
import { applyRemedy, type Context, type Remedy } from "../../src/remedies/remedy.ts";
import { accuracy, classes, column, epochs, falling, given, known, numbers, profile, start } from "../checks/parts.ts";

const dense = (units: number, activation = "relu", rest: object = {}) => ({
  layer: "dense",
  units,
  activation,
  ...rest,
});

const context = (change: Parameters<typeof given>[0], parts: Omit<Case, "version"> = {}): Context => {
  const plan: Plan = parsePlan(given(change));
  return {
    plan,
    given: given(change),
    known: known({ ...fromPlan(plan), profile: profile(), task: "classification", metric: accuracy, ...parts }),
  };
};

const suspectLabels = {
  share: 0.1,
  rows: [
    { row: 17, given: "0", likely: "1", confidence: 0.9 },
    { row: 4, given: "2", likely: "0", confidence: 0.8 },
  ],
};
const sweep = { rates: [1e-4, 1e-3, 1e-2, 1e-1], losses: [0.9, 0.6, 0.2, 0.9], own: 0.001, steps: 100, start: 1 };
const regression = (network: unknown[], parts: Omit<Case, "version"> = {}, change: object = {}) =>
  context(
    { network, training: { loss: "meanSquaredError", ...change } },
    { task: "regression", profile: profile({ target: numbers(20, 9) }), ...parts },
  );

/** Plans with many faults: each remedy finds something to do in one of them. */
const plans: Context[] = [
  context(
    {},
    {
      learningRateSweep: sweep,
      suspectLabels,
      groups: { column: "city", groups: 40, nearest: 0.9, chance: 0.1, score: 1, apart: 0.5 },
      profile: profile({
        inputs: { constant: ["b"] },
        duplicates: { within: 3, across: 2 },
        inTime: { column: "day", overlapping: false },
      }),
    },
  ),
  context({}, { profile: profile({ images: true, shape: [28, 28, 1], inputs: { maxAbs: 255 } }) }),
  context({}, { profile: profile({ target: classes([0, 900, 90], [1, 250, 25]) }) }),
  context({
    data: { validation: { fraction: 0.3, split: "tail" }, augment: [{ name: "noise" }] },
    training: {
      shuffle: false,
      batchSize: 256,
      clipNorm: null,
      optimizer: { name: "sgd", learningRate: 3, decay: 0.01, weightDecay: 0.1 },
      schedule: { name: "exponential", factor: 0.1 },
    },
  }),
  context(
    {
      network: [
        dense(16, "sigmoid", { kernelInit: "zeros", trainable: false, l1: 0.1, l2: 0.1 }),
        { layer: "dropout", rate: 0.8 },
        dense(16, "linear"),
        dense(1, "softmax"),
        { layer: "dropout", rate: 0.2 },
      ],
      training: {
        loss: { name: "meanSquaredError", reduction: "sum" },
        batchSize: 1,
        optimizer: { name: "adam", epsilon: 1e-16, learningRate: 0.5 },
      },
    },
    {
      profile: profile({ target: classes([1, 100, 10], [2, 100, 10]), images: true, inputs: { maxAbs: 255 } }),
      metric: { ...accuracy, name: "r2" },
      singleFeature: { column: "a", score: 1, others: 0.5 },
    },
  ),
  context(
    {
      network: [dense(16), dense(3, "softmax")],
      training: { loss: { name: "categoricalCrossentropy", fromLogits: true } },
    },
    { profile: profile(), singleFeature: { column: "a", score: 1, others: 0.5 } },
  ),
  context({ network: [dense(16), dense(1, "sigmoid")], training: { loss: "binaryCrossentropy" } }),
  context({
    network: [
      { layer: "conv2d", filters: 8, kernelSize: 3 },
      { layer: "maxPooling2d" },
      { layer: "flatten" },
      ...[1, 2, 3, 4, 5, 6].map(() => dense(64)),
      dense(3),
      { layer: "batchNormalization" },
    ],
    training: { loss: "meanSquaredError" },
  }),
  context({
    network: [
      dense(16, "sigmoid", { name: "a", trainable: false }),
      { layer: "dropout", rate: 0.8, name: "b" },
      ...["c", "d", "e", "f"].map((name) => dense(16, "linear", { name })),
      { layer: "dropout", rate: 0.6, name: "g" },
      { layer: "add", from: ["a", "b", "d", "f", "g"] },
      dense(3, "linear", { name: "h" }),
      { layer: "batchNormalization", name: "i" },
      { layer: "dropout", rate: 0.2, name: "j" },
      { layer: "add", from: ["h", "i", "j"] },
    ],
  }),
  regression([dense(16), dense(1, "sigmoid")], {
    epochs: epochs(falling(9), { validation: [9, 5, 3, 2, 3, 4, 5, 6, 7] }),
  }),
  regression([dense(16, "relu"), dense(1, "linear")], { start: start() }),
];

describe("each remedy", () => {
  test.each(remedies.map((remedy) => [remedy.id, remedy as Remedy] as const))(
    "%s alters a plan it applies to",
    (_, remedy) => {
      const edited = plans.map((one) => applyRemedy(remedy, one)).filter((one) => one !== null);
      expect(edited.length, "add a plan to which it applies to `plans`").toBeGreaterThan(0);
    },
  );

  test.each(remedies.map((remedy) => [remedy.id, remedy as Remedy] as const))(
    "%s changes whatever it says it applies to, into a plan",
    (_, remedy) => {
      for (const one of plans) {
        const edits = remedy.edits(one);
        if (edits === null) continue;
        const edited = applyRemedy(remedy, one);
        expect(edited).not.toBeNull();
        expect(parsePlan(edited)).not.toEqual(one.plan);
        expect(one.given).toEqual(JSON.parse(JSON.stringify(one.given)));
      }
    },
  );

  test("has an id of its own, a size and words", () => {
    expect(new Set(remedies.map((remedy) => remedy.id)).size).toBe(remedies.length);
    for (const { size, title, cured } of remedies) {
      expect(size).toBeGreaterThan(0);
      expect(title.length * cured.length).toBeGreaterThan(0);
    }
  });

  test("belongs to a cause", () => {
    const used = new Set(causes.flatMap((cause) => cause.remedies.map((remedy) => remedy.id)));
    const ids: readonly string[] = remedies.map((remedy) => remedy.id);
    const idle = ids.filter((id) => !used.has(id));
    expect(idle, "name these in the `remedies` of a cause").toEqual([]);
    const unlisted = [...used].filter((id) => !ids.includes(id));
    expect(unlisted, "add these to the array in src/remedies/index.ts").toEqual([]);
  });
});

const apply = (id: (typeof remedies)[number]["id"], one: Context): Record<string, unknown> | null =>
  applyRemedy(remedies.find((remedy) => remedy.id === id) as Remedy, one);
const network = (edited: Record<string, unknown> | null) => edited?.["network"] as Record<string, unknown>[];

describe("what they do", () => {
  test("output and loss become those of the task", () => {
    const soft = context(
      { network: [dense(16), dense(1, "softmax")], training: { loss: "meanSquaredError" } },
      { profile: profile({ target: classes([0, 100, 10], [1, 100, 10]) }) },
    );
    const edited = apply("fix-output-and-loss", soft);
    expect(network(edited)[1]["activation"]).toBe("sigmoid");
    expect(parsePlan(edited).training.loss?.name).toBe("binaryCrossentropy");
    expect(network(apply("fix-output-activation", soft))[1]["activation"]).toBe("sigmoid");
    expect(apply("fix-output-and-loss", context({}))).toBeNull();
  });

  test("an activation layer is changed where it stands", () => {
    const separate = context({ network: [dense(16), dense(3, "linear"), { layer: "activation", activation: "relu" }] });
    const edited = network(apply("fix-output-activation", separate));
    expect(edited[2]["activation"]).toBe("softmax");
    expect(edited[1]["activation"]).toBe("linear");
  });

  test("a relu before the softmax goes", () => {
    const clipped = context({ network: [dense(16), dense(3), { layer: "activation", activation: "softmax" }] });
    const edited = network(apply("fix-output-activation", clipped));
    expect(edited.map((layer) => layer["activation"])).toEqual(["relu", "linear", "softmax"]);
  });

  test("labels are numbered from 0, those of the user's own map too", () => {
    const plain = { profile: profile({ target: classes([-1, 100, 10], [1, 100, 10]) }) };
    expect(apply("number-from-zero", context({}, plain))?.["data"]).toMatchObject({ labels: { "-1": 0, "1": 1 } });
    const mapped = context({ data: { labels: { no: -1, yes: 1 } } }, plain);
    expect(apply("number-from-zero", mapped)?.["data"]).toMatchObject({ labels: { no: 0, yes: 1 } });
  });

  test("several classes in one unit get one unit each", () => {
    const one = context(
      { network: [dense(16), dense(1, "sigmoid")], training: { loss: "binaryCrossentropy" } },
      { profile: profile({ target: classes([1, 9, 1], [2, 9, 1], [5, 9, 1]) }) },
    );
    const edited = apply("one-unit-per-class", one);
    expect(network(edited)[1]).toMatchObject({ units: 3, activation: "softmax" });
    expect(edited?.["data"]).toMatchObject({ labels: { "1": 0, "2": 1, "5": 2 } });
  });

  test("forty layers become three, the output stays", () => {
    const long = context({ network: [...Array.from({ length: 40 }, () => dense(16)), dense(3, "softmax")] });
    const edited = network(apply("shallower", long));
    expect(edited.length).toBe(4);
    expect(edited[3]).toMatchObject({ units: 3, activation: "softmax" });
  });

  test("the swept rate is that of the valley", () => {
    const swept = parsePlan(apply("rate-swept", context({}, { learningRateSweep: sweep })));
    expect(swept.training.optimizer.learningRate).toBe(0.01);
    expect(
      apply(
        "rate-swept",
        context({ training: { optimizer: { name: "adam", learningRate: 0.01 } } }, { learningRateSweep: sweep }),
      ),
    ).toBeNull();
  });

  test("the dropout on the answer goes, the one before it stays", () => {
    const both = context({
      network: [dense(16), { layer: "dropout", rate: 0.5 }, dense(3, "softmax"), { layer: "dropout", rate: 0.5 }],
    });
    expect(network(apply("remove-output-noise", both)).map((one) => one["layer"])).toEqual([
      "dense",
      "dropout",
      "dense",
    ]);
  });

  test("a silent plan is edited where it is silent", () => {
    const silent: Context = {
      plan: parsePlan({ data: { source: "a", target: "y" }, network: [dense(3, "softmax")] }),
      given: { data: { source: "a", target: "y" }, network: [dense(3, "softmax")] },
      known: known({}),
    };
    expect(parsePlan(apply("rate-tenfold", silent)).training.optimizer).toMatchObject({
      name: "rmsprop",
      learningRate: 0.01,
    });
    expect(parsePlan(apply("train-longer", silent)).training.epochs).toBe(3);
  });

  test("suspect rows are left out or relabelled by their number in the source", () => {
    expect(apply("drop-suspects", context({}, { suspectLabels }))?.["data"]).toMatchObject({ drop: [4, 17] });
    expect(apply("relabel-suspects", context({}, { suspectLabels }))?.["data"]).toMatchObject({
      relabel: { "4": "0", "17": "1" },
    });
  });

  test("constant columns are left out by name", () => {
    const one = context(
      {},
      { profile: profile({ columns: [column("a"), column("b"), column("year")], inputs: { constant: ["year"] } }) },
    );
    expect(apply("leave-out-constant", one)?.["data"]).toMatchObject({ features: ["a", "b"] });
  });

  test("a text column that tells the target is left out by the name that it has in the file", () => {
    const columns = ["a", "port=Cork", "port=Dover", "b"].map((name) => column(name));
    const singleFeature = { column: "port", score: 1, others: 0.5 };
    const told = context({}, { profile: profile({ columns }), singleFeature });
    expect(apply("leave-out-telltale", told)?.["data"]).toMatchObject({ features: ["a", "b"] });
    // Of a wide table the profile names a part.
    const wide = context({}, { profile: profile({ columns, features: 400 }), singleFeature });
    expect(apply("leave-out-telltale", wide)).toBeNull();
  });
});
