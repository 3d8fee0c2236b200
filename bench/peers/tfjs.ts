/** Times TensorFlow.js with its WebAssembly backend: reads a case a line (JSON), answers samples per second, or why it cannot. */
import { createInterface } from "node:readline";
import type { Case } from "../cases.ts";

// Installed by setup.ts, or not: no types are at hand when they are not.
const [core, layers, wasm, cpu] = ["tfjs-core", "tfjs-layers", "tfjs-backend-wasm", "tfjs-backend-cpu"];
const load = (name: string) => import(`@tensorflow/${name}`);
const tf = await load(core);
const tfl = await load(layers);
const backend = await load(wasm);
await load(cpu);
backend.setWasmPaths(`${import.meta.dirname}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
await tf.setBackend("wasm");

const made: Record<string, (layer: Record<string, unknown>) => unknown> = {
  dense: (layer) => tfl.layers.dense(layer),
  dropout: (layer) => tfl.layers.dropout(layer),
  conv2d: (layer) => tfl.layers.conv2d(layer),
  maxPooling2d: () => tfl.layers.maxPooling2d({ poolSize: 2 }),
  flatten: () => tfl.layers.flatten(),
};

function training({ shape, layers, batch, rows }: Case) {
  const model = tfl.sequential();
  layers.forEach(({ layer, ...given }, i) => {
    model.add(made[layer]({ ...given, ...(i === 0 && { inputShape: shape }) }));
  });
  const last = layers.at(-1)!;
  const classes = last.layer === "dense" ? last.units : 1;
  model.compile({ optimizer: tf.train.adam(0.001), loss: "categoricalCrossentropy" });
  const x = tf.randomUniform([rows, ...shape]);
  const y = tf.oneHot(tf.randomUniform([rows], 0, classes, "int32"), classes);
  return async (seconds: number) => {
    const began = performance.now();
    let samples = 0;
    const past = () => (performance.now() - began) / 1000;
    const callbacks = {
      onBatchEnd: () => {
        samples += batch;
        if (past() > seconds) model.stopTraining = true;
      },
    };
    while (past() < seconds)
      await model.fit(x, y, { batchSize: batch, epochs: 1, verbose: 0, yieldEvery: "never", callbacks });
    return samples / past();
  };
}

const known = new Map<string, ReturnType<typeof training>>();
for await (const line of createInterface({ input: process.stdin })) {
  const { seconds, ...given } = JSON.parse(line) as Case & { seconds: number };
  try {
    if (!known.has(given.name)) known.set(given.name, training(given));
    process.stdout.write(`${await known.get(given.name)!(seconds)}\n`);
  } catch (error) {
    process.stdout.write(`fails: ${(error as Error).message.split("\n")[0]}\n`);
  }
}
