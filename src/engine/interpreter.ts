/** Runs graphs with the plain interpreter: the reference that the compiled runtime is compared with. */
import { append } from "../lists.ts";
import { size, type Tensor } from "./graph/graph.ts";
import { interpret } from "./graph/interpret.ts";
import type { Value } from "./graph/operation.ts";
import type { Feed, Runtime } from "./runtime.ts";

export const interpreter: Runtime = {
  async steps(step) {
    const { state, out, each, fixed } = step;
    return {
      async run(feeds) {
        const inputs = new Map<Tensor, Value["data"] | Feed["data"]>();
        const put = (tensor: Tensor, data: Feed["data"] | Value["data"]) => inputs.set(tensor, data);
        for (const [name, tensor] of Object.entries(fixed)) put(tensor, feeds[name].data);
        for (const [name, { before }] of Object.entries(state)) put(before, feeds[`in.${name}`].data);
        const first = Object.keys(each)[0];
        const steps = feeds[first].shape[0];
        const results = [...Object.values(state).map((s) => s.after), ...Object.values(out)];
        const kept = Object.values(out).map((): number[] => []);
        const stateNames = Object.keys(state);
        for (let k = 0; k < steps; k++) {
          for (const [name, tensor] of Object.entries(each)) {
            const n = size(tensor.shape);
            put(tensor, feeds[name].data.slice(k * n, (k + 1) * n) as Float32Array);
          }
          const values = interpret(step.g, results, inputs as Map<Tensor, Float32Array>);
          stateNames.forEach((name, i) => {
            put(state[name].before, values[i].data);
          });
          kept.forEach((list, i) => {
            append(list, Array.from(values[stateNames.length + i].data, Number));
          });
        }
        const end = stateNames.map(
          (name) => [name, Float32Array.from(inputs.get(state[name].before) as Float64Array)] as const,
        );
        return Object.fromEntries([
          ...end,
          ...Object.keys(out).map((name, i) => [name, Float32Array.from(kept[i])] as const),
        ]);
      },
      release: async () => {},
    };
  },
  async once({ g, inputs, outputs }) {
    return {
      async run(feeds) {
        const given = new Map(Object.entries(inputs).map(([name, tensor]) => [tensor, feeds[name].data]));
        const values = interpret(g, Object.values(outputs), given as Map<Tensor, Float32Array>);
        return Object.fromEntries(
          Object.keys(outputs).map((name, i) => [name, Float32Array.from(values[i].data as Float64Array)]),
        );
      },
      release: async () => {},
    };
  },
};
