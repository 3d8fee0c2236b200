/** What the sample reports are made of: seeded scores, curves, a sweep, snippets. */
import { mean } from "../../src/data/statistics.ts";
import { normal, stream } from "../../src/random.ts";
import type { Curve, Effect, Estimate } from "../../src/report/report.ts";

/** Student's t at 97.5 % for 2 … 5 seeds. */
const T = [NaN, NaN, 12.71, 4.3, 3.18, 2.78];

const noise = (key: number, i: number) => normal(stream(1, key), i);
export const round = (value: number) => Number(value.toPrecision(6));

export function spread(values: number[]): Effect {
  const m = mean(values);
  const half = T[values.length] * Math.sqrt(mean(values.map((v) => (v - m) ** 2)) / (values.length - 1));
  return { mean: round(m), low: round(m - half), high: round(m + half) };
}
export const estimate = (values: number[]): Estimate => ({ ...spread(values), values });
export const around = (center: number, width: number, key: number, seeds = 5) =>
  Array.from({ length: seeds }, (_, i) => round(center + width * noise(key, i)));

type Shape = { loss: [number, number]; score: [number, number]; pace: number; gap?: number; turn?: number };

/** Curves that fall from loss[0] towards loss[1] at `pace` epochs; `gap` and `turn` part validation from training. */
export function curves(shape: Shape, key: number, epochs = 20, seeds = 5): Curve[] {
  const { loss, score, pace, gap = 0.03, turn = 0 } = shape;
  return Array.from({ length: seeds }, (_, s) => {
    const own = 1 + 0.25 * noise(key, 1000 + s);
    const at = (epoch: number) => 1 - Math.exp((-epoch / pace) * Math.max(0.3, own));
    const along = ([from, to]: [number, number], epoch: number, extra: number, series: number) =>
      round(
        (from + (to - from) * at(epoch)) * (1 + extra) +
          0.012 * (Math.abs(from - to) + 0.05 * Math.abs(from)) * noise(key, 100 * s + 7 * epoch + series),
      );
    const epochList = Array.from({ length: epochs }, (_, i) => i + 1);
    return {
      seed: s + 1,
      epochs: epochList,
      train: epochList.map((e) => along(loss, e, -turn * (e / epochs), 0)),
      validation: epochList.map((e) => along(loss, e, gap + turn * 1.5 * (e / epochs) ** 2, 1)),
      trainScore: epochList.map((e) => along(score, e, 0.01, 2)),
      score: epochList.map((e) => along(score, e, 0, 3)),
    };
  });
}

/** The same curves, lost to NaN from an epoch on. */
export const broken = (list: Curve[], from: number): Curve[] =>
  list.map((curve, s) => {
    const cut = (values: number[]) => values.map((value, i) => (i >= from + (s % 2) ? NaN : value));
    return { ...curve, train: cut(curve.train), validation: curve.validation && cut(curve.validation) };
  });

export const rates = Array.from({ length: 15 }, (_, i) => round(10 ** (-6 + i / 2)));
export const valley = (best: number, floor: number, start: number) =>
  rates.map((rate) => {
    const away = Math.log10(rate) - Math.log10(best);
    return away > 1.2 ? NaN : round(floor + (start - floor) * (1 - Math.exp(-(away ** 2) / 1.6)));
  });

export const names = ["dense_1", "dense_2", "dense_3", "dense_4"];
export const heat = (f: (layer: number, epoch: number) => number | null) =>
  names.map((_, layer) => Array.from({ length: 20 }, (_, epoch) => f(layer, epoch)));

export const snippets = {
  keras: `normalizer = keras.layers.Normalization()
normalizer.adapt(x_train)

model = keras.Sequential([
    normalizer,
    keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy", metrics=["accuracy"])`,
  pytorch: `mean, std = x_train.mean(0), x_train.std(0)
x_train = (x_train - mean) / (std + 1e-8)
x_val = (x_val - mean) / (std + 1e-8)

optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)`,
  tfjs: `const { mean, variance } = tf.moments(xTrain, 0);
const scale = (x) => x.sub(mean).div(variance.sqrt().add(1e-8));
model.compile({ optimizer: tf.train.adam(1e-3), loss: "binaryCrossentropy", metrics: ["accuracy"] });`,
};
